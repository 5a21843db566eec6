#pragma once
/// \file
/// Where the engine hands over what it saw, once a year and run. The engine and the outputs know only this.

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "sleutel/calendar.h"
#include "sleutel/model.h"
#include "sleutel/programme.h"

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

/// The strata of life tables: frozen income group, age band, sex. All sums are integers, as in Tally.
inline constexpr int kAgeCells = kIncomeGroups * kLifeTableBands * 2;
constexpr int age_cell(int income, int band, int sex) { return (income * kLifeTableBands + band) * 2 + sex; }

/// Sums of one run over one year by age cell. Measure 0: half person-months (who dies counts one of them); 1: deaths;
/// 2 + k: person-months in which outcome AgeTally::outcomes[k] holds.
using AgeSums = std::vector<std::int64_t>;  ///< [measure * kAgeCells + cell]

/// What life tables are made from.
struct AgeTally {
  std::vector<int> outcomes;           ///< those with Outcome::years, in the order of the model
  AgeSums period;                      ///< everybody, by age band now
  AgeSums cohort;                      ///< residents of the study's start alone, by age band then
  std::vector<std::int64_t> at_start;  ///< [cell] how many they were
  std::size_t measures() const { return 2 + outcomes.size(); }
};

/// Programme bookkeeping of one run over one year, per programme of the study. Since the start of the run
/// applied = starts + gave_up + waiting, and starts = finished + stopped + taking_part.
struct ProgrammeYear {
  std::int64_t eligible_months = 0;  ///< person-months in which someone was eligible
  std::int64_t starts = 0;           ///< participants who started
  std::int64_t months = 0;           ///< person-months of taking part
  std::int64_t cents = 0;            ///< spent [EUR cent]
  std::int64_t applied = 0;          ///< reached, and wanted to take part
  std::int64_t gave_up = 0;          ///< no longer wait: not eligible any more, gone, or nobody can join any more
  std::int64_t waited_months = 0;    ///< sum over those who started [month]
  std::int64_t finished = 0;         ///< took part to the end, or until what it is for was over
  std::int64_t stopped = 0;          ///< ended before that
  std::int64_t waiting = 0;          ///< at the end of the year
  std::int64_t taking_part = 0;      ///< at the end of the year
  PayerCents cents_by_payer{};       ///< adds up to cents [EUR cent]
};
static_assert(std::is_trivially_copyable_v<ProgrammeYear> && sizeof(ProgrammeYear) % sizeof(std::int64_t) == 0);

/// One budget of a scenario in one year of a run.
struct BudgetYear {
  std::int64_t spent = 0;        ///< of it in the year [EUR cent]
  std::int64_t promised = 0;     ///< at the end of the year to those who take part, and for what runs on [EUR cent]
  std::int64_t left = 0;         ///< at the end of the year: neither spent nor promised [EUR cent]
  std::int64_t turned_down = 0;  ///< person-months in which somebody would have had a place, but there was no money
};
static_assert(std::is_trivially_copyable_v<BudgetYear> && sizeof(BudgetYear) % sizeof(std::int64_t) == 0);

/// The population's books of one run over one year: before + births + arrivals - deaths - departures = after.
struct Books {
  std::int64_t before = 0, births = 0, arrivals = 0, deaths = 0, departures = 0, after = 0;
};

inline constexpr int kPanelMeans = 4;  ///< outcomes that are means, of one resident

/// One month of one resident of a panel, as it was when the month was over.
struct PanelMonth {
  /// Where he is. After death or moving out the rest of the month means nothing.
  enum Status : std::uint8_t { lives_here, died, moved_out };

  StateMask states;              ///< of the model
  std::uint64_t programmes = 0;  ///< bit i: takes part in programme i of the study
  std::uint64_t outcomes = 0;    ///< bit i: outcome i, which cuts a response, holds
  std::uint64_t asked = 0;       ///< bit i: his age is in the population of outcome i
  /// Of the outcomes that are means (is_mean), in their order: index [unit x 2^16], utility [1/10,000].
  std::array<std::int32_t, kPanelMeans> means{};
  std::uint16_t stress_fast = 0, stress_slow = 0;  ///< [points x 4096]
  std::uint16_t household_size = 0;                ///< [persons]
  Status status = lives_here;
  std::uint8_t buurt = 0;           ///< index of City::buurten
  std::uint8_t income_group = 0;    ///< of the household, 0-4 or kIncomeStudentOrInstitution
  std::uint8_t education = 0;       ///< Education, attained
  std::uint8_t household_kind = 0;  ///< HouseholdKind
  friend bool operator==(const PanelMonth&, const PanelMonth&) = default;
};
static_assert(std::is_trivially_copyable_v<PanelMonth>);

/// A year of all residents of a panel: [resident * 12 + month], residents in the order of StudyPlan::panel.
using PanelYear = std::vector<PanelMonth>;

struct YearRecord {
  int scenario = 0, draw = 0, replicate = 0;
  int year = 0;  ///< since the start of the study, from 0
  const Tally* tally = nullptr;
  const AgeTally* ages = nullptr;
  const std::vector<ProgrammeYear>* programmes = nullptr;
  const std::vector<BudgetYear>* budgets = nullptr;  ///< of the scenario, as Arm::budgets; null: none
  Books books;
  std::int64_t clipped = 0;          ///< sums of edges that met the clip
  const PanelYear* panel = nullptr;  ///< null if the plan has no panel
};

/// Receives what runs saw. Called from one thread at a time, in no fixed order of runs.
class Recorder {
 public:
  virtual ~Recorder() = default;
  virtual void year_done(const YearRecord& record) = 0;
};

}  // namespace sleutel
