#pragma once
/// \file
/// How far groups are apart: the two ends, and the spread of all (docs/inequality.md).

#include "output/measures/society.h"

namespace sleutel {

/// Level of the last group minus that of the first.
double range_gap(const Society& society);

/// Level of the last group divided by that of the first; NaN if one of them is not above 0.
double range_ratio(const Society& society);

/// Standard deviation between groups, by share; exactly 0 if all levels are the same. Knows no order of groups.
double spread(const Society& society);

/// spread / mean (coefficient of variation); NaN if the mean is not above 0.
double relative_spread(const Society& society);

}  // namespace sleutel
