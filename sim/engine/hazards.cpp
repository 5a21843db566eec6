#include "sim/engine/hazards.h"

#include "sim/base/math.h"

namespace sleutel {

std::vector<GatheredUnit> gather_units(const Run& run, Level level) {
  const UnitSource from = run.source(level);
  std::vector<GatheredUnit> gathered;
  for (Row row = 0; row < from.rows(); ++row)
    if (is_unit(from, row)) gathered.push_back({row, {}});
  run.blocks.each(gathered.size(), [&](const Block& block) {
    for (std::size_t i = block.first; i < block.last; ++i) gathered[i].unit = make_unit(from, gathered[i].row);
  });
  return gathered;
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
