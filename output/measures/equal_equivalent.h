#pragma once
/// \file
/// The equally distributed equivalent (EDE): the level that, if all groups had it, would be worth as much as the levels
/// that they have, for somebody who is averse to inequality (docs/inequality.md).

#include "output/measures/society.h"

namespace sleutel {

/// Of something that is good to have: mean of order 1 - aversion (Atkinson). At aversion 0 the mean, at 1 the geometric
/// mean; the larger, the nearer to the level of the worst-off group. NaN if a level is below 0. `aversion` >= 0.
double equal_equivalent(const Society& attainment, double aversion);

/// Of something that is bad to have: mean of order 1 + aversion, so that shortfalls of one group weigh more than as
/// much spread over all. NaN if a level is below 0.
double equal_equivalent_shortfall(const Society& shortfall, double aversion);

}  // namespace sleutel
