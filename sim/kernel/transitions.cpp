#include "sim/kernel/transitions.h"

#include "sim/kernel/rows.h"
#include "sim/kernel/scalar.h"
#include "sim/kernel/vector.h"

namespace sleutel::kernel {

void draw_transitions(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                      std::int64_t& clipped) {
  if (month.isa != Isa::scalar) {
    draw_by_vectors(model, month, block, out, clipped);
    return;
  }
  for (std::size_t index = 0; index < block.size(); ++index)
    draw_one(model, month, block[index], static_cast<std::uint32_t>(index), out, clipped);
}

void draw_one(const KernelModel& model, const Month& month, const Unit& unit, std::uint32_t index, FiredBuffer& out,
              std::int64_t& clipped) {
  draw_unit(model, month, index, unit, out, clipped);
}

ClippedSums clipped_edge_sums(const KernelModel& model, const Unit& unit, int vector, Change change) {
  const RowsOn on = rows_on(*model.matrix, unit);
  const VectorSums sums = sums_of(model, unit, on, static_cast<std::size_t>(vector), change);
  ClippedSums result;
  for (std::size_t lane = 0; lane < kLanes; ++lane) result.sum.at[lane] = clipped(sums.edges.at[lane]);
  result.open = static_cast<std::uint16_t>(~sums.closed & model.tables[static_cast<std::size_t>(vector)].live);
  return result;
}

ClippedSum clipped_edge_sum(const KernelModel& model, const Unit& unit, int lane, Change change) {
  const ClippedSums sums = clipped_edge_sums(model, unit, lane / kLanes, change);
  return {sums.sum.at[static_cast<std::size_t>(lane % kLanes)], (sums.open >> (lane % kLanes) & 1) != 0};
}

int lane_of(const KernelModel& model, int state) {
  for (std::size_t at = 0; at < model.lanes.size(); ++at) {
    if (model.lanes[at].state == state) return static_cast<int>(at);
  }
  return -1;
}

}  // namespace sleutel::kernel
