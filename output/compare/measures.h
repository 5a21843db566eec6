#pragma once
/// \file
/// Life expectancies, healthy ones, incidence, duration and QALYs: of the baseline, and of each scenario against it.
///
///     const auto rows = measure(read_results("results/first-look.h5"), {.by = MeasuresBy::income});

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/compare/compare.h"
#include "output/measures/sullivan.h"

namespace sleutel {

/// Which groups of residents get a row each; by income the gaps between the outer fifths too.
enum class MeasuresBy : std::uint8_t { city, sex, income, income_sex };

std::optional<MeasuresBy> measures_by_named(std::string_view word);

/// Empty lists: all measures, all years of the study together, all scenarios.
struct MeasuresOptions {
  MeasuresBy by = MeasuresBy::city;
  std::vector<std::string> measures, scenarios;
  std::vector<int> years;  ///< calendar years, taken together
};

/// A measure of one group. In `row`, `outcome` is the measure and `year` the first of the years. The baseline has a row
/// of its own, whose value is its own and whose difference is none.
struct MeasureRow {
  ComparisonRow row;
  std::string years;                           ///< "2024-2033"
  double baseline_error = 0, value_error = 0;  ///< standard errors of Sullivan's method; NaN where there is none
  std::string missing;                         ///< why there is no value; empty if there is one
};

/// Rows by scenario, measure, group. Only replicates whose years are all in the file under both scenarios count. Throws
/// InputError (usage) for a measure, year or scenario that the file does not have.
std::vector<MeasureRow> measure(const Results& results, const MeasuresOptions& options);

/// A block per scenario (by group: per measure), first the baseline; then what must be read with it.
std::string measures_text(const Results& results, const std::vector<MeasureRow>& rows, MeasuresBy by);
std::string measures_json(const Results& results, const std::vector<MeasureRow>& rows);
std::string measures_csv(const Results& results, const std::vector<MeasureRow>& rows);

}  // namespace sleutel
