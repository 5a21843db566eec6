#include "sim/kernel/vector.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "sim/kernel/evaluated.h"

namespace sleutel::kernel {

#if defined(__x86_64__)

static_assert(sizeof(Unit) == sizeof(UnitRecord) && offsetof(Unit, states) == offsetof(UnitRecord, states) &&
              offsetof(Unit, derived) == offsetof(UnitRecord, derived) &&
              offsetof(Unit, programmes) == offsetof(UnitRecord, programmes) &&
              offsetof(Unit, cell) == offsetof(UnitRecord, cell) &&
              offsetof(Unit, age_sex) == offsetof(UnitRecord, age_sex) &&
              offsetof(Unit, levels) == offsetof(UnitRecord, levels) && kMostLevelTables == kMaxLevelPredictors);

const VectorForm& vector_form(Isa isa) { return isa == Isa::avx512 ? kAvx512 : kAvx2; }

const ColumnForm& column_form(Isa isa) { return isa == Isa::avx512 ? kColumnsAvx512 : kColumnsAvx2; }

const UnitRecord* records_of(const UnitBlock& block) { return reinterpret_cast<const UnitRecord*>(block.data()); }

void draw_by_vectors(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                     std::int64_t& clipped) {
  const VectorForm& form = vector_form(month.isa);
  const Chunk chunk(model, out);
  const UnitRecord* const records = records_of(block);
  const int slots = static_cast<int>(model.draw_blocks.size());
  const DrawRequest request{{month.key.low, month.key.high}, month.month, model.draw_blocks.data(), slots};
  std::array<std::uint64_t, kUnitsPerChunk> id;
  const std::size_t vectors = model.tables.size();
  for (std::size_t first = 0; first < block.size(); first += kUnitsPerChunk) {
    const int units = static_cast<int>(std::min<std::size_t>(kUnitsPerChunk, block.size() - first));
    for (int i = 0; i < units; ++i) id[static_cast<std::size_t>(i)] = block[first + static_cast<std::size_t>(i)].id;
    form.draw(request, id.data(), units, chunk.draws);
    std::fill_n(chunk.any, units, std::uint8_t{0});
    for (std::size_t v = 0; v < vectors; ++v) {
      VectorResult result{
          chunk.eta + v * kLanes, chunk.open + v, chunk.candidates + v, chunk.any, static_cast<int>(vectors), 0};
      form.evaluate(model.tables[v], records + first, units, chunk.draws, slots * 8, result);
      clipped += result.clipped;
    }
    for (int i = 0; i < units; ++i) {
      if (chunk.any[i] == 0) continue;
      const auto at = static_cast<std::size_t>(i);
      const Evaluated unit{model,
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

#else

void draw_by_vectors(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                     std::int64_t& clipped) {
  Month plain = month;
  plain.isa = Isa::scalar;
  draw_transitions(model, plain, block, out, clipped);
}

#endif

}  // namespace sleutel::kernel
