#pragma once
/// \file
/// City means that stand in for what nobody knows while the past is replayed: former partners, the parents of who is
/// adult today, when couples began and when children left.

#include <array>

#include "sim/engine/run.h"

namespace sleutel {

/// Chances per month by age [0-110] and sex. Those "of who is alone" are per adult without a partner who is no child at
/// home: the number that begins in a month is then that of the running city.
struct PastRates {
  using Table = std::array<std::array<double, 2>, kMaxAge + 1>;
  Table separation{};           ///< of who is alone: to separate from a partner of whom nothing is known
  Table bereavement{};          ///< of who is alone: to lose a partner by death
  Table meeting{};              ///< of who has a partner: to have moved in with him this month
  Table leaving_home{};         ///< of an adult child at home: to leave
  double parents_separate = 0;  ///< of a minor whose parents are not known: that they separate
};

/// From the city as it stands, states and edges included: those who have a partner die and separate at other rates than
/// the mean of their cell. Ages with few residents are pooled with their neighbours.
PastRates past_rates(Run& run);

}  // namespace sleutel
