// The parts of the kernel that are compiled for AVX2 and BMI2 (cmake/Kernel.cmake). Nothing here may instantiate a
// template or an inline function of another file: the linker might then give its AVX2 code to everybody.
#if defined(__x86_64__)

#include <immintrin.h>

#include "sim/kernel/tables.h"

namespace sleutel::kernel::avx2 {

namespace {

using V = __m256i;

// Short names, so that the loops below read like docs/model-semantics.md.
inline V load(const std::int32_t* p) { return _mm256_loadu_si256(reinterpret_cast<const V*>(p)); }
inline void store(std::int32_t* p, V v) { _mm256_storeu_si256(reinterpret_cast<V*>(p), v); }
inline V all(std::int32_t x) { return _mm256_set1_epi32(x); }
inline int highest_bits(V v) { return _mm256_movemask_ps(_mm256_castsi256_ps(v)); }

/// Sixteen lanes.
struct Pair {
  V low, high;
};

inline Pair load_pair(const std::int32_t* p) { return {load(p), load(p + 8)}; }
inline Pair sum(Pair a, Pair b) { return {_mm256_add_epi32(a.low, b.low), _mm256_add_epi32(a.high, b.high)}; }
inline void add(Pair& a, const std::int32_t* p) { a = sum(a, load_pair(p)); }
inline Pair chosen(Pair off, Pair on, Pair mask) {
  return {_mm256_blendv_epi8(off.low, on.low, mask.low), _mm256_blendv_epi8(off.high, on.high, mask.high)};
}
inline std::uint32_t signs(Pair p) {
  return static_cast<std::uint32_t>(highest_bits(p.low)) | static_cast<std::uint32_t>(highest_bits(p.high)) << 8;
}

/// All ones in the lanes whose bit is set.
inline Pair lanes_of(std::uint32_t bits) {
  const V low = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  const V high = _mm256_slli_epi32(low, 8);
  const V every = all(static_cast<std::int32_t>(bits));
  return {_mm256_cmpeq_epi32(_mm256_and_si256(every, low), low),
          _mm256_cmpeq_epi32(_mm256_and_si256(every, high), high)};
}

/// Four Philox blocks, one to each 64-bit lane; of each word only the low half counts.
struct Blocks {
  V x0, x1, x2, x3;
};

inline void one_round(Blocks& b, V key0, V key1) {
  const V p0 = _mm256_mul_epu32(b.x0, _mm256_set1_epi64x(0xD2511F53LL));
  const V p1 = _mm256_mul_epu32(b.x2, _mm256_set1_epi64x(0xCD9E8D57LL));
  b.x0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), b.x1), key0);
  b.x2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), b.x3), key1);
  b.x1 = p1;
  b.x3 = p0;
}

/// Writes the four words of each block: out[unit * stride].
inline void store_blocks(const Blocks& b, std::uint16_t* out, std::size_t stride) {
  const V low_half = _mm256_set1_epi64x(0xffffffffLL);
  const V w01 = _mm256_or_si256(_mm256_and_si256(b.x0, low_half), _mm256_slli_epi64(b.x1, 32));
  const V w23 = _mm256_or_si256(_mm256_and_si256(b.x2, low_half), _mm256_slli_epi64(b.x3, 32));
  const V units02 = _mm256_unpacklo_epi64(w01, w23);
  const V units13 = _mm256_unpackhi_epi64(w01, w23);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm256_castsi256_si128(units02));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out + stride), _mm256_castsi256_si128(units13));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 2 * stride), _mm256_extracti128_si256(units02, 1));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 3 * stride), _mm256_extracti128_si256(units13, 1));
}

/// One slot of draws for eight units.
inline void draw_eight(const DrawRequest& request, int block, const std::uint64_t* id, std::uint16_t* out,
                       std::size_t stride) {
  const V month = _mm256_set1_epi64x(request.month);
  const V purpose = _mm256_set1_epi64x(block);
  const V first = _mm256_loadu_si256(reinterpret_cast<const V*>(id));
  const V second = _mm256_loadu_si256(reinterpret_cast<const V*>(id + 4));
  Blocks a{first, _mm256_srli_epi64(first, 32), month, purpose};
  Blocks b{second, _mm256_srli_epi64(second, 32), month, purpose};
  std::uint32_t key0 = request.key[0];
  std::uint32_t key1 = request.key[1];
  for (int round = 0; round < 10; ++round) {
    const V k0 = _mm256_set1_epi64x(key0);
    const V k1 = _mm256_set1_epi64x(key1);
    one_round(a, k0, k1);
    one_round(b, k0, k1);
    key0 += 0x9E3779B9U;
    key1 += 0xBB67AE85U;
  }
  store_blocks(a, out, stride);
  store_blocks(b, out + 4 * stride, stride);
}

/// Bits of the predictor words of one unit.
struct Predictors {
  std::uint64_t word[kPredictorWords];
};

inline Predictors predictors_of(const UnitRecord& unit) { return {{unit.states[0], unit.states[1], unit.derived}}; }

/// Lanes that the predictor bits of one word close; moves `table` on to the next word's.
inline std::uint32_t guarded_by(const VectorTables& t, int word, std::uint64_t predictors,
                                const std::uint32_t*& table) {
  std::uint32_t closed = 0;
  std::uint64_t bits = _pext_u64(predictors, t.guard_mask[word]);
  for (int chunk = t.guard_chunks[word]; chunk > 0; --chunk, bits >>= 8, table += 256) closed |= table[bits & 255];
  return closed;
}

/// Lanes that the predictor bits close.
inline std::uint32_t guarded(const VectorTables& t, const Predictors& p) {
  const std::uint32_t* table = t.guards;
  const std::uint32_t first = guarded_by(t, 0, p.word[0], table);
  const std::uint32_t second = guarded_by(t, 1, p.word[1], table);
  return first | second | guarded_by(t, 2, p.word[2], table);
}

inline void add_programmes(std::uint64_t bits, const std::int32_t* rows, Pair& begin, Pair& end) {
  for (; bits != 0; bits &= bits - 1) {
    const std::int32_t* const row = rows + 32 * _tzcnt_u64(bits);
    add(begin, row);
    add(end, row + 16);
  }
}

/// The rows that are on for one unit.
struct RowsOn {
  std::uint64_t packed[kPredictorWords];
  std::uint32_t level_row[kMostLevelTables];
};

inline void find_rows(const PredictorTables& t, const UnitRecord& unit, const Predictors& p, RowsOn& on) {
  for (int i = 0; i < t.levels; ++i) {
    on.level_row[i] = static_cast<std::uint32_t>(t.first_row[i] + unit.levels[t.predictor[i]]);
  }
  on.packed[0] = _pext_u64(p.word[0], t.mask[0]);  // the first word stands always in the first place
  on.packed[1] = on.packed[2] = 0;
  on.packed[t.place[1]] |= _pext_u64(p.word[1], t.mask[1]) << t.shift[1];
  on.packed[t.place[2]] |= _pext_u64(p.word[2], t.mask[2]) << t.shift[2];
}

constexpr std::int32_t kClip = 6966588;  // as in model.h
constexpr std::int32_t kLogOfDraw =
    143 * (1 << 20) - 3759105 + (1 << 10);         // see hopeless(); log2(12) * 2^20 = 3,759,105.6
constexpr std::int32_t kEtaHigh = 16 * (1 << 20);  // as in chance.h

/// Held to +-kClip; `hits` gets the lanes where that changed something.
inline Pair clip(Pair p, std::uint32_t& hits) {
  const V high = all(kClip);
  const V low = all(-kClip);
  const Pair held = {_mm256_max_epi32(_mm256_min_epi32(p.low, high), low),
                     _mm256_max_epi32(_mm256_min_epi32(p.high, high), low)};
  const Pair same = {_mm256_cmpeq_epi32(held.low, p.low), _mm256_cmpeq_epi32(held.high, p.high)};
  hits = ~signs(same) & 0xffffU;
  return held;
}

/// All ones where even an upper bound of the hazard is too small for the draw: where log2 of the sixteen bits, from
/// below, less 16 plus log2(12) is above eta. The exponent and mantissa of a float, read as one number, are a lower
/// bound of its logarithm, 2^23 to a doubling. The margin of 2^-10 doublings covers every rounding.
inline V hopeless(__m128i draws, V flip, V eta, V slack) {
  const V wide = _mm256_xor_si256(_mm256_cvtepu16_epi32(draws), flip);
  const V log_of_draw = _mm256_srli_epi32(_mm256_castps_si256(_mm256_cvtepi32_ps(wide)), 3);
  return _mm256_cmpgt_epi32(log_of_draw, _mm256_add_epi32(_mm256_add_epi32(eta, all(kLogOfDraw)), slack));
}

/// The draws that decide for eight lanes, out of the sixteen of the vector.
inline __m128i draws_for(const std::uint8_t (&from)[2][16], __m128i low, __m128i high) {
  const __m128i of_low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from[0]));
  const __m128i of_high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from[1]));
  return _mm_or_si128(_mm_shuffle_epi8(low, of_low), _mm_shuffle_epi8(high, of_high));
}

/// Which lanes may fire, before closed lanes are taken out.
inline std::uint32_t may_fire(const VectorTables& t, const std::uint16_t* draws, Pair on, Pair eta) {
  const Pair flip = load_pair(t.flip);
  const Pair slack = load_pair(t.slack);
  const auto* const d = reinterpret_cast<const __m128i*>(draws);
  const __m128i low = _mm_loadu_si128(d);
  const __m128i high = _mm_loadu_si128(d + 1);
  const Pair no = {
      hopeless(draws_for(t.draw_of[0], low, high), _mm256_and_si256(flip.low, on.low), eta.low, slack.low),
      hopeless(draws_for(t.draw_of[1], low, high), _mm256_and_si256(flip.high, on.high), eta.high, slack.high)};
  return ~signs(no);
}

/// Sums of begin rows and of end rows.
struct Sums {
  Pair begin, end;
};

inline void add_row(const std::int32_t* rows, std::size_t row, Sums& sums) {
  add(sums.begin, rows + 32 * row);
  add(sums.end, rows + 32 * row + 16);
}

/// Adds the rows of a packed word, four at a time and the first four always: nearly everybody has a bit on, and a
/// branch that is guessed wrongly costs more than a few additions. For a bit that is not there tzcnt gives 64, the
/// place of a row of zeros.
inline void add_packed(std::uint64_t bits, const std::int32_t* rows, Sums& sums) {
  do {
    add_row(rows, _tzcnt_u64(bits), sums);
    bits &= bits - 1;
    add_row(rows, _tzcnt_u64(bits), sums);
    bits &= bits - 1;
    add_row(rows, _tzcnt_u64(bits), sums);
    bits &= bits - 1;
    add_row(rows, _tzcnt_u64(bits), sums);
    bits &= bits - 1;
  } while (bits != 0);
}

inline Sums edges_of(const VectorTables& t, const RowsOn& on) {
  const PredictorTables& predictors = t.predictors;
  const Pair zero = {_mm256_setzero_si256(), _mm256_setzero_si256()};
  Sums sums{zero, zero};
  for (int i = 0; i < predictors.levels; ++i) add_row(t.rows, on.level_row[i], sums);
  for (int w = 0; w < predictors.packed_words; ++w) add_packed(on.packed[w], t.rows + w * 32 * kPackedRows, sums);
  return sums;
}

/// Lanes that quantised predictors close.
inline std::uint32_t closed_by_levels(const VectorTables& t, const RowsOn& on) {
  const PredictorTables& predictors = t.predictors;
  std::uint32_t closed = 0;
  const auto first = static_cast<std::uint32_t>(predictors.first_level_row);
  for (int i = 0; i < predictors.levels; ++i) closed |= t.level_closed[on.level_row[i] - first];
  return closed;
}

inline std::uint32_t lanes_on(const VectorTables& t, const Predictors& p) {
  const std::uint64_t bits = _pext_u64(p.word[0], t.state_mask[0]) | _pext_u64(p.word[1], t.state_mask[1])
                                                                         << t.state_shift;
  return static_cast<std::uint32_t>(_pdep_u64(bits, t.state_lanes));
}

inline Pair outside_clip(const VectorTables& t, const UnitRecord& unit, Pair on) {
  const std::int32_t* const cell = t.cells + 32 * static_cast<std::size_t>(unit.cell);
  Pair begin = load_pair(cell);
  Pair end = load_pair(cell + 16);
  add_programmes(unit.programmes & t.programme_mask, t.programmes, begin, end);
  return chosen(begin, end, on);
}

/// The log hazards of one unit and what belongs to them.
struct Hazards {
  Pair eta, on_lanes, edges;
  std::uint32_t open, on, hits;
};

inline Hazards hazards_of(const VectorTables& t, const UnitRecord& unit) {
  const Predictors p = predictors_of(unit);
  RowsOn rows;
  find_rows(t.predictors, unit, p, rows);
  std::uint32_t closed = t.cell_closed[unit.cell] | guarded(t, p);
  if (t.level_closed != nullptr) closed |= closed_by_levels(t, rows);
  const Sums sums = edges_of(t, rows);
  const std::uint32_t on = lanes_on(t, p);
  const Pair on_lanes = lanes_of(on);
  std::uint32_t hits = 0;
  const Pair edges = chosen(sums.begin, sums.end, on_lanes);
  const Pair eta = sum(clip(edges, hits), outside_clip(t, unit, on_lanes));
  const std::uint32_t open = t.live & ~((closed & ~on) | (closed >> 16 & on));
  return {{_mm256_min_epi32(eta.low, all(kEtaHigh)), _mm256_min_epi32(eta.high, all(kEtaHigh))},
          on_lanes,
          edges,
          open,
          on,
          hits & open};
}

/// One unit; `draws` are its draws of this vector.
inline void evaluate_unit(const VectorTables& t, const UnitRecord* units, std::size_t unit, const std::uint16_t* draws,
                          VectorResult& result) {
  const Hazards hazards = hazards_of(t, units[unit]);
  const std::uint32_t candidates = may_fire(t, draws, hazards.on_lanes, hazards.eta) & hazards.open;
  const std::size_t at = unit * static_cast<std::size_t>(result.vectors);
  store(result.eta + 16 * at, hazards.eta.low);
  store(result.eta + 16 * at + 8, hazards.eta.high);
  result.open[at] = hazards.open | hazards.on << 16;
  result.candidates[at] = candidates;
  result.any[unit] = static_cast<std::uint8_t>(result.any[unit] | (candidates != 0));
  result.clipped += __builtin_popcount(hazards.hits);
}

/// One more than the largest sixteen bits of a draw for which hopeless() says no, or two more; 65,536 for all of them.
inline V limit_of(V eta, V slack) {
  V bound = _mm256_add_epi32(_mm256_add_epi32(eta, all(kLogOfDraw + 1)), slack);
  bound = _mm256_max_epi32(_mm256_min_epi32(bound, all(143 * (1 << 20))), _mm256_setzero_si256());
  const V limit = _mm256_cvttps_epi32(_mm256_castsi256_ps(_mm256_slli_epi32(bound, 3)));
  return _mm256_add_epi32(_mm256_min_epi32(limit, all(65535)), all(1));
}

/// Lanes whose sum may be clipped, if it is no higher than its bound.
inline std::uint32_t may_be_clipped(Pair bound, Pair clip_below) {
  const V high = all(kClip);
  const Pair above = {_mm256_cmpgt_epi32(bound.low, high), _mm256_cmpgt_epi32(bound.high, high)};
  const Pair below = {_mm256_cmpgt_epi32(clip_below.low, bound.low), _mm256_cmpgt_epi32(clip_below.high, bound.high)};
  return signs(above) | signs(below);
}

/// All ones in the sixteen-bit lanes whose bit is set.
inline V half_lanes_of(std::uint32_t bits) {
  const V each = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, -32768);
  return _mm256_cmpeq_epi16(_mm256_and_si256(_mm256_set1_epi16(static_cast<std::int16_t>(bits)), each), each);
}

/// As add_packed, for responses.
inline void add_responses(std::uint64_t bits, const std::int32_t* rows, Pair& index) {
  do {
    add(index, rows + 16 * _tzcnt_u64(bits));
    bits &= bits - 1;
    add(index, rows + 16 * _tzcnt_u64(bits));
    bits &= bits - 1;
    add(index, rows + 16 * _tzcnt_u64(bits));
    bits &= bits - 1;
    add(index, rows + 16 * _tzcnt_u64(bits));
    bits &= bits - 1;
  } while (bits != 0);
}

/// Sum of eight lanes.
inline std::uint32_t sum_of(V v) {
  const __m128i four = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
  const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
  return static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xB1))));
}

/// The chance of a change in a group is at most the sum of its lanes' hazards: all its lanes get the sum of the limits
/// of those that are open. Gives the sum.
inline std::uint32_t bound_group(std::uint32_t lanes, std::uint32_t open, Pair limit, V& limits) {
  const Pair of = lanes_of(lanes & open);
  const std::uint32_t sum = sum_of(
      _mm256_add_epi32(_mm256_and_si256(limit.low, of.low), _mm256_and_si256(limit.high, of.high)));
  const auto held = static_cast<std::int16_t>(sum < 65535 ? sum : 65535);
  limits = _mm256_blendv_epi8(limits, _mm256_set1_epi16(held), half_lanes_of(lanes & open));
  return sum;
}

}  // namespace

void draw(const DrawRequest& request, const std::uint64_t* id, int units, std::uint16_t* draws) {
  const std::size_t stride = static_cast<std::size_t>(request.slots) * 8;
  for (int first = 0; first < units; first += 8) {
    std::uint64_t tail[8] = {};  // the last units of a chunk that is not full; the chunk has room for all eight
    const std::uint64_t* eight = id + first;
    if (units - first < 8) {
      for (int i = first; i < units; ++i) tail[i - first] = id[i];
      eight = tail;
    }
    for (int slot = 0; slot < request.slots; ++slot) {
      if (request.blocks[slot] < 0) continue;
      std::uint16_t* const out = draws + static_cast<std::size_t>(first) * stride + static_cast<std::size_t>(slot) * 8;
      draw_eight(request, request.blocks[slot], eight, out, stride);
    }
  }
}

void prefetch(const VectorTables& tables, const UnitRecord& unit) {
  const auto* const cell = tables.cells + 32 * static_cast<std::size_t>(unit.cell);
  _mm_prefetch(reinterpret_cast<const char*>(cell), _MM_HINT_T0);
  _mm_prefetch(reinterpret_cast<const char*>(cell + 16), _MM_HINT_T0);
  _mm_prefetch(reinterpret_cast<const char*>(tables.cell_closed + unit.cell), _MM_HINT_T0);
}

void evaluate(const VectorTables& tables, const UnitRecord* units, int count, const std::uint16_t* draws,
              int draw_stride, VectorResult& result) {
  constexpr int ahead = 8;  // units, so that the base rows are near when they are wanted
  for (int unit = 0; unit < count; ++unit) {
    const auto at = static_cast<std::size_t>(unit);
    if (unit + ahead < count) prefetch(tables, units[at + ahead]);
    evaluate_unit(tables, units, at, draws + at * static_cast<std::size_t>(draw_stride), result);
  }
}

void bound(const VectorTables& tables, const UnitRecord& unit, VectorBound& result) {
  const Hazards hazards = hazards_of(tables, unit);
  const Pair slack = load_pair(tables.slack);
  const Pair limit = {limit_of(hazards.eta.low, slack.low), limit_of(hazards.eta.high, slack.high)};
  const Pair whole = {_mm256_cmpgt_epi32(limit.low, all(65535)), _mm256_cmpgt_epi32(limit.high, all(65535))};
  const Pair below = chosen(load_pair(tables.clip_below), load_pair(tables.clip_below + 16), hazards.on_lanes);
  const std::uint32_t clipped = may_be_clipped(hazards.edges, below);
  V limits = _mm256_permute4x64_epi64(_mm256_packus_epi32(limit.low, limit.high), 0xD8);
  result.on = static_cast<std::uint16_t>(hazards.on);
  result.always = ((clipped | signs(whole)) & hazards.open) != 0;
  for (int group = 0; group < tables.groups; ++group)
    if (bound_group(tables.whole_groups[group], hazards.open, limit, limits) >= 65535) result.always = true;
  _mm256_storeu_si256(reinterpret_cast<V*>(result.limit), _mm256_and_si256(limits, half_lanes_of(hazards.open)));
}

void filter(const VectorTables& tables, const FilterRequest& request, std::uint8_t* any) {
  const V flip = _mm256_loadu_si256(reinterpret_cast<const V*>(tables.flip_half));
  for (int i = 0; i < request.count; ++i) {
    const std::size_t at = static_cast<std::size_t>(request.rows[i]) * request.vectors;
    const V limit = _mm256_loadu_si256(reinterpret_cast<const V*>(request.limit + 16 * at));
    const auto* const d = reinterpret_cast<const __m128i*>(
        request.draws + static_cast<std::size_t>(i) * static_cast<std::size_t>(request.draw_stride));
    const __m128i low = _mm_loadu_si128(d);
    const __m128i high = _mm_loadu_si128(d + 1);
    const V chosen = _mm256_set_m128i(draws_for(tables.draw_of[1], low, high), draws_for(tables.draw_of[0], low, high));
    const V draws = _mm256_xor_si256(chosen, _mm256_and_si256(flip, half_lanes_of(request.on[at])));
    const V within = _mm256_subs_epu16(limit, draws);  // not zero where a draw is below its limit
    if (_mm256_testz_si256(within, within) == 0) any[i] = static_cast<std::uint8_t>(any[i] | request.mark);
  }
}

void respond(const ResponseTables& tables, const UnitRecord* units, std::size_t count, std::int32_t* out) {
  RowsOn on;
  for (std::size_t unit = 0; unit < count; ++unit) {
    find_rows(tables.predictors, units[unit], predictors_of(units[unit]), on);
    Pair index = load_pair(tables.base + 16 * static_cast<std::size_t>(units[unit].age_sex));
    const PredictorTables& predictors = tables.predictors;
    for (int i = 0; i < predictors.levels; ++i) {
      add(index, tables.rows + 16 * static_cast<std::size_t>(on.level_row[i]));
    }
    for (int w = 0; w < predictors.packed_words; ++w) {
      add_responses(on.packed[w], tables.rows + w * 16 * kPackedRows, index);
    }
    store(out + 16 * unit, index.low);
    store(out + 16 * unit + 8, index.high);
  }
}

}  // namespace sleutel::kernel::avx2

#endif
