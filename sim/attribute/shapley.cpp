#include "sim/attribute/shapley.h"

#include <bit>

namespace sleutel {
namespace {

/// Share of all orders in which exactly these `before` players come before one of them: 1 / (n * (n - 1 over before)).
double share_of_orders(std::size_t players, std::size_t before) {
  double ways = 1;
  for (std::size_t i = 1; i <= before; ++i) ways = ways * static_cast<double>(players - i) / static_cast<double>(i);
  return 1 / (static_cast<double>(players) * ways);
}

}  // namespace

std::vector<double> shapley_values(std::size_t players, const std::vector<double>& worth) {
  std::vector<double> values(players);
  for (std::size_t player = 0; player < players; ++player) {
    const std::size_t bit = std::size_t{1} << player;
    for (std::size_t subset = 0; subset < worth.size(); ++subset) {
      if ((subset & bit) != 0) continue;
      const auto before = static_cast<std::size_t>(std::popcount(subset));
      values[player] += share_of_orders(players, before) * (worth[subset | bit] - worth[subset]);
    }
  }
  return values;
}

}  // namespace sleutel
