#include "sim/kernel/scalar.h"

#include <algorithm>
#include <cstddef>

#include "sim/kernel/chance.h"
#include "sim/kernel/decide.h"
#include "sim/kernel/rows.h"

namespace sleutel::kernel {

namespace {

/// Working space for one unit: a hazard per lane, and the sixteen bits of each draw.
struct Work {
  float* hazards;        ///< [lane] per month, 0 if closed or without transition
  std::uint8_t* fires;   ///< [lane] 1: its transition happens
  std::uint16_t* draws;  ///< [slot * 8 + half], slots as in KernelModel::draw_blocks

  Work(const KernelModel& model, FiredBuffer& out) {
    const std::size_t lanes = model.lanes.size();
    const std::size_t halves = model.draw_blocks.size() * 8;
    std::byte* const at = out.scratch(lanes * (sizeof(float) + 1) + halves * sizeof(std::uint16_t));
    hazards = reinterpret_cast<float*>(at);
    draws = reinterpret_cast<std::uint16_t*>(at + lanes * sizeof(float));
    fires = reinterpret_cast<std::uint8_t*>(draws + halves);
    std::fill_n(hazards, lanes, 0.0F);
    std::fill_n(fires, lanes, std::uint8_t{0});
  }
};

Change change_of(const Unit& unit, int state) { return unit.states.test(state) ? Change::end : Change::begin; }

void draw_all(const KernelModel& model, const Month& month, const Unit& unit, Work& work) {
  for (std::size_t slot = 0; slot < model.draw_blocks.size(); ++slot) {
    const auto words = bits({month.key, unit.id, month.month, Purpose::states(model.draw_blocks[slot])});
    for (std::size_t half = 0; half < 8; ++half) {
      work.draws[slot * 8 + half] = static_cast<std::uint16_t>(words[half / 2] >> (16 * (half % 2)));
    }
  }
}

/// Hazards per month of one vector's lanes: of the begin of states that are off, of the end of states that are on.
void find_hazards(const KernelModel& model, const Unit& unit, const RowsOn& on, std::size_t vector, float* hazards,
                  std::int64_t& hits) {
  const VectorSums begin = sums_of(model, unit, on, vector, Change::begin);
  const VectorSums end = sums_of(model, unit, on, vector, Change::end);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const int state = model.lanes[vector * kLanes + lane].state;
    if (state < 0) continue;
    const VectorSums& sums = unit.states.test(state) ? end : begin;
    if ((sums.closed >> lane & 1) != 0) continue;
    const std::int32_t edges = clipped(sums.edges.at[lane]);
    if (edges != sums.edges.at[lane]) ++hits;
    hazards[lane] = monthly_hazard(sums.outside.at[lane] + edges);
  }
}

bool fires_alone(const KernelLane& lane, const Month& month, const Unit& unit, float hazard, std::uint16_t top) {
  if (hazard == 0.0F) return false;
  const StateDraw draw{month.key, unit.id, month.month, lane.draw};
  return happens(threshold(chance(hazard)), top, change_of(unit, lane.state), draw);
}

/// The member of a group that changes this month, as a lane, or -1.
int changed_lane(const KernelGroup& group, const Month& month, const Unit& unit, const Work& work) {
  std::array<float, kMaxStates> hazards{};
  const std::size_t members = group.members.size();
  for (std::size_t k = 0; k < members; ++k) {
    hazards[k] = work.hazards[static_cast<std::size_t>(group.members[k].lane)];
  }
  const StateDraw draw{month.key, unit.id, month.month, group.rest_draw};
  const int k = changed_member({hazards.data(), members}, work.draws[group.source], draw);
  return k < 0 ? -1 : group.members[static_cast<std::size_t>(k)].lane;
}

void add_records(const KernelModel& model, std::uint32_t index, const Unit& unit, const Work& work, FiredBuffer& out) {
  const int death = model.death < 0 ? -1 : lane_of(model, model.death);
  const bool dies = death >= 0 && work.fires[death] != 0;
  for (std::size_t lane = 0; lane < model.lanes.size(); ++lane) {
    if (work.fires[lane] == 0 || (dies && static_cast<int>(lane) != death)) continue;
    const int state = model.lanes[lane].state;
    out.add({index, static_cast<std::int16_t>(state), change_of(unit, state)});
  }
}

}  // namespace

void draw_unit(const KernelModel& model, const Month& month, std::uint32_t index, const Unit& unit, FiredBuffer& out,
               std::int64_t& clipped) {
  Work work(model, out);
  draw_all(model, month, unit, work);
  const RowsOn on = rows_on(*model.matrix, unit);
  for (std::size_t v = 0; v < model.tables.size(); ++v) {
    find_hazards(model, unit, on, v, work.hazards + v * kLanes, clipped);
  }
  for (std::size_t at = 0; at < model.lanes.size(); ++at) {
    const KernelLane& lane = model.lanes[at];
    if (lane.group < 0) work.fires[at] = fires_alone(lane, month, unit, work.hazards[at], work.draws[lane.source]);
  }
  for (const KernelGroup& group : model.groups) {
    const int at = changed_lane(group, month, unit, work);
    if (at >= 0) work.fires[at] = 1;
  }
  add_records(model, index, unit, work, out);
}

}  // namespace sleutel::kernel
