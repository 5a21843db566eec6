#pragma once
/// \file
/// What the matrix would do to every unit of the city this month, without drawing: for centring, for the rates of the
/// past, and for tests that ask by how much an edge moves a transition.

#include "sim/engine/run.h"

namespace sleutel {

/// Makes the units of a level as transitions() would make them now: call it after stress(). They stand in
/// run.units[level], block by block.
void gather_units(Run& run, Level level);

/// Calls visit(row, unit) for each unit that gather_units made; row: of the resident, of the household, or of the
/// partner who names the couple.
template <class Visit>
void for_each_unit(const Run& run, Level level, Visit&& visit) {
  const Units& units = run.units[static_cast<std::size_t>(level)];
  const auto step = static_cast<std::size_t>(run.blocks.rows_per_block());
  const std::size_t rows = level == Level::household ? run.city.households.count() : run.city.residents.size();
  for (std::size_t first = 0; first < rows; first += step) {
    const kernel::UnitBlock view = units.view(first, units.count[first / step]);
    for (std::size_t i = 0; i < view.size(); ++i) visit(units.rows[first + i], kernel::unit_at(view, i));
  }
}

/// Hazard of a transition of one unit, programmes left out; 0 if it cannot happen [1/year].
double hazard_of(const Matrix& matrix, const kernel::KernelModel& model, const kernel::Unit& unit, int state,
                 Change change);

/// A hazard as the chance in a month.
double monthly_chance(double per_year);

}  // namespace sleutel
