#include "sim/kernel/evaluated.h"

#include <algorithm>
#include <bit>

#include "sim/kernel/chance.h"
#include "sim/kernel/decide.h"

namespace sleutel::kernel {

namespace {

bool fires_alone(const Evaluated& unit, std::size_t at) {
  const KernelLane& lane = unit.model.lanes[at];
  const std::uint64_t limit = threshold(chance(monthly_hazard(unit.eta[at])));
  return happens(limit, unit.draws[lane.source], unit.change(at),
                 {unit.month.key, unit.id, unit.month.month, lane.draw});
}

/// The lane of a group that changes, or -1.
int changed_lane(const Evaluated& unit, const KernelGroup& group) {
  const auto& lanes = group.members;
  const auto is_candidate = [&](const auto& member) {
    return unit.is_candidate(static_cast<std::size_t>(member.lane));
  };
  if (std::none_of(lanes.begin(), lanes.end(), is_candidate)) return -1;
  std::array<float, kMaxStates> hazards;
  const std::size_t members = lanes.size();
  for (std::size_t k = 0; k < members; ++k) {
    const auto lane = static_cast<std::size_t>(lanes[k].lane);
    hazards[k] = unit.is_open(lane) ? monthly_hazard(unit.eta[lane]) : 0.0F;
  }
  const StateDraw draw{unit.month.key, unit.id, unit.month.month, group.rest_draw};
  const int k = changed_member({hazards.data(), members}, unit.draws[group.source], draw);
  return k < 0 ? -1 : group.members[static_cast<std::size_t>(k)].lane;
}

}  // namespace

void decide(const Evaluated& unit, std::uint32_t index, FiredBuffer& out) {
  const KernelModel& model = unit.model;
  const std::size_t first = out.records().size();
  const auto add = [&](std::size_t lane) {
    out.add({index, static_cast<std::int16_t>(model.lanes[lane].state), unit.change(lane)});
  };
  for (std::size_t v = 0; v < model.tables.size(); ++v) {
    for (std::uint32_t left = unit.candidates[v] & model.tables[v].single; left != 0; left &= left - 1) {
      const std::size_t lane = v * kLanes + static_cast<std::size_t>(std::countr_zero(left));
      if (fires_alone(unit, lane)) add(lane);
    }
  }
  for (const KernelGroup& group : model.groups) {
    const int lane = changed_lane(unit, group);
    if (lane >= 0) add(static_cast<std::size_t>(lane));
  }
  const auto records = out.records().subspan(first);
  if (records.size() < 2) return;
  const auto by_draw = [](const Fired& a, const Fired& b) { return a.state < b.state; };
  std::sort(records.begin(), records.end(), by_draw);
  const auto death =
      std::find_if(records.begin(), records.end(), [&](const Fired& f) { return f.state == model.death; });
  if (death == records.end()) return;
  records.front() = *death;
  out.keep(first + 1);
}

}  // namespace sleutel::kernel
