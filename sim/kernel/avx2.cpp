// The kernel for AVX2: its primitives, and the algorithms of form.inc (cmake/Kernel.cmake).
#if defined(__x86_64__)

#include <immintrin.h>

#include "sim/kernel/tables.h"

namespace sleutel::kernel {

namespace {

using V = __m256i;

/// Sixteen lanes as two vectors of eight.
struct Pair {
  V low, high;
};
using Mask = Pair;  ///< all ones or all zeros in each lane
using Halves = V;

inline Pair load_pair(const std::int32_t* p) {
  return {_mm256_loadu_si256(reinterpret_cast<const V*>(p)), _mm256_loadu_si256(reinterpret_cast<const V*>(p + 8))};
}
inline void store_pair(std::int32_t* p, Pair v) {
  _mm256_storeu_si256(reinterpret_cast<V*>(p), v.low);
  _mm256_storeu_si256(reinterpret_cast<V*>(p + 8), v.high);
}
inline Halves load_halves(const std::uint16_t* p) { return _mm256_loadu_si256(reinterpret_cast<const V*>(p)); }
inline void store_halves(std::uint16_t* p, Halves v) { _mm256_storeu_si256(reinterpret_cast<V*>(p), v); }
inline Pair all(std::int32_t x) { return {_mm256_set1_epi32(x), _mm256_set1_epi32(x)}; }
inline Pair sum(Pair a, Pair b) { return {_mm256_add_epi32(a.low, b.low), _mm256_add_epi32(a.high, b.high)}; }
inline Pair minimum(Pair a, Pair b) { return {_mm256_min_epi32(a.low, b.low), _mm256_min_epi32(a.high, b.high)}; }
inline Pair maximum(Pair a, Pair b) { return {_mm256_max_epi32(a.low, b.low), _mm256_max_epi32(a.high, b.high)}; }
inline Mask greater(Pair a, Pair b) { return {_mm256_cmpgt_epi32(a.low, b.low), _mm256_cmpgt_epi32(a.high, b.high)}; }
inline Pair chosen(Pair off, Pair on, Mask mask) {
  return {_mm256_blendv_epi8(off.low, on.low, mask.low), _mm256_blendv_epi8(off.high, on.high, mask.high)};
}
inline std::uint32_t bits_of(Mask m) {
  return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(m.low))) |
         static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(m.high))) << 8;
}
inline Mask lanes_of(std::uint32_t bits) {
  const V low = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  const V high = _mm256_slli_epi32(low, 8);
  const V every = _mm256_set1_epi32(static_cast<std::int32_t>(bits));
  return {_mm256_cmpeq_epi32(_mm256_and_si256(every, low), low),
          _mm256_cmpeq_epi32(_mm256_and_si256(every, high), high)};
}

/// All ones in the sixteen-bit lanes whose bit is set.
inline Halves halves_of(std::uint32_t bits) {
  const V each = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, -32768);
  return _mm256_cmpeq_epi16(_mm256_and_si256(_mm256_set1_epi16(static_cast<std::int16_t>(bits)), each), each);
}
inline Halves flipped(Halves v, std::uint32_t bits) { return _mm256_xor_si256(v, halves_of(bits)); }
inline Halves kept(Halves v, std::uint32_t bits) { return _mm256_and_si256(v, halves_of(bits)); }
inline Halves replaced(Halves v, std::uint16_t value, std::uint32_t bits) {
  return _mm256_blendv_epi8(v, _mm256_set1_epi16(static_cast<std::int16_t>(value)), halves_of(bits));
}
inline bool any_below(Halves v, Halves limit) {
  const V below = _mm256_subs_epu16(limit, v);  // not zero where v is below its limit
  return _mm256_testz_si256(below, below) == 0;
}

/// Lanes below their limit, as bits.
inline std::uint32_t lanes_below(Halves v, Halves limit) {
  const V not_below = _mm256_cmpeq_epi16(_mm256_subs_epu16(limit, v), _mm256_setzero_si256());
  const __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(not_below), _mm256_extracti128_si256(not_below, 1));
  return ~static_cast<std::uint32_t>(_mm_movemask_epi8(bytes)) & 0xffffU;
}

/// Where each lane finds its draw.
struct AnyPicker {
  explicit AnyPicker(const VectorTables& t) : first(t.draws), last(t.draws + t.draw_pieces) {}
  const DrawPiece *first, *last;
};
/// The same where all stand in one piece of so many slots.
template <int slots>
struct OnePicker {
  explicit OnePicker(const DrawPiece& piece) : first(piece.first) {
    for (int slot = 0; slot < slots; ++slot) bytes[slot] = load_halves_of(piece, slot);
  }
  static V load_halves_of(const DrawPiece& piece, int slot) {
    return _mm256_loadu_si256(reinterpret_cast<const V*>(piece.bytes[slot]));
  }
  int first;
  V bytes[slots];
};
/// What some lanes take of one slot; the others are zero.
inline Halves picked_of_slot(V bytes, const std::uint16_t* draws) {
  const __m128i eight = _mm_loadu_si128(reinterpret_cast<const __m128i*>(draws));
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(eight), bytes);
}
/// Each lane's draw.
template <int slots>
inline Halves picked(const OnePicker<slots>& picker, const std::uint16_t* draws) {
  V lanes = picked_of_slot(picker.bytes[0], draws + picker.first);
#pragma GCC unroll 4
  for (int slot = 1; slot < slots; ++slot)
    lanes = _mm256_or_si256(lanes, picked_of_slot(picker.bytes[slot], draws + picker.first + 8 * slot));
  return lanes;
}
inline Halves picked(const AnyPicker& picker, const std::uint16_t* draws) {
  V lanes = _mm256_setzero_si256();
  for (const DrawPiece* piece = picker.first; piece < picker.last; ++piece)
    for (int slot = 0; slot < piece->slots; ++slot)
      lanes = _mm256_or_si256(
          lanes, picked_of_slot(OnePicker<1>::load_halves_of(*piece, slot), draws + piece->first + 8 * slot));
  return lanes;
}
template <class Visit>
inline std::uint64_t with_picker(const VectorTables& tables, Visit&& visit) {
  const int slots = tables.draw_pieces == 1 ? tables.draws->slots : 0;
  if (slots == 1) return visit(OnePicker<1>(*tables.draws));
  if (slots == 2) return visit(OnePicker<2>(*tables.draws));
  if (slots == 3) return visit(OnePicker<3>(*tables.draws));
  return visit(AnyPicker(tables));
}

/// A lower bound of log2 of each number [2^-20].
inline Pair log_of(Halves v) {
  const auto log = [](__m128i eight) {
    return _mm256_srli_epi32(_mm256_castps_si256(_mm256_cvtepi32_ps(_mm256_cvtepu16_epi32(eight))), 3);
  };
  return {log(_mm256_castsi256_si128(v)), log(_mm256_extracti128_si256(v, 1))};
}
/// The whole number below the one with this log_of.
inline Pair hazard_limit(Pair log) {
  return {_mm256_cvttps_epi32(_mm256_castsi256_ps(_mm256_slli_epi32(log.low, 3))),
          _mm256_cvttps_epi32(_mm256_castsi256_ps(_mm256_slli_epi32(log.high, 3)))};
}
/// Held to 65,535.
inline Halves narrowed(Pair p) { return _mm256_permute4x64_epi64(_mm256_packus_epi32(p.low, p.high), 0xD8); }
inline std::int32_t sum_of(Pair p, Mask of) {
  const V eight = _mm256_add_epi32(_mm256_and_si256(p.low, of.low), _mm256_and_si256(p.high, of.high));
  const __m128i four = _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
  const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
  return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xB1)));
}

inline Pair product(Pair a, Pair b) { return {_mm256_mullo_epi32(a.low, b.low), _mm256_mullo_epi32(a.high, b.high)}; }
/// Each lane's one of eight numbers.
inline Pair spread(const std::int8_t* eight, const std::int32_t* which) {
  const V numbers = _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(eight)));
  const Pair from = load_pair(which);
  return {_mm256_permutevar8x32_epi32(numbers, from.low), _mm256_permutevar8x32_epi32(numbers, from.high)};
}

using Words = V;
constexpr int kUnitsAtOnce = 4;
constexpr int kSlotsAtOnce = 3;
inline Words load_words(const std::uint64_t* p) { return _mm256_loadu_si256(reinterpret_cast<const V*>(p)); }
inline Words every(std::uint32_t x) { return _mm256_set1_epi64x(x); }
inline Words upper(Words v) { return _mm256_srli_epi64(v, 32); }
inline Words times(Words v, std::uint32_t x) { return _mm256_mul_epu32(v, _mm256_set1_epi64x(x)); }
inline Words mixed(Words a, Words b, Words c) { return _mm256_xor_si256(_mm256_xor_si256(a, b), c); }

/// Writes the four words of each block: out[unit * stride].
template <class Blocks>
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

#include "sim/kernel/form.inc"

}  // namespace

extern const VectorForm kAvx2 = {draw, evaluate, bound, filter, within, respond, personalise};

}  // namespace sleutel::kernel

#endif
