#include "sim/kernel/bounds.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "sim/base/marks.h"
#include "sim/kernel/evaluated.h"
#include "sim/kernel/scalar.h"
#include "sim/kernel/vector.h"

namespace sleutel::kernel {

#if defined(__x86_64__)

void bound_unit(const BoundingModel& bounding, Isa isa, const Unit& unit, Row row, Bounds& bounds) {
  constexpr std::size_t at_once = 8;
  bool always = false;
  for (std::size_t first = 0; first < bounds.vectors; first += at_once) {
    const std::size_t vectors = std::min(at_once, bounds.vectors - first);
    const std::size_t at = row * bounds.vectors + first;
    std::array<VectorBound, at_once> result;
    for (std::size_t v = 0; v < vectors; ++v) result[v].limit = bounds.limit.data() + (at + v) * kLanes;
    vector_form(isa).bound(&bounding.ready.tables[first], vectors, *records_of({&unit, 1}), result.data());
    for (std::size_t v = 0; v < vectors; ++v) {
      bounds.on[at + v] = result[v].on;
      always = always || result[v].always;
    }
  }
  bounds.always[row] = always ? 1 : 0;
}

namespace {

/// Place of a vector among the candidates; vectors from the eighth on share one.
constexpr std::size_t share_of(std::size_t vector) { return std::min<std::size_t>(vector, 7); }

/// Rows that follow one another are fetched by the processor itself.
void prefetch(const Bounds& bounds, const UnitsOfChunk& units) {
  if (units.rows == nullptr) return;
  for (int i = 0; i < units.count; ++i)
    for (std::size_t v = 0; v < bounds.vectors; v += 2)  // two vectors of limits are a cache line
      __builtin_prefetch(&bounds.limit[(units.row(i) * bounds.vectors + v) * kLanes]);
}

/// Units that are candidates each month, as bits.
std::uint64_t always_of(const Bounds& bounds, const UnitsOfChunk& units) {
  std::uint64_t places = 0;
  if (units.rows == nullptr)
    for_each_marked(bounds.always, units.first, units.first + static_cast<std::size_t>(units.count), 1,
                    [&](Row row) { places |= std::uint64_t{1} << (row - units.first); });
  else
    for (int i = 0; i < units.count; ++i) places |= std::uint64_t{bounds.always[units.rows[i]]} << i;
  return places;
}

}  // namespace

Candidates find_candidates(const KernelModel& model, const Month& month, const UnitsOfChunk& units,
                           const Bounds& bounds, FiredBuffer& buffer) {
  assert(units.count <= kUnitsPerChunk);
  const VectorForm& form = vector_form(month.isa);
  const Chunk chunk(model, buffer);
  const int slots = static_cast<int>(model.draw_blocks.size());
  const DrawRequest request{{month.key.low, month.key.high}, month.month, model.draw_blocks.data(), slots};
  prefetch(bounds, units);  // they are on their way while everybody draws
  form.draw(request, units.ids, units.count, chunk.draws);
  Candidates found;
  found.draws = chunk.draws;
  found.draw_stride = slots * 8;
  found.always = always_of(bounds, units);
  for (std::size_t v = 0; v < bounds.vectors; ++v) {
    const FilterRequest filter{units.rows,           units.first,   units.count,
                               chunk.draws,          slots * 8,     bounds.limit.data() + v * kLanes,
                               bounds.on.data() + v, bounds.vectors};
    found.of_vector[share_of(v)] |= form.filter(model.tables[v], filter) | found.always;
  }
  for (const std::uint64_t of_vector : found.of_vector) found.places |= of_vector;
  return found;
}

LaneSet lanes_to_evaluate(const KernelModel& model, const Month& month, const UnitsOfChunk& units, const Bounds& bounds,
                          const Candidates& candidates, int place) {
  const bool few = bounds.vectors <= kLaneSetVectors && !model.groups_span_vectors;
  if (!few || (candidates.always >> place & 1) != 0) return kAllLanes;
  const std::uint16_t* const draws = candidates.draws + std::ptrdiff_t{place} * candidates.draw_stride;
  LaneSet lanes = 0;
  for (std::size_t v = 0; v < bounds.vectors; ++v) {
    const FilterRequest one{
        nullptr, units.row(place), 1, draws, 0, bounds.limit.data() + v * kLanes, bounds.on.data() + v, bounds.vectors};
    lanes |= LaneSet{vector_form(month.isa).within(model.tables[v], one)} << (v * kLanes);
  }
  for (const KernelGroup& group : model.groups)
    if ((lanes & group.lanes) != 0) lanes |= group.lanes;
  return lanes;
}

int decide_candidate(const KernelModel& model, const Month& month, const Unit& unit, const Candidates& candidates,
                     int place, LaneSet lanes, Row row, FiredBuffer& out) {
  const Chunk chunk(model, out);
  const std::uint16_t* const draws = candidates.draws + std::ptrdiff_t{place} * candidates.draw_stride;
  const std::size_t vectors = model.tables.size();
  const bool all = model.groups_span_vectors;
  std::uint8_t any = 0;
  int clipped = 0;
  for (std::size_t v = 0; v < vectors; ++v) {
    chunk.open[v] = chunk.candidates[v] = 0;
    if (!all && (candidates.of_vector[share_of(v)] >> place & 1) == 0) continue;
    VectorResult result{
        chunk.eta + v * kLanes, chunk.open + v, chunk.candidates + v, &any, static_cast<int>(vectors), 0};
    vector_form(month.isa).evaluate(model.tables[v], records_of({&unit, 1}), 1, draws, 0, result);
    if (lanes == kAllLanes) {
      clipped += static_cast<int>(result.clipped);
    } else {  // other lanes were evaluated of a unit that is not whole, and do not fire; none is clipped
      const auto these = static_cast<std::uint32_t>(lanes >> (v * kLanes) & 0xffff);
      chunk.open[v] &= these | these << 16;
      chunk.candidates[v] &= these;
    }
  }
  if (any != 0) decide({model, month, unit.id, chunk.eta, chunk.open, chunk.candidates, draws}, row, out);
  return clipped;
}

#else

void bound_unit(const BoundingModel&, Isa, const Unit&, Row, Bounds&) {}

/// Without vectors everybody is a candidate.
Candidates find_candidates(const KernelModel&, const Month&, const UnitsOfChunk& units, const Bounds&, FiredBuffer&) {
  Candidates found;
  found.places = units.count == kUnitsPerChunk ? ~std::uint64_t{0} : (std::uint64_t{1} << units.count) - 1;
  return found;
}

LaneSet lanes_to_evaluate(const KernelModel&, const Month&, const UnitsOfChunk&, const Bounds&, const Candidates&,
                          int) {
  return kAllLanes;
}

int decide_candidate(const KernelModel& model, const Month& month, const Unit& unit, const Candidates&, int, LaneSet,
                     Row row, FiredBuffer& out) {
  std::int64_t clipped = 0;
  draw_unit(model, month, row, unit, out, clipped);
  return static_cast<int>(clipped);
}

#endif

void Bounds::fit(std::size_t units, const KernelModel& model) {
  vectors = model.tables.size();
  limit.resize(units * vectors * kLanes);
  on.resize(units * vectors);
  always.resize(units);
}

void Bounds::close(std::size_t unit) {
  std::fill_n(limit.begin() + static_cast<std::ptrdiff_t>(unit * vectors * kLanes), vectors * kLanes, std::uint16_t{0});
  always[unit] = 0;
}

}  // namespace sleutel::kernel
