#include "sim/kernel/bounds.h"

#include <algorithm>
#include <cassert>

#include "sim/kernel/evaluated.h"
#include "sim/kernel/scalar.h"
#include "sim/kernel/vector.h"

namespace sleutel::kernel {

#if defined(__x86_64__)

void bound_unit(const BoundingModel& bounding, Isa isa, const Unit& unit, Row row, Bounds& bounds) {
  const VectorForm& form = vector_form(isa);
  const UnitRecord& record = *records_of({&unit, 1});
  bool always = false;
  for (std::size_t v = 0; v < bounds.vectors; ++v) {
    const std::size_t at = row * bounds.vectors + v;
    VectorBound result{bounds.limit.data() + at * kLanes, 0, false};
    form.bound(bounding.ready.tables[v], record, result);
    bounds.on[at] = result.on;
    always = always || result.always;
  }
  bounds.always[row] = always ? 1 : 0;
}

namespace {

/// The mark of a vector among the candidates; vectors from the eighth on share one.
constexpr int mark_of(std::size_t vector) { return 1 << std::min<std::size_t>(vector, 7); }
constexpr std::uint8_t kEveryMark = 255;

void prefetch(const Bounds& bounds, std::span<const Row> rows) {
  for (const Row row : rows)
    for (std::size_t v = 0; v < bounds.vectors; v += 2)  // two vectors of limits are a cache line
      __builtin_prefetch(&bounds.limit[(row * bounds.vectors + v) * kLanes]);
}

/// Marks the vectors of the units of a chunk that have a draw within their bounds.
void mark_candidates(const KernelModel& model, const VectorForm& form, const Bounds& bounds, std::span<const Row> rows,
                     const Chunk& chunk) {
  const int slots = static_cast<int>(model.draw_blocks.size());
  for (std::size_t i = 0; i < rows.size(); ++i) chunk.any[i] = bounds.always[rows[i]] != 0 ? kEveryMark : 0;
  for (std::size_t v = 0; v < bounds.vectors; ++v) {
    const FilterRequest request{rows.data(),    static_cast<int>(rows.size()),        chunk.draws + v * kLanes,
                                slots * 8,      bounds.limit.data() + v * kLanes,     bounds.on.data() + v,
                                bounds.vectors, static_cast<std::uint8_t>(mark_of(v))};
    form.filter(model.tables[v], request, chunk.any);
  }
}

}  // namespace

Candidates find_candidates(const KernelModel& model, const Month& month, std::span<const std::uint64_t> ids,
                           std::span<const Row> rows, const Bounds& bounds, FiredBuffer& buffer) {
  assert(rows.size() <= kUnitsPerChunk);
  const VectorForm& form = vector_form(month.isa);
  const Chunk chunk(model, buffer);
  const int slots = static_cast<int>(model.draw_blocks.size());
  const DrawRequest request{{month.key.low, month.key.high}, month.month, model.draw_blocks.data(), slots};
  const int count = static_cast<int>(rows.size());
  prefetch(bounds, rows);  // they are on their way while everybody draws
  form.draw(request, ids.data(), count, chunk.draws);
  share_group_draws(model, count, chunk.draws);
  mark_candidates(model, form, bounds, rows, chunk);
  Candidates found;
  found.draws = chunk.draws;
  found.draw_stride = slots * 8;
  for (int i = 0; i < count; ++i) {
    found.place[static_cast<std::size_t>(found.count)] = static_cast<std::uint8_t>(i);
    found.marks[static_cast<std::size_t>(found.count)] = chunk.any[i];
    found.count += chunk.any[i] != 0 ? 1 : 0;
  }
  return found;
}

int decide_candidate(const KernelModel& model, const Month& month, const Unit& unit, const Candidates& candidates,
                     int which, Row row, FiredBuffer& out) {
  const Chunk chunk(model, out);
  const auto at = static_cast<std::size_t>(which);
  const std::uint16_t* const draws =
      candidates.draws + static_cast<std::size_t>(candidates.place[at]) * static_cast<std::size_t>(candidates.draw_stride);
  const std::size_t vectors = model.tables.size();
  const bool all = groups_span_vectors(model);
  std::uint8_t any = 0;
  int clipped = 0;
  for (std::size_t v = 0; v < vectors; ++v) {
    chunk.open[v] = chunk.candidates[v] = 0;
    if (!all && (candidates.marks[at] & mark_of(v)) == 0) continue;
    VectorResult result{
        chunk.eta + v * kLanes, chunk.open + v, chunk.candidates + v, &any, static_cast<int>(vectors), 0};
    vector_form(month.isa).evaluate(model.tables[v], records_of({&unit, 1}), 1, draws + v * kLanes, 0, result);
    clipped += static_cast<int>(result.clipped);
  }
  if (any != 0) decide({model, month, unit.id, chunk.eta, chunk.open, chunk.candidates, draws}, row, out);
  return clipped;
}

#else

void bound_unit(const BoundingModel&, Isa, const Unit&, Row, Bounds&) {}

/// Without vectors everybody is a candidate.
Candidates find_candidates(const KernelModel&, const Month&, std::span<const std::uint64_t>, std::span<const Row> rows,
                           const Bounds&, FiredBuffer&) {
  Candidates found;
  for (std::size_t i = 0; i < rows.size(); ++i) found.place[i] = static_cast<std::uint8_t>(i);
  found.count = static_cast<int>(rows.size());
  return found;
}

int decide_candidate(const KernelModel& model, const Month& month, const Unit& unit, const Candidates&, int, Row row,
                     FiredBuffer& out) {
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
  std::fill_n(limit.begin() + static_cast<std::ptrdiff_t>(unit * vectors * kLanes), vectors * kLanes,
              std::uint16_t{0});
  always[unit] = 0;
}

}  // namespace sleutel::kernel
