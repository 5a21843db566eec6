#include "output/measures/paired.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/math.h"

namespace sleutel {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::vector<double> differences(const std::vector<double>& baseline, const std::vector<double>& scenario) {
  std::vector<double> all;
  for (std::size_t i = 0; i < std::min(baseline.size(), scenario.size()); ++i) {
    const double difference = scenario[i] - baseline[i];
    if (!std::isnan(difference)) all.push_back(difference);
  }
  return all;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double standard_error(const std::vector<double>& values, double mean) {
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double n = static_cast<double>(values.size());
  return std::sqrt(squares / (n - 1) / n);
}

}  // namespace

PairedDifference paired_difference(const std::vector<double>& baseline, const std::vector<double>& scenario) {
  const auto all = differences(baseline, scenario);
  PairedDifference result{kNone, kNone, kNone, static_cast<int>(all.size()), false};
  if (all.empty()) return result;
  result.mean = mean_of(all);
  result.identical = std::all_of(all.begin(), all.end(), [](double difference) { return difference == 0; });
  if (!result.has_interval()) return result;
  const double quantile = student_t_quantile((1 + kConfidence) / 2, static_cast<double>(all.size() - 1));
  const double half = quantile * standard_error(all, result.mean);
  result.low = result.mean - half;
  result.high = result.mean + half;
  return result;
}

Verdict verdict(const PairedDifference& difference, double matters) {
  if (difference.identical) return Verdict::identical;
  if (!difference.has_interval()) return Verdict::uncertain;
  if (difference.low > matters || difference.high < -matters) return Verdict::larger;
  const bool inside = difference.low >= -matters && difference.high <= matters;
  if (!inside) return Verdict::uncertain;
  const bool without_zero = difference.low > 0 || difference.high < 0;
  return without_zero ? Verdict::real_but_small : Verdict::no_difference;
}

const char* words(Verdict verdict) {
  switch (verdict) {
    case Verdict::identical:
      return "identical in every replicate";
    case Verdict::larger:
      return "larger than what matters";
    case Verdict::real_but_small:
      return "real but too small to matter";
    case Verdict::no_difference:
      return "no difference larger than what matters";
    case Verdict::uncertain:
      break;
  }
  return "too uncertain to say";
}

}  // namespace sleutel
