#include "sim/city/apportion.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace sleutel::city {

std::vector<int> apportion(int count, std::span<const double> weights) {
  std::vector<int> parts(weights.size(), 0);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(total > 0) || count <= 0) return parts;
  std::vector<double> rest(weights.size());
  int given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = count * weights[i] / total;
    parts[i] = static_cast<int>(exact);
    rest[i] = exact - parts[i];
    given += parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return rest[a] != rest[b] ? rest[a] > rest[b] : a < b; });
  for (std::size_t k = 0; given < count; k = (k + 1) % order.size()) {
    if (!(weights[order[k]] > 0)) continue;
    ++parts[order[k]];
    ++given;
  }
  return parts;
}

std::vector<int> spread_evenly(int count, std::span<const double> weights, double start) {
  std::vector<int> parts(weights.size(), 0);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(total > 0) || count <= 0) return parts;
  double cumulated = 0;
  int given = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    cumulated += weights[i];
    const int reached = std::min(count, static_cast<int>(cumulated / total * count + start));
    parts[i] = std::max(0, reached - given);
    given += parts[i];
    last = i;
  }
  parts[last] += count - given;
  return parts;
}

double odds_factor(std::span<const double> odds, double total) {
  double low = 1e-9;
  double high = 1e9;
  for (int step = 0; step < 80; ++step) {
    const double middle = low < 1e-3 * high ? (low * 31.0 < high / 31.0 ? low * 31.0 : low * 8.0) : 0.5 * (low + high);
    double sum = 0;
    for (const double x : odds) sum += x * middle / (1 + x * middle);
    (sum < total ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

std::vector<char> choose_evenly(std::span<const double> chances, int count, double start) {
  std::vector<char> chosen(chances.size(), 0);
  const double total = std::accumulate(chances.begin(), chances.end(), 0.0);
  if (!(total > 0)) return chosen;
  double cumulated = 0;
  int given = 0;
  for (std::size_t i = 0; i < chances.size(); ++i) {
    cumulated += chances[i];
    const int reached = std::min(count, static_cast<int>(cumulated / total * count + start));
    if (reached <= given || !(chances[i] > 0)) continue;
    chosen[i] = 1;
    ++given;
  }
  for (std::size_t i = chances.size(); i-- > 0 && given < count;) {
    if (chosen[i] != 0 || !(chances[i] > 0)) continue;
    chosen[i] = 1;
    ++given;
  }
  return chosen;
}

}  // namespace sleutel::city
