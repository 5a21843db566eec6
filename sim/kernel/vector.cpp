#include "sim/kernel/vector.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "sim/kernel/chance.h"
#include "sim/kernel/decide.h"
#include "sim/kernel/scalar.h"

namespace sleutel::kernel {

#if defined(__x86_64__)

namespace {

/// Working space of a chunk of units, carved out of the buffer.
struct Chunk {
  std::int32_t* eta;          ///< [unit][lane]
  std::uint32_t* open;        ///< [unit][vector] open lanes (low half), lanes that are on (high half)
  std::uint32_t* candidates;  ///< [unit][vector]
  std::uint16_t* draws;       ///< [unit][slot][8]
  std::uint8_t* any;          ///< [unit]

  Chunk(const KernelModel& model, FiredBuffer& out) {
    const std::size_t lanes = model.lanes.size() * kUnitsPerChunk;
    const std::size_t vectors = model.tables.size() * kUnitsPerChunk;
    const std::size_t halves = model.draw_blocks.size() * 8 * kUnitsPerChunk;
    const std::size_t bytes = lanes * 4 + vectors * 8 + halves * 2 + kUnitsPerChunk;
    std::byte* const at = out.scratch(bytes);
    eta = reinterpret_cast<std::int32_t*>(at);
    open = reinterpret_cast<std::uint32_t*>(at + lanes * 4);
    candidates = open + vectors;
    draws = reinterpret_cast<std::uint16_t*>(candidates + vectors);
    any = reinterpret_cast<std::uint8_t*>(draws + halves);
  }
};

/// One unit of a chunk that has candidates.
struct Candidate {
  const KernelModel& model;
  const Month& month;
  std::uint64_t id;
  const std::int32_t* eta;
  const std::uint32_t* open;
  const std::uint32_t* candidates;
  const std::uint16_t* draws;

  bool is_open(std::size_t lane) const { return (open[lane / kLanes] >> (lane % kLanes) & 1) != 0; }
  Change change(std::size_t lane) const {
    return (open[lane / kLanes] >> (16 + lane % kLanes) & 1) != 0 ? Change::end : Change::begin;
  }
  bool is_candidate(std::size_t lane) const { return (candidates[lane / kLanes] >> (lane % kLanes) & 1) != 0; }
};

/// Gives the members of a group the sixteen bits of their rest member where it stands in another vector; within a
/// vector VectorTables::draw_of does that.
void share_group_draws(const KernelModel& model, int units, std::uint16_t* draws) {
  const std::size_t stride = model.draw_blocks.size() * 8;
  for (const KernelGroup& group : model.groups) {
    if (!group.spans_vectors) continue;
    for (int unit = 0; unit < units; ++unit) {
      std::uint16_t* const of_unit = draws + static_cast<std::size_t>(unit) * stride;
      for (const auto& member : group.members) {
        const bool same = static_cast<std::size_t>(member.lane) / kLanes == group.rest_slot / kLanes;
        if (!same) of_unit[member.lane] = of_unit[group.rest_slot];
      }
    }
  }
}

bool fires_alone(const Candidate& unit, std::size_t at) {
  const int draw = unit.model.lanes[at].draw;
  const std::uint64_t limit = threshold(chance(monthly_hazard(unit.eta[at])));
  return happens(limit, unit.draws[at], unit.change(at), {unit.month.key, unit.id, unit.month.month, draw});
}

/// The lane of a group that changes, or -1.
int changed_lane(const Candidate& unit, const KernelGroup& group) {
  std::array<float, kMaxStates> hazards;
  const std::size_t members = group.members.size();
  bool any = false;
  for (std::size_t k = 0; k < members; ++k) {
    const auto lane = static_cast<std::size_t>(group.members[k].lane);
    hazards[k] = unit.is_open(lane) ? monthly_hazard(unit.eta[lane]) : 0.0F;
    any = any || unit.is_candidate(lane);
  }
  if (!any) return -1;
  const StateDraw draw{unit.month.key, unit.id, unit.month.month, group.rest_draw};
  const int k = changed_member({hazards.data(), members}, unit.draws[group.rest_slot], draw);
  return k < 0 ? -1 : group.members[static_cast<std::size_t>(k)].lane;
}

/// Decides the candidates of one unit exactly, and adds its records in order of draw.
void decide(const Candidate& unit, std::uint32_t index, FiredBuffer& out) {
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

}  // namespace

UnitPointers pointers(const UnitBlock& block) {
  UnitPointers p;
  p.id = block.id.data();
  p.states = block.states.empty() ? nullptr : block.states.front().word.data();
  p.derived = block.derived.data();
  p.programmes = block.programmes.empty() ? nullptr : block.programmes.data();
  p.cell = block.cell.data();
  p.age_sex = block.age_sex.data();
  for (std::size_t i = 0; i < block.levels.size(); ++i) p.levels[i] = block.levels[i].data();
  return p;
}

void draw_by_vectors(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                     std::int64_t& clipped) {
  const Chunk chunk(model, out);
  const UnitPointers columns = pointers(block);
  const int slots = static_cast<int>(model.draw_blocks.size());
  const DrawRequest request{{month.key.low, month.key.high}, month.month, model.draw_blocks.data(), slots};
  const std::size_t vectors = model.tables.size();
  for (std::size_t first = 0; first < block.size(); first += kUnitsPerChunk) {
    const int units = static_cast<int>(std::min<std::size_t>(kUnitsPerChunk, block.size() - first));
    avx2::draw(request, columns.id + first, units, chunk.draws);
    share_group_draws(model, units, chunk.draws);
    std::fill_n(chunk.any, units, std::uint8_t{0});
    for (std::size_t v = 0; v < vectors; ++v) {
      VectorResult result{
          chunk.eta + v * kLanes, chunk.open + v, chunk.candidates + v, chunk.any, static_cast<int>(vectors), 0};
      avx2::evaluate(model.tables[v], columns, first, units, chunk.draws + v * kLanes, slots * 8, result);
      clipped += result.clipped;
    }
    for (int i = 0; i < units; ++i) {
      if (chunk.any[i] == 0) continue;
      const auto at = static_cast<std::size_t>(i);
      const Candidate unit{model,
                           month,
                           block.id[first + at],
                           chunk.eta + at * vectors * kLanes,
                           chunk.open + at * vectors,
                           chunk.candidates + at * vectors,
                           chunk.draws + at * static_cast<std::size_t>(slots) * 8};
      decide(unit, static_cast<std::uint32_t>(first + at), out);
    }
  }
}

#else

void draw_by_vectors(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                     std::int64_t& clipped) {
  Month plain = month;
  plain.isa = Isa::scalar;
  draw_transitions(model, plain, block, out, clipped);
}

#endif

}  // namespace sleutel::kernel
