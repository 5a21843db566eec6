#pragma once
/// \file
/// Each scenario against the baseline: the paired difference, its interval, and the verdict.
///
///     const auto rows = compare(read_results("results/first-look.h5"), {.by = By::district});

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/measures/paired.h"
#include "sleutel/results.h"

namespace sleutel {

/// Which groups of residents get a row each.
enum class By : std::uint8_t { city, district, buurt, income, life_stage };

/// "district" gives By::district; nothing for a word that is none of city, district, buurt, income, life_stage.
std::optional<By> by_named(std::string_view word);

/// Empty lists: all outcomes, the last year that has pairs, all scenarios.
struct CompareOptions {
  By by = By::city;
  std::vector<std::string>
      outcomes;            ///< ids; the gap of good_health is good_health_gap, and comes with good_health too
  std::vector<int> years;  ///< calendar years
  std::vector<std::string> scenarios;
};

/// One outcome of one group in one year under one scenario. Numbers in the printed unit; NaN where there are none.
struct ComparisonRow {
  std::string scenario, outcome, label, unit, group;
  int year = 0;
  double baseline = 0, value = 0;  ///< means over the pairs
  PairedDifference difference;     ///< value - baseline
  Verdict verdict = Verdict::uncertain;
  double matters = 0;          ///< smallest difference that matters
  int decimals = 1;            ///< in print
  bool is_gap = false;         ///< between the lowest and the highest income fifth, age-sex standardised
  bool is_prediction = false;  ///< of a district or buurt: see kPredictionNote
  bool is_frozen = false;      ///< of an income group: see kFrozenNote
  bool is_assumption = false;  ///< how the outcome is computed is an assumption
  std::string definition;
};

inline constexpr const char* kPredictionNote =
    "Numbers of districts and buurten are predictions from age, household, income and tenure, not measurements.";

/// Why there are students among households without students.
inline constexpr const char* kFrozenNote =
    "Residents stand in the income group that they were in at the study's start or when they arrived; who was a "
    "student "
    "then may since have a household that is counted.";

/// Rows by scenario, year, outcome, group, in the order of the file. Only replicates whose year is in the file under
/// both scenarios are pairs. Throws InputError (usage) for an outcome, year or scenario that the file does not have.
std::vector<ComparisonRow> compare(const Results& results, const CompareOptions& options);

}  // namespace sleutel
