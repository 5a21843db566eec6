#include "sim/base/math.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace sleutel::math {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLog2E = 0x1.71547652b82fep+0;
// ln 2 in two parts: the high one has 21 trailing zero bits, so its product with an exponent is exact.
constexpr double kLn2High = 0x1.62e42feep-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;

/// 2^n for -1022 <= n <= 1023.
double power_of_two(int n) { return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52); }

/// x * 2^n, also where the result is below the normal numbers or beyond the largest.
double scaled(double x, int n) {
  if (n > 1000) return x * power_of_two(1000) * power_of_two(n - 1000);
  if (n < -1000) return x * power_of_two(-1000) * power_of_two(n < -2000 ? -1000 : n + 1000);
  return x * power_of_two(n);
}

/// (exp(r) - 1) / r for |r| < 0.36: the first 15 terms of the series; what is left out is below 1e-18.
double exp_series(double r) {
  double sum = 1.0;
  for (int n = 15; n >= 2; --n) sum = 1.0 + sum * r / n;
  return sum;
}

/// A number as m * 2^exponent with m between sqrt(1/2) and sqrt(2).
struct Split {
  double m;
  int exponent;
};

Split split(double x) {
  int exponent = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p60;
    exponent = -60;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  exponent += static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000f'ffff'ffff'ffffULL) | 0x3ff0'0000'0000'0000ULL);
  if (m > 0x1.6a09e667f3bcdp+0) {
    m *= 0.5;
    ++exponent;
  }
  return {m, exponent};
}

/// log(m) for m between sqrt(1/2) and sqrt(2): 2 artanh(s) with s = (m - 1) / (m + 1).
double log_near_one(double m) {
  const double s = (m - 1.0) / (m + 1.0);
  const double square = s * s;
  double sum = 0.0;
  for (int n = 23; n >= 3; n -= 2) sum = (sum + 1.0 / n) * square;
  return 2.0 * s + 2.0 * s * sum;
}

/// What log and log2 give outside (0, infinity).
double log_outside(double x) {
  if (x == 0.0) return -kInfinity;
  return x > 0.0 ? kInfinity : kNaN;
}

bool is_ordinary(double x) { return x > 0.0 && x < kInfinity; }

}  // namespace

double exp(double x) {
  if (x != x) return x;
  if (x > 709.79) return kInfinity;
  if (x < -745.2) return 0.0;
  const int k = static_cast<int>(x * kLog2E + (x < 0 ? -0.5 : 0.5));
  const double r = (x - k * kLn2High) - k * kLn2Low;
  return scaled(1.0 + r * exp_series(r), k);
}

double exp2(double x) {
  if (x != x) return x;
  if (x >= 1024.0) return kInfinity;
  if (x < -1075.0) return 0.0;
  const int k = static_cast<int>(x + (x < 0 ? -0.5 : 0.5));
  const double r = (x - k) * kLn2;
  return scaled(1.0 + r * exp_series(r), k);
}

double expm1(double x) { return x > -0.35 && x < 0.35 ? x * exp_series(x) : exp(x) - 1.0; }

double log(double x) {
  if (!is_ordinary(x)) return log_outside(x);
  const auto [m, k] = split(x);
  return k * kLn2High + (k * kLn2Low + log_near_one(m));
}

double log2(double x) {
  if (!is_ordinary(x)) return log_outside(x);
  const auto [m, k] = split(x);
  return k + log_near_one(m) * kLog2E;
}

double log1p(double x) {
  const double u = 1.0 + x;
  if (u == 1.0) return x;
  return is_ordinary(u) ? log(u) * (x / (u - 1.0)) : log_outside(u);
}

double pow(double base, double exponent) {
  if (exponent == 0.0 || base == 1.0) return 1.0;
  return exp(exponent * log(base));
}

double log_gamma(double x) {
  double product = 1.0;  // gamma(x) = gamma(x + n) / product, so that Stirling's series is exact enough
  for (; x < 15.0; x += 1.0) product *= x;
  const double y = 1.0 / (x * x);
  constexpr std::array<double, 7> terms = {1.0 / 12,   -1.0 / 360,        1.0 / 1260, -1.0 / 1680,
                                           1.0 / 1188, -691.0 / 360360.0, 1.0 / 156};
  double sum = 0.0;
  for (auto term = terms.rbegin(); term != terms.rend(); ++term) sum = sum * y + *term;
  constexpr double half_log_two_pi = 0x1.d67f1c864beb5p-1;
  return (x - 0.5) * log(x) - x + half_log_two_pi + sum / x - log(product);
}

}  // namespace sleutel::math
