#pragma once
/// \file
/// The slope and the relative index of inequality: a straight line through the levels of all groups over their ranks,
/// by least squares, each group weighing as much as it is large (docs/inequality.md).

#include "output/measures/society.h"

namespace sleutel {

/// The line at rank 0 and at rank 1.
struct SlopeLine {
  double lowest = 0, highest = 0;
};

SlopeLine slope_line(const Society& society);

/// How much higher the line is at the highest rank than at the lowest: SII, 0 in an equal society.
double slope_index(const Society& society);

/// highest / lowest end of the line; NaN if the line is not above 0 at both ends.
double relative_index(const Society& society);

}  // namespace sleutel
