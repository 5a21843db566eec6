#pragma once
/// \file
/// The concentration index of grouped levels, and Erreygers' correction for outcomes that have a lowest and a highest
/// possible value (docs/inequality.md).

#include "output/measures/society.h"

namespace sleutel {

/// -1 (all of it with the lowest ranks) to 1 (all with the highest), 0 in an equal society; NaN if the mean is not
/// above 0.
double concentration_index(const Society& society);

/// The same of (level - lowest) / (highest - lowest), times four times its mean; `width` is highest - lowest. Turning
/// the outcome round (with, without) changes its sign alone.
double erreygers_index(const Society& society, double width);

}  // namespace sleutel
