#include "sim/engine/hazards.h"

#include "sim/base/math.h"

namespace sleutel {

void gather_units(Run& run, Level level) {
  const std::size_t rows = level == Level::household ? run.city.households.count() : run.city.residents.size();
  Units& units = run.units[static_cast<std::size_t>(level)];
  const UnitSource from = run.source(level);
  units.fit(rows, run.blocks.count(rows) + 1, from.predictors.levels.size());
  run.blocks.each(rows, [&](const Block& block) {
    if (level == Level::resident) gather_residents(from, block, units);
    if (level == Level::household) gather_households(from, block, units);
    if (level == Level::couple) gather_couples(from, block, units);
  });
}

double hazard_of(const Matrix& matrix, const kernel::KernelModel& model, const kernel::Unit& unit, int state,
                 Change change) {
  const int lane = kernel::lane_of(model, state);
  if (lane < 0) return 0;
  const kernel::ClippedSum sum = kernel::clipped_edge_sum(model, unit, lane, change);
  if (!sum.open) return 0;
  const std::size_t at =
      std::size_t{unit.cell} * static_cast<std::size_t>(matrix.vectors) + static_cast<std::size_t>(lane / kLanes);
  const auto place = static_cast<std::size_t>(lane % kLanes);
  const auto& base = change == Change::begin ? matrix.base_begin : matrix.base_end;
  const auto& shift = change == Change::begin ? matrix.shift_begin : matrix.shift_end;
  const std::int64_t log2 = std::int64_t{base[at].at[place]} + shift[at].at[place] + sum.sum;
  return math::exp2(static_cast<double>(log2) / kLogUnit);
}

double monthly_chance(double per_year) { return -math::expm1(-per_year / 12); }

}  // namespace sleutel
