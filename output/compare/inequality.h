#pragma once
/// \file
/// How unequal an outcome is between income fifths or between districts: of the baseline, and of each scenario against
/// it. Definitions and an example worked by hand: docs/inequality.md.
///
///     const auto rows = inequality(read_results("results/first-look.h5"), {.outcomes = {"good_health"}});

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/compare/compare.h"

namespace sleutel {

/// Between which groups. A file holds no sums by education: it is refused with what to do.
enum class InequalityBy : std::uint8_t { income, district, education };

std::optional<InequalityBy> inequality_by_named(std::string_view word);

/// Weighs how bad it is that levels differ, where nothing else is asked for (docs/inequality.md).
inline constexpr double kUsualAversion = 1;

/// Empty lists: outcomes that the model gives a gap, the measures that are shown first, the last year that has pairs,
/// all scenarios.
struct InequalityOptions {
  InequalityBy by = InequalityBy::income;
  std::vector<std::string> outcomes{}, measures{}, scenarios{};  ///< measures: ids, or "all"
  std::vector<int> years{};                                      ///< calendar years
  double aversion = kUsualAversion;                              ///< to inequality, 0 or more [1]
};

/// One measure of one outcome in one year. The baseline has rows of its own, without difference.
struct InequalityRow {
  ComparisonRow row;                       ///< `group`: "income" or "district"
  std::string measure;                     ///< id
  std::string outcome_label;               ///< "good health, adults, %"
  std::vector<double> fifths_of_baseline;  ///< levels in the printed unit, mean of the pairs; empty by district
  std::vector<double> fifths;              ///< the same of the scenario
  int comparisons = 0;                     ///< rows of this answer that compare a scenario with the baseline
};

/// Rows by outcome, year, scenario, measure. Throws InputError (usage) for an outcome, measure, year or scenario that
/// the file does not have, and for education.
std::vector<InequalityRow> inequality(const Results& results, const InequalityOptions& options);

/// For each outcome and year the levels of the fifths, then a block per scenario; what must be read with them; the
/// number of comparisons.
std::string inequality_text(const Results& results, const std::vector<InequalityRow>& rows,
                            const InequalityOptions& options);
std::string inequality_json(const Results& results, const std::vector<InequalityRow>& rows,
                            const InequalityOptions& options);
std::string inequality_csv(const Results& results, const std::vector<InequalityRow>& rows,
                           const InequalityOptions& options);

}  // namespace sleutel
