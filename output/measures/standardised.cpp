#include "output/measures/standardised.h"

#include <algorithm>
#include <limits>

namespace sleutel {
namespace {

bool all_have(const GroupSums& groups, std::size_t cell) {
  return std::all_of(groups.begin(), groups.end(),
                     [&](const AgeSexSums& group) { return group.denominator[cell] > 0; });
}

double standardised_level(const AgeSexSums& group, const StandardPopulation& weights) {
  double sum = 0, weight = 0;
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    if (weights[cell] <= 0) continue;
    sum += weights[cell] * (group.numerator[cell] / group.denominator[cell]);
    weight += weights[cell];
  }
  return weight > 0 ? sum / weight : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

StandardPopulation seen_everywhere(const GroupSums& baseline, const GroupSums& scenario,
                                   const StandardPopulation& standard) {
  StandardPopulation weights{};
  for (std::size_t cell = 0; cell < weights.size(); ++cell)
    if (all_have(baseline, cell) && all_have(scenario, cell)) weights[cell] = standard[cell];
  return weights;
}

std::vector<double> standardised_levels(const GroupSums& groups, const StandardPopulation& weights) {
  std::vector<double> levels;
  for (const AgeSexSums& group : groups) levels.push_back(standardised_level(group, weights));
  return levels;
}

}  // namespace sleutel
