#pragma once
/// \file
/// The evidence registry: every number of a model names a row of it. Read from all scenarios/evidence/*.csv; the
/// columns stand in docs/model-format.md.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sleutel/error.h"

namespace sleutel {

/// One row of the registry: a finding, a published rate, or a declared assumption.
struct EvidenceRow {
  std::string id;
  std::string kind;    ///< measured, transferred, expert, lived_experience, assumption
  std::string design;  ///< trial, within, cohort, cross_sectional, none
  std::string effect;  ///< total, direct, or empty
  std::string cause, outcome, life_stage;
  std::string measure;                     ///< OR, RR, HR, IRR, d, prob, rate, share, sign ...
  std::optional<double> value, low, high;  ///< [unit], 95% interval
  std::string unit;
  std::optional<double> baseline_risk;  ///< chance of the outcome without the cause over the window [share]
  std::optional<double> window_years;   ///< [years]
  std::string adjusted_for, study, year, country, reference, note;
  bool verified = false;
  std::string file;
  int line = 0;

  bool is_assumption() const { return kind == "assumption"; }
  /// One line: statement, source, kind, as it travels in results.
  std::string text() const;
};

/// All rows, by id.
struct Evidence {
  std::map<std::string, EvidenceRow> rows;
  std::string text;  ///< the files as read, one after the other, each after a line with its name

  const EvidenceRow* find(const std::string& id) const;
  std::vector<std::string> ids() const;
};

/// Reads every *.csv of a folder in alphabetical order. All that is wrong is added to `problems`.
Evidence read_evidence(const std::string& folder, std::vector<Problem>& problems);

/// The kind of something that cites these rows: assumption if any is, else transferred if any is, else that of the
/// first.
std::string kind_of(const Evidence& evidence, const std::vector<std::string>& ids);

}  // namespace sleutel
