#pragma once
/// \file
/// What is counted of a run for the sides of figures: in December of every year before the draws of that month, and,
/// for beginnings, in every month. All of it whole numbers, so no order of counting matters.

#include <array>
#include <cstdint>
#include <vector>

#include "sim/fit/figure.h"

namespace sleutel {

inline constexpr int kAgeBands = 19;  ///< of five years, the last open at 90
inline constexpr int kAgeSexCells = 2 * kAgeBands;

/// Of those of one age band and sex who are among a side.
struct CellOfSide {
  std::int64_t asked = 0;       ///< persons or households that were looked at (so many months later, if asked)
  std::int64_t meet = 0;        ///< of these, meet `of`
  std::int64_t sum = 0;         ///< of a mean outcome, in its whole-number unit ...
  std::int64_t steps = 0;       ///< the same in steps of kSquareStep of that unit ...
  std::int64_t squares = 0;     ///< ... and of the squares of these
  std::int64_t months = 0;      ///< person-months at risk of a beginning
  std::int64_t events = 0;      ///< beginnings
  std::int64_t event_ages = 0;  ///< ages at them [months]
};
/// Of the unit of a mean outcome, so that sums of squares stay far from the largest whole number.
inline constexpr std::int64_t kSquareStep = 16;

using CountsOfSide = std::array<CellOfSide, kAgeSexCells>;

/// Counts of one run: [figure] of its side, and of the side it is set against.
struct CountsOfFigures {
  std::vector<CountsOfSide> side, against;
};

/// Lives one replicate of a scenario and counts.
CountsOfFigures count_figures(const Arm& arm, int replicate, const std::vector<PublishedFigure>& figures);

/// Age band and sex of a resident in the month of a run.
int cell_of_age_and_sex(const Residents& residents, Row row, int month);

}  // namespace sleutel
