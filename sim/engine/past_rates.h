#pragma once
/// \file
/// City means that stand in for partners and parents whom nobody knows, while the past is replayed.

#include <array>

#include "sim/engine/run.h"

namespace sleutel {

/// Chances per month by age [0-110] and sex, for those who have no partner today.
struct PastRates {
  using Table = std::array<std::array<double, 2>, kMaxAge + 1>;
  Table separation{};           ///< to separate from a partner of whom nothing is known [chance per month]
  Table bereavement{};          ///< to lose a partner by death [chance per month]
  double parents_separate = 0;  ///< of a minor whose parents are not known [chance per month]
};

/// From the couples of the city as it stands: rate of the couple lane, or of the partner's death, times partnered per
/// unpartnered resident of that age (ten-year window) and sex.
PastRates past_rates(Run& run);

}  // namespace sleutel
