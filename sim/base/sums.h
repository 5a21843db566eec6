#pragma once
/// \file
/// Sums whose order is fixed by the number of terms alone, so that they give the same bits everywhere.

#include <span>

namespace sleutel {

/// Sum by halves: the first floor(n/2) terms and the rest, each summed likewise, down to runs of 8 from left to right.
/// Rounding error grows with log n instead of n. 0 for no terms.
double pairwise_sum(std::span<const double> terms);

/// Mean of at least one term, by pairwise_sum.
double pairwise_mean(std::span<const double> terms);

/// Variance of the sample (divisor n - 1) around its mean, n >= 2; two passes.
double sample_variance(std::span<const double> terms);

}  // namespace sleutel
