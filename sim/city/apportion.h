#pragma once
/// \file
/// Whole numbers in proportion: shares, rounding and spreading with a fixed result.

#include <span>
#include <vector>

namespace sleutel::city {

/// Splits `count` in proportion to the weights by largest remainders (ties to the first); no share above its weight's
/// part rounded up. All 0 if no weight is above 0.
std::vector<int> apportion(int count, std::span<const double> weights);

/// Puts `count` things on places in proportion to their weights, evenly spaced along the cumulated weights from a
/// beginning `start` in [0, 1): each place gets its part rounded up or down. Sums to count if a weight is above 0.
std::vector<int> spread_evenly(int count, std::span<const double> weights, double start);

/// The factor on all odds that makes the chances odds * factor / (1 + odds * factor) sum to `total`.
double odds_factor(std::span<const double> odds, double total);

/// Chooses `count` of the items with the given chances (which sum to about count), evenly along the list from `start`.
std::vector<char> choose_evenly(std::span<const double> chances, int count, double start);

}  // namespace sleutel::city
