#pragma once
/// \file
/// Where the engine hands over what it saw, once a year and run. The engine and the outputs know only this.

#include <cstdint>
#include <string>
#include <vector>

#include "sleutel/model.h"

namespace sleutel {

/// The strata in which sums are kept: frozen buurt and income group, current life stage, sex. The cell of a resident is
/// ((buurt * kIncomeGroups + income) * kLifeStages + stage) * 2 + sex.
struct TallyShape {
  int buurten = 0;
  int cells() const { return buurten * kIncomeGroups * kLifeStages * 2; }
  int cell(int buurt, int income, int stage, int sex) const {
    return ((buurt * kIncomeGroups + income) * kLifeStages + stage) * 2 + sex;
  }
  int measures = 0;  ///< 2 per outcome: numerator and denominator
};

/// Sums of one run over one year. All integers, so the order of addition cannot matter.
///
/// Measure 2 o is the numerator of outcome o, measure 2 o + 1 its denominator:
///   prevalence, within_year, response with cuts: person-months with it / person-months;
///   continuous response: sum over person-months of the index x 2^16 / person-months;
///   utility: sum over person-months of the utility x 10^4 / person-months;
///   flows: events / person-months (who dies counts half a month: twice the person-months are kept for all, so that
///   it stays an integer; the denominator measure of every outcome is in HALF person-months).
struct Tally {
  TallyShape shape;
  std::vector<std::int64_t> sums;  ///< [cell * shape.measures + measure]
  std::int64_t& at(int cell, int measure) { return sums[static_cast<std::size_t>(cell) * shape.measures + measure]; }
  std::int64_t at(int cell, int measure) const {
    return sums[static_cast<std::size_t>(cell) * shape.measures + measure];
  }
};

/// Programme bookkeeping of one run over one year, per programme of the study.
struct ProgrammeYear {
  std::int64_t eligible_months = 0;  ///< person-months in which someone was eligible
  std::int64_t starts = 0;           ///< participants who started
  std::int64_t months = 0;           ///< person-months of taking part
  std::int64_t cents = 0;            ///< spent [EUR cent]
};

/// The population's books of one run over one year: before + births + arrivals - deaths - departures = after.
struct Books {
  std::int64_t before = 0, births = 0, arrivals = 0, deaths = 0, departures = 0, after = 0;
};

struct YearRecord {
  int scenario = 0, draw = 0, replicate = 0;
  int year = 0;  ///< since the start of the study, from 0
  const Tally* tally = nullptr;
  const std::vector<ProgrammeYear>* programmes = nullptr;
  Books books;
  std::int64_t clipped = 0;  ///< sums of edges that met the clip
};

/// Receives what runs saw. Called from one thread at a time, in no fixed order of runs.
class Recorder {
 public:
  virtual ~Recorder() = default;
  virtual void year_done(const YearRecord& record) = 0;
};

}  // namespace sleutel
