#include "sim/kernel/vector.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "sim/kernel/bounds.h"
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

static_assert(sizeof(Unit) == sizeof(UnitRecord) && offsetof(Unit, states) == offsetof(UnitRecord, states) &&
              offsetof(Unit, derived) == offsetof(UnitRecord, derived) &&
              offsetof(Unit, programmes) == offsetof(UnitRecord, programmes) &&
              offsetof(Unit, cell) == offsetof(UnitRecord, cell) &&
              offsetof(Unit, age_sex) == offsetof(UnitRecord, age_sex) &&
              offsetof(Unit, levels) == offsetof(UnitRecord, levels) && kMostLevelTables == kMaxLevelPredictors);

const UnitRecord* records_of(const UnitBlock& block) { return reinterpret_cast<const UnitRecord*>(block.data()); }

void draw_by_vectors(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                     std::int64_t& clipped) {
  const Chunk chunk(model, out);
  const UnitRecord* const records = records_of(block);
  const int slots = static_cast<int>(model.draw_blocks.size());
  const DrawRequest request{{month.key.low, month.key.high}, month.month, model.draw_blocks.data(), slots};
  std::array<std::uint64_t, kUnitsPerChunk> id;
  const std::size_t vectors = model.tables.size();
  for (std::size_t first = 0; first < block.size(); first += kUnitsPerChunk) {
    const int units = static_cast<int>(std::min<std::size_t>(kUnitsPerChunk, block.size() - first));
    for (int i = 0; i < units; ++i) id[static_cast<std::size_t>(i)] = block[first + static_cast<std::size_t>(i)].id;
    avx2::draw(request, id.data(), units, chunk.draws);
    share_group_draws(model, units, chunk.draws);
    std::fill_n(chunk.any, units, std::uint8_t{0});
    for (std::size_t v = 0; v < vectors; ++v) {
      VectorResult result{
          chunk.eta + v * kLanes, chunk.open + v, chunk.candidates + v, chunk.any, static_cast<int>(vectors), 0};
      avx2::evaluate(model.tables[v], records + first, units, chunk.draws + v * kLanes, slots * 8, result);
      clipped += result.clipped;
    }
    for (int i = 0; i < units; ++i) {
      if (chunk.any[i] == 0) continue;
      const auto at = static_cast<std::size_t>(i);
      const Candidate unit{model,
                           month,
                           id[at],
                           chunk.eta + at * vectors * kLanes,
                           chunk.open + at * vectors,
                           chunk.candidates + at * vectors,
                           chunk.draws + at * static_cast<std::size_t>(slots) * 8};
      decide(unit, static_cast<std::uint32_t>(first + at), out);
    }
  }
}

namespace {

int bound_one(const KernelModel& model, const UnitRecord& unit, std::size_t row, Bounds& bounds) {
  int clipped = 0;
  for (std::size_t v = 0; v < bounds.vectors; ++v) {
    const std::size_t at = row * bounds.vectors + v;
    VectorBound result{bounds.limit.data() + at * kLanes, 0, 0};
    avx2::bound(model.tables[v], unit, result);
    bounds.open[at] = result.open;
    clipped += result.clipped;
  }
  const int before = bounds.clipped[row];
  bounds.clipped[row] = static_cast<std::uint8_t>(clipped);
  bounds.known[row] = 1;
  return clipped - before;
}

}  // namespace

int bound_units(const KernelModel& model, const UnitBlock& block, std::span<const Row> units, Bounds& bounds) {
  constexpr std::size_t ahead = 8;  // units, so that the base rows are near when they are wanted
  const UnitRecord* const records = records_of(block);
  int clipped = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (i + ahead < units.size())
      for (const VectorTables& tables : model.tables) avx2::prefetch(tables, records[units[i + ahead]]);
    clipped += bound_one(model, records[units[i]], units[i], bounds);
  }
  return clipped;
}

namespace {

/// The mark of a vector among the candidates; vectors from the eighth on share one.
constexpr int mark_of(std::size_t vector) { return 1 << std::min<std::size_t>(vector, 7); }

/// Marks the vectors of the units of a chunk that have a draw within their bounds.
void find_candidates(const KernelModel& model, const Bounds& bounds, std::span<const Row> units, const Chunk& chunk) {
  const int slots = static_cast<int>(model.draw_blocks.size());
  std::fill_n(chunk.any, units.size(), std::uint8_t{0});
  for (std::size_t v = 0; v < bounds.vectors; ++v) {
    const FilterRequest request{units.data(),   static_cast<int>(units.size()),       chunk.draws + v * kLanes,
                                slots * 8,      bounds.limit.data() + v * kLanes,     bounds.open.data() + v,
                                bounds.vectors, static_cast<std::uint8_t>(mark_of(v))};
    avx2::filter(model.tables[v], request, chunk.any);
  }
}

/// Evaluates the vectors of one unit that have a draw within their bounds, and adds what happens to it.
void evaluate_alone(const KernelModel& model, const Month& month, const UnitRecord* records, Row unit,
                    const std::uint16_t* draws, int marked, const Chunk& chunk, FiredBuffer& out) {
  const std::size_t vectors = model.tables.size();
  const bool all = std::any_of(model.groups.begin(), model.groups.end(),
                               [](const KernelGroup& group) { return group.spans_vectors; });
  std::uint8_t any = 0;
  for (std::size_t v = 0; v < vectors; ++v) {
    chunk.open[v] = chunk.candidates[v] = 0;
    if (!all && (marked & mark_of(v)) == 0) continue;
    VectorResult result{
        chunk.eta + v * kLanes, chunk.open + v, chunk.candidates + v, &any, static_cast<int>(vectors), 0};
    avx2::evaluate(model.tables[v], records + unit, 1, draws + v * kLanes, 0, result);
  }
  if (any == 0) return;
  decide({model, month, records[unit].id, chunk.eta, chunk.open, chunk.candidates, draws}, unit, out);
}

}  // namespace

void draw_bounded(const KernelModel& model, const Month& month, const UnitBlock& block,
                  std::span<const std::uint64_t> ids, const Bounds& bounds, std::span<const Row> units,
                  FiredBuffer& out) {
  const Chunk chunk(model, out);
  const UnitRecord* const records = records_of(block);
  const int slots = static_cast<int>(model.draw_blocks.size());
  const DrawRequest request{{month.key.low, month.key.high}, month.month, model.draw_blocks.data(), slots};
  for (std::size_t first = 0; first < units.size(); first += kUnitsPerChunk) {
    const auto some = units.subspan(first, std::min<std::size_t>(kUnitsPerChunk, units.size() - first));
    std::array<std::uint64_t, kUnitsPerChunk> id;
    for (std::size_t i = 0; i < some.size(); ++i) id[i] = ids[some[i]];
    const int count = static_cast<int>(some.size());
    avx2::draw(request, id.data(), count, chunk.draws);
    share_group_draws(model, count, chunk.draws);
    find_candidates(model, bounds, some, chunk);
    for (std::size_t i = 0; i < some.size(); ++i)
      if (chunk.any[i] != 0) __builtin_prefetch(records + some[i]);
    for (std::size_t i = 0; i < some.size(); ++i)
      if (chunk.any[i] != 0)
        for (const VectorTables& tables : model.tables) avx2::prefetch(tables, records[some[i]]);
    for (std::size_t i = 0; i < some.size(); ++i)
      if (chunk.any[i] != 0)
        evaluate_alone(model, month, records, some[i], chunk.draws + i * static_cast<std::size_t>(slots) * 8,
                       chunk.any[i], chunk, out);
  }
}

#else

void draw_by_vectors(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                     std::int64_t& clipped) {
  Month plain = month;
  plain.isa = Isa::scalar;
  draw_transitions(model, plain, block, out, clipped);
}

int bound_units(const KernelModel&, const UnitBlock&, std::span<const Row> units, Bounds& bounds) {
  for (const Row unit : units) bounds.known[unit] = 1;
  return 0;
}

void draw_bounded(const KernelModel& model, const Month& month, const UnitBlock& block, std::span<const std::uint64_t>,
                  const Bounds&, std::span<const Row> units, FiredBuffer& out) {
  std::int64_t clipped = 0;
  for (const Row unit : units) draw_unit(model, month, unit, block[unit], out, clipped);
}

#endif

void Bounds::fit(std::size_t units, const KernelModel& model) {
  vectors = model.tables.size();
  limit.resize(units * vectors * kLanes);
  open.resize(units * vectors);
  clipped.resize(units);
  known.resize(units);
}

void Bounds::forget() {
  std::fill(known.begin(), known.end(), std::uint8_t{0});
  std::fill(clipped.begin(), clipped.end(), std::uint8_t{0});
}

int Bounds::drop(std::size_t unit) {
  const int before = clipped[unit];
  clipped[unit] = known[unit] = 0;
  return -before;
}

}  // namespace sleutel::kernel
