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

/// What a row is used for: a number, or an edge, which needs its interval too.
enum class EvidenceUse { number, edge };

/// What a row lacks, in the way of those who use it.
struct Lack {
  EvidenceUse for_use = EvidenceUse::number;
  Problem problem;  ///< at the cell; `what` is only what is lacking, such as "no unit"
};

/// One row of the registry: a finding, a published rate, or a declared assumption.
struct EvidenceRow {
  std::string id;
  std::string kind;    ///< measured, transferred, expert, lived_experience, assumption
  std::string design;  ///< trial, within, cohort, cross_sectional, none
  std::string effect;  ///< total, direct, or empty
  std::string cause, outcome, life_stage;
  std::string measure;                     ///< OR, RR, HR, IRR, d, prob, rate, share, sign ...
  std::optional<double> value, low, high;  ///< [unit], 95% interval; low and high may be said to be unknown
  std::string unit;
  std::optional<double> baseline_risk;  ///< chance of the outcome without the cause over the window [share]
  std::optional<double> window_years;   ///< [years]
  std::string adjusted_for, study, year, country, reference, note;
  bool verified = false;
  std::vector<Lack> lacks;
  std::string file;
  int line = 0;

  /// A published figure that was not checked against its publication.
  bool is_unverified() const { return !verified && !is_assumption(); }
  bool is_assumption() const { return kind == "assumption"; }
  /// One line: statement, source, kind, as it travels in results.
  std::string text() const;
};

/// All rows, by id.
struct Evidence {
  std::map<std::string, EvidenceRow> rows;
  std::string text;   ///< the files as read, one after the other, each after a line with its name
  bool whole = true;  ///< every row could be read; else an id that is not there may stand in one that was left out

  const EvidenceRow* find(const std::string& id) const;
  std::vector<std::string> ids() const;
};

/// Reads every *.csv of a folder in alphabetical order. All that is wrong is added to `problems`.
Evidence read_evidence(const std::string& folder, std::vector<Problem>& problems);

/// Whether any of these rows is a published figure that was not checked against its publication.
bool any_unverified(const Evidence& evidence, const std::vector<std::string>& ids);

/// The kind of something that cites these rows: assumption if any is, else transferred if any is, else that of the
/// first.
std::string kind_of(const Evidence& evidence, const std::vector<std::string>& ids);

}  // namespace sleutel
