#include "sim/kernel/transitions.h"

#include "sim/kernel/rows.h"
#include "sim/kernel/scalar.h"
#include "sim/kernel/vector.h"

namespace sleutel::kernel {

void draw_transitions(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                      std::int64_t& clipped) {
  if (month.isa == Isa::avx2) {
    draw_by_vectors(model, month, block, out, clipped);
    return;
  }
  for (std::size_t index = 0; index < block.size(); ++index) {
    draw_unit(model, month, static_cast<std::uint32_t>(index), unit_at(block, index), out, clipped);
  }
}

ClippedSum clipped_edge_sum(const KernelModel& model, const Unit& unit, int lane, Change change) {
  const RowsOn on = rows_on(*model.matrix, unit);
  const EdgeSum edges = edge_sum(model, unit, on, static_cast<std::size_t>(lane), change);
  return {clipped(edges.sum), edges.open};
}

int lane_of(const KernelModel& model, int state) {
  for (std::size_t at = 0; at < model.lanes.size(); ++at) {
    if (model.lanes[at].state == state) return static_cast<int>(at);
  }
  return -1;
}

}  // namespace sleutel::kernel
