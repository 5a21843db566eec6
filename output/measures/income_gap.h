#pragma once
/// \file
/// How much worse off the lowest income fifth is than the highest, as if both had the same ages and sexes (direct
/// standardisation). Student and institutional households are left out, as CBS leaves them out of income figures.

#include <array>
#include <cstdint>

#include "sleutel/calendar.h"

namespace sleutel {

inline constexpr int kAgeSexCells = kLifeStages * 2;  ///< [life stage][sex]

/// Sums of one group by age and sex; numerator / denominator is a share, a mean or a rate.
struct AgeSexSums {
  std::array<double, kAgeSexCells> numerator{};
  std::array<double, kAgeSexCells> denominator{};
};

/// The two ends of one run and year.
struct IncomeEnds {
  AgeSexSums lowest, highest;
};

/// Sizes of the age and sex groups of the population that both ends are given; any unit.
using StandardPopulation = std::array<double, kAgeSexCells>;

enum class Better : std::uint8_t { lower, higher };

/// A gap under two scenarios; NaN where no age and sex has people at both ends.
struct GapPair {
  double baseline = 0, scenario = 0;
};

/// Gaps of one pair of runs, positive if the lowest fifth is worse off. Ages and sexes without people at either end of
/// either run are left out of both, so that the two gaps stay comparable; the others are weighted by `standard`.
GapPair income_gaps(const IncomeEnds& baseline, const IncomeEnds& scenario, const StandardPopulation& standard,
                    Better better);

}  // namespace sleutel
