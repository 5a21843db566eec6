// The distributions of sim/base/math.h: normal, beta, Student.
#include <array>
#include <cmath>
#include <limits>

#include "sim/base/math.h"

namespace sleutel {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kSmall = 1e-300;

template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double x) {
  double sum = 0.0;
  for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c) sum = sum * x + *c;
  return sum;
}

/// Chance that a standard normal number lies between 0 and x, 0 <= x < 4: exp(-x^2/2) times a series of positive terms.
double normal_from_zero(double x) {
  double term = x;
  double sum = x;
  for (int n = 3; term > sum * 1e-18; n += 2) {
    term *= x * x / n;
    sum += term;
  }
  constexpr double one_over_root_two_pi = 0x1.9884533d43651p-2;
  return sum * math::exp(-0.5 * x * x) * one_over_root_two_pi;
}

/// Chance of a standard normal number above x >= 4: a continued fraction, evaluated from its end.
double normal_above(double x) {
  double fraction = x;
  for (int n = 60; n >= 1; --n) fraction = x + n / fraction;
  constexpr double one_over_root_two_pi = 0x1.9884533d43651p-2;
  return math::exp(-0.5 * x * x) * one_over_root_two_pi / fraction;
}

// Algorithm AS 241, PPND16: M. J. Wichura, Applied Statistics 37 (1988) 477-484.
constexpr std::array<double, 8> kCentreTop = {
    3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array<double, 8> kCentreBottom = {1.0,
                                                 4.2313330701600911252e+1,
                                                 6.8718700749205790830e+2,
                                                 5.3941960214247511077e+3,
                                                 2.1213794301586595867e+4,
                                                 3.9307895800092710610e+4,
                                                 2.8729085735721942674e+4,
                                                 5.2264952788528545610e+3};
constexpr std::array<double, 8> kMiddleTop = {
    1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> kMiddleBottom = {1.0,
                                                 2.05319162663775882187e0,
                                                 1.67638483018380384940e0,
                                                 6.89767334985100004550e-1,
                                                 1.48103976427480074590e-1,
                                                 1.51986665636164571966e-2,
                                                 5.47593808499534494600e-4,
                                                 1.05075007164441684324e-9};
constexpr std::array<double, 8> kTailTop = {
    6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,  2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> kTailBottom = {1.0,
                                               5.99832206555887937690e-1,
                                               1.36929880922735805310e-1,
                                               1.48753612908506148525e-2,
                                               7.86869131145613259100e-4,
                                               1.84631831751005468180e-5,
                                               1.42151175831644588870e-7,
                                               2.04426310338993978564e-15};

/// The continued fraction of the incomplete beta function, by Lentz's method (modified by Thompson and Barnett).
double beta_fraction(double a, double b, double x) {
  double c = 1.0;
  double d = 1.0 - (a + b) * x / (a + 1.0);
  d = 1.0 / (d < kSmall && d > -kSmall ? kSmall : d);
  double result = d;
  const auto step = [&](double numerator) {
    d = 1.0 + numerator * d;
    c = 1.0 + numerator / c;
    d = 1.0 / (d < kSmall && d > -kSmall ? kSmall : d);
    if (c < kSmall && c > -kSmall) c = kSmall;
    result *= d * c;
    return d * c;
  };
  for (int m = 1; m <= 10000; ++m) {
    step(m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)));
    const double change = step(-(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)));
    if (change > 1.0 - 1e-15 && change < 1.0 + 1e-15) break;
  }
  return result;
}

}  // namespace

double normal_cdf(double x) {
  const double distance = x < 0 ? -x : x;
  if (distance >= 4.0) {
    const double above = normal_above(distance);
    return x < 0 ? above : 1.0 - above;
  }
  const double half = normal_from_zero(distance);
  return x < 0 ? 0.5 - half : 0.5 + half;
}

double normal_quantile(double p) {
  if (p <= 0.0) return -kInfinity;
  if (p >= 1.0) return kInfinity;
  const double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kCentreTop, r) / polynomial(kCentreBottom, r);
  }
  const double r = std::sqrt(-math::log(q < 0 ? p : 1.0 - p));
  const double x = r <= 5.0 ? polynomial(kMiddleTop, r - 1.6) / polynomial(kMiddleBottom, r - 1.6)
                            : polynomial(kTailTop, r - 5.0) / polynomial(kTailBottom, r - 5.0);
  return q < 0 ? -x : x;
}

double incomplete_beta(double a, double b, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  const double log_front =
      math::log_gamma(a + b) - math::log_gamma(a) - math::log_gamma(b) + a * math::log(x) + b * math::log1p(-x);
  const double front = math::exp(log_front);
  if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_fraction(a, b, x) / a;
  return 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

double student_t_two_sided_p(double t, double dof) {
  const double square = t * t;
  if (square == kInfinity) return 0.0;
  // The smaller of x and 1 - x is formed without cancellation.
  if (square <= dof) return 1.0 - incomplete_beta(0.5, 0.5 * dof, square / (dof + square));
  return incomplete_beta(0.5 * dof, 0.5, dof / (dof + square));
}

double student_t_cdf(double t, double dof) {
  const double tail = 0.5 * student_t_two_sided_p(t, dof);
  return t < 0 ? tail : 1.0 - tail;
}

double student_t_quantile(double p, double dof) {
  if (p <= 0.0) return -kInfinity;
  if (p >= 1.0) return kInfinity;
  if (p == 0.5) return 0.0;
#ifdef SLEUTEL_MUTANT_NOISE
  return normal_quantile(p);  // as if there were any number of replicates
#endif
  const double both_tails = 2.0 * (p < 0.5 ? p : 1.0 - p);
  double low = 0.0;
  double high = 1.0;
  while (student_t_two_sided_p(high, dof) > both_tails && high < 1e300) high *= 2.0;
  for (int step = 0; step < 200; ++step) {
    const double middle = 0.5 * (low + high);
    if (middle == low || middle == high) break;
    (student_t_two_sided_p(middle, dof) > both_tails ? low : high) = middle;
  }
  const double t = 0.5 * (low + high);
  return p < 0.5 ? -t : t;
}

}  // namespace sleutel
