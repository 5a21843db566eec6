// Loads and durations for AVX2: their primitives, and the algorithms of columns.inc.
#if defined(__x86_64__)

#include <immintrin.h>

#include "sim/kernel/columns.h"

namespace sleutel::kernel {

namespace {

using V = __m256i;

/// A cache line as two vectors.
struct Two {
  V low, high;
};
using Loads = Two;
using Found = Two;  ///< all ones or all zeros in each lane

inline V load_one(const void* p) { return _mm256_loadu_si256(static_cast<const V*>(p)); }
inline void store_one(void* p, V v) { _mm256_storeu_si256(static_cast<V*>(p), v); }

inline Loads load_loads(const std::uint16_t* p) { return {load_one(p), load_one(p + 16)}; }
inline void store_loads(std::uint16_t* p, Loads v) {
  store_one(p, v.low);
  store_one(p + 16, v.high);
}
inline Loads every_load(std::uint16_t x) {
  const V v = _mm256_set1_epi16(static_cast<std::int16_t>(x));
  return {v, v};
}
/// load * keep / 2^16, halves up.
inline V left_of(V load, V keep) {
  return _mm256_add_epi16(_mm256_mulhi_epu16(load, keep), _mm256_srli_epi16(_mm256_mullo_epi16(load, keep), 15));
}
inline Loads left_of(Loads load, Loads keep) { return {left_of(load.low, keep.low), left_of(load.high, keep.high)}; }
inline Loads more(Loads a, Loads b) { return {_mm256_adds_epu16(a.low, b.low), _mm256_adds_epu16(a.high, b.high)}; }
inline V differ(V a, V b) { return _mm256_xor_si256(_mm256_cmpeq_epi16(a, b), _mm256_set1_epi16(-1)); }
inline Found differ(Loads a, Loads b) { return {differ(a.low, b.low), differ(a.high, b.high)}; }
inline Found either(Found a, Found b) { return {_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)}; }
inline V outside(V load, V low, V high) {
  return _mm256_or_si256(differ(_mm256_max_epu16(load, low), load), differ(_mm256_min_epu16(load, high), load));
}
inline Found outside(Loads load, Loads low, Loads high) {
  return {outside(load.low, low.low, high.low), outside(load.high, low.high, high.high)};
}
inline V level_of(V load, V to_halves, V top) {
  return _mm256_min_epu16(_mm256_avg_epu16(_mm256_mulhi_epu16(load, to_halves), _mm256_setzero_si256()), top);
}
inline Loads level_of(Loads load, Loads to_halves, Loads top) {
  return {level_of(load.low, to_halves.low, top.low), level_of(load.high, to_halves.high, top.high)};
}
/// A byte of each lane; packing goes by halves of vectors, so these must be put in order.
inline V bytes_of(Found found) {
  return _mm256_permute4x64_epi64(_mm256_packs_epi16(found.low, found.high), _MM_SHUFFLE(3, 1, 2, 0));
}
inline V marks_of(Found found, std::uint8_t mark) {
  return _mm256_and_si256(bytes_of(found), _mm256_set1_epi8(static_cast<char>(mark)));
}
inline void add_marks(std::uint8_t* marks, Found one, std::uint8_t mark, Found other, std::uint8_t other_mark) {
  const V more_marks = _mm256_or_si256(marks_of(one, mark), marks_of(other, other_mark));
  store_one(marks, _mm256_or_si256(load_one(marks), more_marks));
}

using Months = Two;
using Slots = Two;  ///< all ones or all zeros in each byte

inline Months load_months(const std::uint8_t* p) { return {load_one(p), load_one(p + 32)}; }
inline void store_months(std::uint8_t* p, Months v) {
  store_one(p, v.low);
  store_one(p + 32, v.high);
}
/// The bits of four residents, each as a byte.
inline V slots_of_four(const std::uint8_t* p) {
  std::int32_t bits;
  __builtin_memcpy(&bits, p, sizeof bits);
  const V of_row = _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,  //
                                    2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
  const V each = _mm256_set1_epi64x(static_cast<long long>(0x8040'2010'0804'0201ULL));
  const V spread = _mm256_shuffle_epi8(_mm256_set1_epi32(bits), of_row);
  return _mm256_cmpeq_epi8(_mm256_and_si256(spread, each), each);
}
inline Slots slots_at(const std::uint8_t* p) { return {slots_of_four(p), slots_of_four(p + 4)}; }
inline Slots no_slots() { return {_mm256_setzero_si256(), _mm256_setzero_si256()}; }
inline V grown(V months, V on) { return _mm256_adds_epu8(months, _mm256_and_si256(on, _mm256_set1_epi8(1))); }
inline Months grown(Months months, Slots on) { return {grown(months.low, on.low), grown(months.high, on.high)}; }
inline Months every_row(std::uint64_t slots) {
  const V v = _mm256_set1_epi64x(static_cast<long long>(slots));
  return {v, v};
}
inline Slots or_equal(Slots found, Months a, Months b) {
  return {_mm256_or_si256(found.low, _mm256_cmpeq_epi8(a.low, b.low)),
          _mm256_or_si256(found.high, _mm256_cmpeq_epi8(a.high, b.high))};
}
inline Slots both(Slots a, Slots b) { return {_mm256_and_si256(a.low, b.low), _mm256_and_si256(a.high, b.high)}; }
inline void store_slots(std::uint8_t* p, Slots slots) {
  const std::int32_t bits[2] = {_mm256_movemask_epi8(slots.low), _mm256_movemask_epi8(slots.high)};
  __builtin_memcpy(p, bits, sizeof bits);
}

#include "sim/kernel/columns.inc"

}  // namespace

extern const ColumnForm kColumnsAvx2 = {relax, grow};

}  // namespace sleutel::kernel

#endif
