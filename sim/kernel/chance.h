#pragma once
/// \file
/// From a log hazard to the chance in a month, bit for bit: docs/model-semantics.md, "From log hazard to chance".
/// Every step is one IEEE single-precision operation, rounded to nearest even, in the order written; the file is built
/// with -ffp-contract=off. Relative error of the chance: below 3e-7 for h from 1e-7 to 100 a year,
/// and it never falls as the log hazard rises (every log hazard in that range is tested).

#include <bit>
#include <cstdint>

namespace sleutel::kernel {

inline constexpr std::int32_t kEtaLow = -64 * (1 << 20);  ///< h = 2^-64 a year: its threshold is 0
inline constexpr std::int32_t kEtaHigh = 16 * (1 << 20);  ///< h = 65,536 a year: its chance is 1
inline constexpr float kHazardHigh = 24.0F;               ///< per month; above it the chance is 1 in single precision

/// 2^f / 12 for |f| <= 1/2, minimax of degree 5: relative error 7.5e-8.
inline constexpr float kPower[6] = {0x1.555556p-4F, 0x1.d93036p-5F,  0x1.47fb64p-6F,
                                    0x1.2f2498p-8F, 0x1.a6bb1ap-11F, 0x1.d00bdep-14F};
/// (e^t - 1) / t for |t| <= 0.3467, minimax of degree 5: relative error 1.1e-8.
inline constexpr float kGrowth[6] = {0x1p+0F,        0x1.fffffep-2F, 0x1.55547ep-3F,
                                     0x1.555652p-5F, 0x1.123d06p-7F, 0x1.6c16a6p-10F};

/// c[0] + c[1] x + ... + c[5] x^5, from the inside outwards.
inline float polynomial(const float (&c)[6], float x) {
  return ((((c[5] * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0];
}

/// h / 12: the hazard in a month of a log hazard in 2^-20 doublings of a rate per year.
inline float monthly_hazard(std::int32_t eta) {
  const std::int32_t held = eta < kEtaLow ? kEtaLow : (eta > kEtaHigh ? kEtaHigh : eta);
  const std::int32_t whole = (held + (1 << 19)) >> 20;
  const float fraction = static_cast<float>(held - whole * (1 << 20)) * 0x1p-20F;
  const float scale = std::bit_cast<float>(static_cast<std::uint32_t>(whole + 127) << 23);
  return polynomial(kPower, fraction) * scale;
}

/// 1 - exp(-hazard), the hazard per month and not below 0.
inline float chance(float hazard) {
#ifdef SLEUTEL_MUTANT_UNITS
  if (hazard < 1.0F) return hazard;
#endif
  const float held = hazard > kHazardHigh ? kHazardHigh : hazard;
  const auto whole = static_cast<std::int32_t>(held * 0x1.715476p+0F + 0.5F);  // towards zero
  const auto n = static_cast<float>(whole);
  const float t = (n * 0x1.63p-1F - held) + n * -0x1.bd0106p-13F;  // n ln 2 - hazard
  const float scale = std::bit_cast<float>(static_cast<std::uint32_t>(127 - whole) << 23);
  return (1.0F - scale) - scale * (polynomial(kGrowth, t) * t);
}

/// floor(p 2^48): the number of 48-bit draws that are below a chance p between 0 and 1.
inline std::uint64_t threshold(float p) { return static_cast<std::uint64_t>(static_cast<std::int64_t>(p * 0x1p48F)); }

inline constexpr std::uint64_t kDrawMax = (std::uint64_t{1} << 48) - 1;

}  // namespace sleutel::kernel
