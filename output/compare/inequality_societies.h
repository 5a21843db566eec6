#pragma once
/// \file
/// Groups with their shares and levels, a society per run, from a results file. Private to output/compare/.

#include <vector>

#include "output/measures/society.h"
#include "sleutel/results.h"

namespace sleutel {

inline constexpr int kIncomeFifths = 5;  ///< income groups without students and institutions

/// One replicate under both scenarios, of the same groups; levels in natural units.
struct SocietyPair {
  Society baseline, scenario;
};

/// What is compared of a file.
struct PairsAsked {
  int outcome = 0, scenario = 0, year = 0;
  std::vector<int> replicates;
};

/// Income fifths, the lowest first, levels age-sex standardised to the baseline's first year. The shares are those of
/// the baseline's first year, of all replicates together, in every year and scenario.
std::vector<SocietyPair> societies_by_income(const Results& results, const PairsAsked& asked);

/// Districts, levels as they are; shares as above. A district in which nobody is of the outcome's population in either
/// run is left out of that pair.
std::vector<SocietyPair> societies_by_district(const Results& results, const PairsAsked& asked);

/// Mean over the pairs of the levels of each group: empty if the pairs have not all the same number of groups.
Society mean_society(const std::vector<SocietyPair>& pairs, bool of_baseline);

}  // namespace sleutel
