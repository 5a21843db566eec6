#pragma once
/// \file
/// Groups of a population in the order of their rank, the lowest income first, each with its share of all and the level
/// of an outcome: what measures of inequality are computed from (docs/inequality.md).

#include <vector>

namespace sleutel {

struct RankedGroup {
  double share = 0;  ///< of the population; all shares together are 1
  double rank = 0;   ///< middle of the group's place among all, 0 lowest to 1 highest (ridit)
  double level = 0;  ///< of the outcome, in any unit
};

using Society = std::vector<RankedGroup>;

/// `sizes` in any unit, all of them 0 or more and one above 0; `levels` in the same order.
Society society_of(const std::vector<double>& sizes, const std::vector<double>& levels);

/// Mean of the levels by share. Of levels that are all the same it is that level, to the last bit.
double mean_level(const Society& society);

/// Variance of the ranks by share: (1 - 1/25) / 12 with five groups of one size.
double rank_variance(const Society& society);

/// Covariance of rank and level by share; exactly 0 if all levels are the same.
double rank_covariance(const Society& society);

}  // namespace sleutel
