#pragma once
/// \file
/// Single precision as IEEE 754 says: rounding to nearest, no flushing of small numbers to zero. A library that was
/// loaded before may have set it otherwise, which would change bits.

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace sleutel {

/// While it lives, this thread computes with the default rules; afterwards with those it had.
class FloatRules {
 public:
#if defined(__x86_64__)
  FloatRules() : before_(_mm_getcsr()) { _mm_setcsr(0x1F80); }
  ~FloatRules() { _mm_setcsr(before_); }
#else
  FloatRules() = default;
  ~FloatRules() = default;
#endif
  FloatRules(const FloatRules&) = delete;
  FloatRules& operator=(const FloatRules&) = delete;

 private:
#if defined(__x86_64__)
  unsigned before_;
#endif
};

}  // namespace sleutel
