// The kernel for AVX-512 (F, BW, DQ, VL): its primitives, and the algorithms of form.inc (cmake/Kernel.cmake).
#if defined(__x86_64__)

#include <immintrin.h>

#include "sim/kernel/tables.h"

namespace sleutel::kernel {

namespace {

using Pair = __m512i;
using Mask = __mmask16;
using Halves = __m256i;

inline Pair load_pair(const std::int32_t* p) { return _mm512_loadu_si512(p); }
inline void store_pair(std::int32_t* p, Pair v) { _mm512_storeu_si512(p, v); }
inline Halves load_halves(const std::uint16_t* p) { return _mm256_loadu_si256(reinterpret_cast<const Halves*>(p)); }
inline void store_halves(std::uint16_t* p, Halves v) { _mm256_storeu_si256(reinterpret_cast<Halves*>(p), v); }
inline Pair all(std::int32_t x) { return _mm512_set1_epi32(x); }
inline Pair sum(Pair a, Pair b) { return _mm512_add_epi32(a, b); }
inline Pair minimum(Pair a, Pair b) { return _mm512_min_epi32(a, b); }
inline Pair maximum(Pair a, Pair b) { return _mm512_max_epi32(a, b); }
inline Mask greater(Pair a, Pair b) { return _mm512_cmpgt_epi32_mask(a, b); }
inline Pair chosen(Pair off, Pair on, Mask mask) { return _mm512_mask_mov_epi32(off, mask, on); }
inline std::uint32_t bits_of(Mask m) { return m; }
inline Mask lanes_of(std::uint32_t bits) { return static_cast<Mask>(bits); }

inline Halves flipped(Halves v, std::uint32_t bits) {
  return _mm256_mask_sub_epi16(v, lanes_of(bits), _mm256_set1_epi16(-1), v);
}
inline Halves kept(Halves v, std::uint32_t bits) { return _mm256_maskz_mov_epi16(lanes_of(bits), v); }
inline Halves replaced(Halves v, std::uint16_t value, std::uint32_t bits) {
  return _mm256_mask_mov_epi16(v, lanes_of(bits), _mm256_set1_epi16(static_cast<std::int16_t>(value)));
}
inline bool any_below(Halves v, Halves limit) { return _mm256_cmplt_epu16_mask(v, limit) != 0; }

/// Lanes below their limit, as bits.
inline std::uint32_t lanes_below(Halves v, Halves limit) { return _mm256_cmplt_epu16_mask(v, limit); }

/// Where each lane finds its draw.
struct AnyPicker {
  explicit AnyPicker(const VectorTables& t) : first(t.draws), last(t.draws + t.draw_pieces) {}
  const DrawPiece *first, *last;
};
/// The same where all stand in one piece.
struct OnePicker {
  explicit OnePicker(const DrawPiece& piece)
      : first(piece.first), numbers(_mm512_castsi256_si512(load_halves(piece.number))) {}
  int first;
  __m512i numbers;
};
/// Each lane's draw.
inline Halves picked(const OnePicker& picker, const std::uint16_t* draws) {
  return _mm512_castsi512_si256(_mm512_permutexvar_epi16(picker.numbers, _mm512_loadu_si512(draws + picker.first)));
}
inline Halves picked(const AnyPicker& picker, const std::uint16_t* draws) {
  Halves lanes = _mm256_setzero_si256();
  for (const DrawPiece* piece = picker.first; piece < picker.last; ++piece)
    lanes = _mm256_mask_mov_epi16(lanes, lanes_of(piece->lanes), picked(OnePicker(*piece), draws));
  return lanes;
}
template <class Visit>
inline std::uint64_t with_picker(const VectorTables& tables, Visit&& visit) {
  return tables.draw_pieces == 1 ? visit(OnePicker(*tables.draws)) : visit(AnyPicker(tables));
}

/// A lower bound of log2 of each number [2^-20].
inline Pair log_of(Halves v) {
  return _mm512_srli_epi32(_mm512_castps_si512(_mm512_cvtepi32_ps(_mm512_cvtepu16_epi32(v))), 3);
}
/// The whole number below the one with this log_of.
inline Pair hazard_limit(Pair log) { return _mm512_cvttps_epi32(_mm512_castsi512_ps(_mm512_slli_epi32(log, 3))); }
/// Held to 65,535.
inline Halves narrowed(Pair p) { return _mm512_cvtusepi32_epi16(p); }
inline std::int32_t sum_of(Pair p, Mask of) { return _mm512_mask_reduce_add_epi32(of, p); }

inline Pair product(Pair a, Pair b) { return _mm512_mullo_epi32(a, b); }
/// Each lane's one of eight numbers.
inline Pair spread(const std::int8_t* eight, const std::int32_t* which) {
  const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(eight));
  return _mm512_permutexvar_epi32(load_pair(which), _mm512_cvtepi8_epi32(bytes));
}

using Words = __m512i;
constexpr int kUnitsAtOnce = 8;
constexpr int kSlotsAtOnce = 3;
inline Words load_words(const std::uint64_t* p) { return _mm512_loadu_si512(p); }
inline Words every(std::uint32_t x) { return _mm512_set1_epi64(x); }
inline Words upper(Words v) { return _mm512_srli_epi64(v, 32); }
inline Words times(Words v, std::uint32_t x) { return _mm512_mul_epu32(v, _mm512_set1_epi64(x)); }
inline Words mixed(Words a, Words b, Words c) { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }  // exclusive or

/// Writes the four words of each block: out[unit * stride].
template <class Blocks>
inline void store_blocks(const Blocks& b, std::uint16_t* out, std::size_t stride) {
  const __m512i low_half = _mm512_set1_epi64(0xffffffffLL);
  const __m512i w01 = _mm512_or_si512(_mm512_and_si512(b.x0, low_half), _mm512_slli_epi64(b.x1, 32));
  const __m512i w23 = _mm512_or_si512(_mm512_and_si512(b.x2, low_half), _mm512_slli_epi64(b.x3, 32));
  const __m512i even = _mm512_unpacklo_epi64(w01, w23);  // of units 0, 2, 4, 6
  const __m512i odd = _mm512_unpackhi_epi64(w01, w23);
  const auto store = [&](std::size_t unit, __m128i block) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + unit * stride), block);
  };
  store(0, _mm512_castsi512_si128(even));
  store(1, _mm512_castsi512_si128(odd));
  store(2, _mm512_extracti32x4_epi32(even, 1));
  store(3, _mm512_extracti32x4_epi32(odd, 1));
  store(4, _mm512_extracti32x4_epi32(even, 2));
  store(5, _mm512_extracti32x4_epi32(odd, 2));
  store(6, _mm512_extracti32x4_epi32(even, 3));
  store(7, _mm512_extracti32x4_epi32(odd, 3));
}

#include "sim/kernel/form.inc"

}  // namespace

extern const VectorForm kAvx512 = {draw, evaluate, bound, filter, within, respond, personalise};

}  // namespace sleutel::kernel

#endif
