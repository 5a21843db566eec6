#include "output/compare/compare.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "output/compare/gaps.h"
#include "output/compare/replicates.h"
#include "output/compare/selection.h"

namespace sleutel {
namespace {

/// Means over the pairs that have both values, so that value - baseline is the difference printed.
std::pair<double, double> means_of_pairs(const std::vector<double>& one, const std::vector<double>& other) {
  double sum_one = 0, sum_other = 0;
  int pairs = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (std::isnan(one[i]) || std::isnan(other[i])) continue;
    sum_one += one[i];
    sum_other += other[i];
    ++pairs;
  }
  return {sum_one / pairs, sum_other / pairs};  // 0 / 0 is NaN: no pairs, no mean
}

ComparisonRow described(const Results& results, const Place& place) {
  const auto& outcome = results.outcomes[static_cast<std::size_t>(place.outcome)];
  ComparisonRow row;
  row.scenario = results.scenarios[static_cast<std::size_t>(place.scenario)];
  row.outcome = outcome.id;
  row.label = level_label(outcome);
  row.unit = outcome.unit;
  row.group = results.stratifications[place.stratification].labels[place.stratum];
  row.year = results.start_year + place.year;
  row.matters = outcome.matters;
  row.decimals = outcome.decimals;
  row.is_assumption = outcome.is_assumption;
  row.definition = outcome.definition;
  return row;
}

void judge(ComparisonRow& row, const std::vector<double>& baseline, const std::vector<double>& scenario) {
  std::tie(row.baseline, row.value) = means_of_pairs(baseline, scenario);
  row.difference = paired_difference(baseline, scenario);
  row.verdict = verdict(row.difference, row.matters);
}

ComparisonRow level_row(const Results& results, const Place& place, const std::vector<int>& replicates, By by) {
  ComparisonRow row = described(results, place);
  const std::size_t last = results.stratifications[place.stratification].labels.size() - 1;
  row.is_prediction = by == By::buurt || (by == By::district && place.stratum != last);
  row.is_frozen = by == By::income;
  judge(row, values_of(results, place, 0, replicates), values_of(results, place, place.scenario, replicates));
  return row;
}

ComparisonRow gap_row(const Results& results, const Place& place, const std::vector<int>& replicates) {
  const auto& outcome = results.outcomes[static_cast<std::size_t>(place.outcome)];
  ComparisonRow row = described(results, place);
  row.is_gap = true;
  row.outcome += kGapEnding;
  row.unit = gap_unit(outcome);
  row.label = gap_label(outcome);
  row.definition = "Age-sex standardised difference between the lowest and the highest income fifth at the study's " +
                   std::string("start, without students and institutions; positive: the lowest fifth is worse off. ") +
                   outcome.definition;
  auto gaps = gaps_by_replicate(results, place.outcome, place.scenario, place.year, replicates);
  for (auto* side : {&gaps.baseline, &gaps.scenario})
    for (double& value : *side) value *= outcome.scale;
  judge(row, gaps.baseline, gaps.scenario);
  return row;
}

/// The strata of one outcome, then its gap where it has one.
void add_outcome(std::vector<ComparisonRow>& rows, const Results& results, Place place, const Selection& selected,
                 By by) {
  const auto replicates = complete_replicates(results, {0, place.scenario}, place.year);
  if (replicates.empty()) return;
  const std::size_t strata = results.stratifications[place.stratification].labels.size();
  const auto& wanted = selected.outcomes[static_cast<std::size_t>(place.outcome)];
  for (place.stratum = by == By::city ? strata - 1 : 0; wanted.level && place.stratum < strata; ++place.stratum)
    rows.push_back(level_row(results, place, replicates, by));
  place.stratum = strata - 1;
  if (wanted.gap && by == By::city) rows.push_back(gap_row(results, place, replicates));
}

}  // namespace

std::optional<By> by_named(std::string_view word) {
  constexpr std::array<std::string_view, 5> names = {"city", "district", "buurt", "income", "life_stage"};
  const auto found = std::find(names.begin(), names.end(), word);
  if (found == names.end()) return std::nullopt;
  return static_cast<By>(found - names.begin());
}

std::vector<ComparisonRow> compare(const Results& results, const CompareOptions& options) {
  const Selection selected = select(results, options);
  constexpr std::array<const char*, 5> stratification = {"district", "district", "buurt", "income", "life_stage"};
  const int by = results.stratification(stratification[static_cast<std::size_t>(options.by)]);
  std::vector<ComparisonRow> rows;
  for (const int scenario : selected.scenarios)
    for (const int year : selected.years)
      for (int outcome = 0; outcome < static_cast<int>(results.outcomes.size()); ++outcome)
        add_outcome(rows, results, {scenario, year, outcome, static_cast<std::size_t>(by), 0}, selected, options.by);
  return rows;
}

}  // namespace sleutel
