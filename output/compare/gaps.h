#pragma once
/// \file
/// Income gaps of an outcome from the sums in a results file.

#include <vector>

#include "sleutel/results.h"

namespace sleutel {

/// Gaps per replicate, baseline and scenario, in natural units; positive if the lowest fifth is worse off. The standard
/// population is the baseline's first year: all residents with an income fifth, over all replicates.
struct GapsByReplicate {
  std::vector<double> baseline, scenario;
};
GapsByReplicate gaps_by_replicate(const Results& results, int outcome, int scenario, int year,
                                  const std::vector<int>& replicates);

}  // namespace sleutel
