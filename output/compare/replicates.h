#pragma once
/// \file
/// One value per replicate. Private to output/compare/.

#include <cstddef>
#include <string>
#include <vector>

#include "sleutel/results.h"

namespace sleutel {

/// Which numbers a row is made from.
struct Place {
  int scenario = 0, year = 0, outcome = 0;
  std::size_t stratification = 0, stratum = 0;
};

/// Replicates of which the year is in the file under all these scenarios.
std::vector<int> complete_replicates(const Results& results, const std::vector<int>& scenarios, int year);

/// The outcome in the printed unit under a scenario, in the year and stratum of the place; NaN where nobody is asked.
std::vector<double> values_of(const Results& results, const Place& place, int scenario,
                              const std::vector<int>& replicates);

/// "problem debt, adults, per 1,000", but "life satisfaction (0-10)".
std::string level_label(const OutcomeInfo& outcome);
/// "problem debt, gap between income fifths, per 1,000".
std::string gap_label(const OutcomeInfo& outcome);
/// Of a gap: points, where the outcome is in percent.
std::string gap_unit(const OutcomeInfo& outcome);

}  // namespace sleutel
