#pragma once
/// \file
/// Differences of what is computed from sums over all replicates together, such as a life expectancy: their interval
/// comes from leaving out one replicate at a time.

#include <functional>
#include <vector>

#include "output/measures/paired.h"

namespace sleutel {

/// Sums of one run, all of one length.
using SumsOfRun = std::vector<double>;

/// What a measure gives of sums that were added up over runs; NaN if there is nothing.
using OfSums = std::function<double(const SumsOfRun&)>;

/// The sums of all runs together.
SumsOfRun added_up(const std::vector<SumsOfRun>& runs);

/// measure(scenario) - measure(baseline), each of the sums of all replicates, with the Student t interval of the
/// jackknife: chance only. `baseline` and `scenario`: sums of each replicate, in the same order.
PairedDifference pooled_difference(const std::vector<SumsOfRun>& baseline, const std::vector<SumsOfRun>& scenario,
                                   const OfSums& measure);

}  // namespace sleutel
