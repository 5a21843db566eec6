#include "output/measures/income_gap.h"

#include <limits>

namespace sleutel {
namespace {

bool has_people(const IncomeEnds& ends, std::size_t cell) {
  return ends.lowest.denominator[cell] > 0 && ends.highest.denominator[cell] > 0;
}

double rate(const AgeSexSums& sums, std::size_t cell) { return sums.numerator[cell] / sums.denominator[cell]; }

double standardised(const AgeSexSums& sums, const StandardPopulation& weights) {
  double sum = 0, weight = 0;
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    if (weights[cell] <= 0) continue;
    sum += weights[cell] * rate(sums, cell);
    weight += weights[cell];
  }
  return weight > 0 ? sum / weight : std::numeric_limits<double>::quiet_NaN();
}

double gap(const IncomeEnds& ends, const StandardPopulation& weights, Better better) {
  const double lowest = standardised(ends.lowest, weights);
  const double highest = standardised(ends.highest, weights);
  return better == Better::higher ? highest - lowest : lowest - highest;
}

}  // namespace

GapPair income_gaps(const IncomeEnds& baseline, const IncomeEnds& scenario, const StandardPopulation& standard,
                    Better better) {
  StandardPopulation weights{};
  for (std::size_t cell = 0; cell < weights.size(); ++cell)
    if (has_people(baseline, cell) && has_people(scenario, cell)) weights[cell] = standard[cell];
  return {gap(baseline, weights, better), gap(scenario, weights, better)};
}

}  // namespace sleutel
