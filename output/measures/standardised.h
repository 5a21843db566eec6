#pragma once
/// \file
/// Levels of several groups as if all had the same ages and sexes (direct standardisation).

#include <vector>

#include "output/measures/income_gap.h"

namespace sleutel {

/// One run and year: sums of each group by life stage and sex.
using GroupSums = std::vector<AgeSexSums>;

/// `standard` without the ages and sexes of which any group has nobody, under either scenario of a pair: the levels of
/// all groups under both are of the same ages and sexes.
StandardPopulation seen_everywhere(const GroupSums& baseline, const GroupSums& scenario,
                                   const StandardPopulation& standard);

/// Level of each group with the ages and sexes of `weights`; NaN if all of these are 0.
std::vector<double> standardised_levels(const GroupSums& groups, const StandardPopulation& weights);

}  // namespace sleutel
