#pragma once
/// \file
/// What the matrix would do to every unit of the city this month, without drawing: for centring, for the rates of the
/// past, and for tests that ask by how much an edge moves a transition.

#include <vector>

#include "sim/engine/run.h"

namespace sleutel {

/// A unit and the row that it has: of the resident, of the household, or of the partner who names the couple.
struct GatheredUnit {
  Row row = kNone;
  kernel::Unit unit;
};

/// The units of a level as transitions() would make them now, in order of row: call it after stress().
std::vector<GatheredUnit> gather_units(const Run& run, Level level);

/// Hazard of a transition of one unit, programmes left out; 0 if it cannot happen [1/year].
double hazard_of(const Matrix& matrix, const kernel::KernelModel& model, const kernel::Unit& unit, int state,
                 Change change);

/// A hazard as the chance in a month.
double monthly_chance(double per_year);

}  // namespace sleutel
