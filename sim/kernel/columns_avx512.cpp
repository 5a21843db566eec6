// Loads and durations for AVX-512 (F, BW, DQ, VL): their primitives, and the algorithms of columns.inc.
#if defined(__x86_64__)

#include <immintrin.h>

#include "sim/kernel/columns.h"

namespace sleutel::kernel {

namespace {

using Loads = __m512i;
using Found = __mmask32;

inline Loads load_loads(const std::uint16_t* p) { return _mm512_loadu_si512(p); }
inline void store_loads(std::uint16_t* p, Loads v) { _mm512_storeu_si512(p, v); }
inline Loads every_load(std::uint16_t x) { return _mm512_set1_epi16(static_cast<std::int16_t>(x)); }
/// load * keep / 2^16, halves up.
inline Loads left_of(Loads load, Loads keep) {
  return _mm512_add_epi16(_mm512_mulhi_epu16(load, keep), _mm512_srli_epi16(_mm512_mullo_epi16(load, keep), 15));
}
inline Loads more(Loads a, Loads b) { return _mm512_adds_epu16(a, b); }
inline Found outside(Loads load, Loads low, Loads high) {
  return _mm512_cmplt_epu16_mask(load, low) | _mm512_cmpgt_epu16_mask(load, high);
}
inline Loads level_of(Loads load, Loads to_halves, Loads top) {
  const Loads halves = _mm512_mulhi_epu16(load, to_halves);
  return _mm512_min_epu16(_mm512_avg_epu16(halves, _mm512_setzero_si512()), top);
}
inline Found differ(Loads a, Loads b) { return _mm512_cmpneq_epu16_mask(a, b); }
inline Found either(Found a, Found b) { return a | b; }
inline void add_marks(std::uint8_t* marks, Found one, std::uint8_t mark, Found other, std::uint8_t other_mark) {
  const __m256i more_marks = _mm256_or_si256(_mm256_maskz_set1_epi8(one, static_cast<char>(mark)),
                                             _mm256_maskz_set1_epi8(other, static_cast<char>(other_mark)));
  const __m256i before = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(marks));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(marks), _mm256_or_si256(before, more_marks));
}

using Months = __m512i;
using Slots = __mmask64;

inline Months load_months(const std::uint8_t* p) { return _mm512_loadu_si512(p); }
inline void store_months(std::uint8_t* p, Months v) { _mm512_storeu_si512(p, v); }
inline Slots slots_at(const std::uint8_t* p) {
  std::uint64_t bits;
  __builtin_memcpy(&bits, p, sizeof bits);
  return bits;
}
inline Slots no_slots() { return 0; }
inline Months grown(Months months, Slots on) { return _mm512_mask_adds_epu8(months, on, months, _mm512_set1_epi8(1)); }
inline Months every_row(std::uint64_t slots) { return _mm512_set1_epi64(static_cast<long long>(slots)); }
inline Slots or_equal(Slots found, Months a, Months b) { return found | _mm512_cmpeq_epu8_mask(a, b); }
inline Slots both(Slots a, Slots b) { return a & b; }
inline void store_slots(std::uint8_t* p, Slots slots) {
  const std::uint64_t bits = slots;
  __builtin_memcpy(p, &bits, sizeof bits);
}

#include "sim/kernel/columns.inc"

}  // namespace

extern const ColumnForm kColumnsAvx512 = {relax, grow};

}  // namespace sleutel::kernel

#endif
