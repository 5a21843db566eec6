#include "sim/calibrate/weigh.h"

#include <algorithm>
#include <numeric>

#include "sim/base/math.h"

namespace sleutel::calibrate {

std::vector<double> weights_of(const std::vector<double>& logs) {
  std::vector<double> weights(logs.size());
  if (logs.empty()) return weights;
  const double most = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (std::size_t i = 0; i < logs.size(); ++i) sum += weights[i] = math::exp(logs[i] - most);
  for (double& weight : weights) weight /= sum;
  return weights;
}

double effective_number(const std::vector<double>& weights) {
  double squares = 0;
  for (const double weight : weights) squares += weight * weight;
  return squares > 0 ? 1 / squares : 0;
}

std::vector<std::size_t> resampled(const std::vector<double>& weights, std::size_t count, double start) {
  std::vector<std::size_t> positions;
  double passed = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    passed += weights[i] * static_cast<double>(count);
    while (positions.size() < count && static_cast<double>(positions.size()) + start < passed) positions.push_back(i);
  }
  while (positions.size() < count && !weights.empty()) positions.push_back(weights.size() - 1);  // rounding
  return positions;
}

double weighted_quantile(const std::vector<double>& values, const std::vector<double>& weights, double share) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  double passed = 0;
  for (const std::size_t i : order) {
    passed += weights[i];
    if (passed >= share) return values[i];
  }
  return values[order.back()];
}

}  // namespace sleutel::calibrate
