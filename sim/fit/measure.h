#pragma once
/// \file
/// From what was counted to the number that was published: shares, means, rates, contrasts, healthy life expectancy.

#include "sim/fit/counts.h"

namespace sleutel {

/// The simulated value of a figure; NaN where nobody was there to be asked.
double value_of(const PublishedFigure& figure, const Model& model, const CountsOfSide& side,
                const CountsOfSide& against);

/// Years lived at birth in which the share of each age band meets what is asked (Sullivan): deaths per person-month by
/// band, open at 90. NaN if nobody lived in a band.
double healthy_years(const CountsOfSide& counts);

}  // namespace sleutel
