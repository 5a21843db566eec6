#pragma once
/// \file
/// Our own elementary functions, in double: the same bits on every machine, compiler and C library. They use only
/// +, -, *, / and square roots (exact by IEEE 754), no libm and no fused multiply-add. For use where a model is
/// compiled, a start state is made, a statistic is computed; never per resident and month.
/// Relative errors, as tested in tests/base/math_test.cpp: 1e-15 or better unless said.

namespace sleutel::math {

inline constexpr double kLn2 = 0x1.62e42fefa39efp-1;

/// e to the power x; 0 below -745, infinity above 709.78. NaN gives NaN.
double exp(double x);
/// 2 to the power x.
double exp2(double x);
/// exp(x) - 1 without cancellation near 0.
double expm1(double x);
/// Natural logarithm: x > 0; log(0) is -infinity, below 0 is NaN.
double log(double x);
/// Logarithm to base 2.
double log2(double x);
/// log(1 + x) without cancellation near 0; x > -1.
double log1p(double x);
/// base to the power exponent, base >= 0. Relative error 1e-13 while the result is between 1e-100 and 1e100.
double pow(double base, double exponent);
/// Logarithm of the gamma function, x > 0.
double log_gamma(double x);

}  // namespace sleutel::math

namespace sleutel {

/// Standard normal distribution function. Absolute error 1e-14.
double normal_cdf(double x);
/// The x at which normal_cdf is p, 0 < p < 1 (algorithm AS 241, Wichura 1988); -+infinity at 0 and 1.
double normal_quantile(double p);
/// Regularised incomplete beta function I_x(a, b); a, b > 0, 0 <= x <= 1. Relative error 1e-12.
double incomplete_beta(double a, double b, double x);
/// Student's distribution function with `dof` degrees of freedom, dof > 0.
double student_t_cdf(double t, double dof);
/// The t at which Student's distribution function is p, 0 < p < 1: 0.975 for a 95% interval. Relative error 1e-12.
double student_t_quantile(double p, double dof);
/// Chance of a Student t at least as far from 0 as t, on either side.
double student_t_two_sided_p(double t, double dof);

}  // namespace sleutel
