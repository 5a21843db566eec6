#include "output/measures/jackknife.h"

#include <cmath>
#include <limits>

#include "sim/base/math.h"

namespace sleutel {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

SumsOfRun without(const SumsOfRun& all, const SumsOfRun& one) {
  SumsOfRun left = all;
  for (std::size_t i = 0; i < left.size(); ++i) left[i] -= one[i];
  return left;
}

/// Differences with one replicate left out; empty if one of them has no value.
std::vector<double> leaving_one_out(const std::vector<SumsOfRun>& baseline, const std::vector<SumsOfRun>& scenario,
                                    const OfSums& measure) {
  const SumsOfRun of_baseline = added_up(baseline), of_scenario = added_up(scenario);
  std::vector<double> differences;
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    const double difference = measure(without(of_scenario, scenario[i])) - measure(without(of_baseline, baseline[i]));
    if (std::isnan(difference)) return {};
    differences.push_back(difference);
  }
  return differences;
}

}  // namespace

SumsOfRun added_up(const std::vector<SumsOfRun>& runs) {
  SumsOfRun sum = runs.empty() ? SumsOfRun{} : runs.front();
  for (std::size_t run = 1; run < runs.size(); ++run)
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += runs[run][i];
  return sum;
}

PairedDifference pooled_difference(const std::vector<SumsOfRun>& baseline, const std::vector<SumsOfRun>& scenario,
                                   const OfSums& measure) {
  PairedDifference result{kNothing, kNothing, kNothing, 0, false};
  if (baseline.empty()) return result;
  result.mean = measure(added_up(scenario)) - measure(added_up(baseline));
  if (std::isnan(result.mean)) return result;
  result.pairs = 1;
  result.identical = baseline == scenario;
  if (baseline.size() < 2) return result;
  const std::vector<double> left = leaving_one_out(baseline, scenario, measure);
  if (left.empty()) return result;
  const double n = static_cast<double>(left.size());
  result.pairs = static_cast<int>(left.size());
  double mean = 0, squares = 0;
  for (const double difference : left) mean += difference / n;
  for (const double difference : left) squares += (difference - mean) * (difference - mean);
  const double half = student_t_quantile((1 + kConfidence) / 2, n - 1) * std::sqrt(squares * (n - 1) / n);
  result.low = result.mean - half;
  result.high = result.mean + half;
  return result;
}

}  // namespace sleutel
