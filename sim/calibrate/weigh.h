#pragma once
/// \file
/// Weights of importance sampling.

#include <cstddef>
#include <vector>

namespace sleutel::calibrate {

/// Weights that sum to 1, from logarithms of any size; none of them NaN.
std::vector<double> weights_of(const std::vector<double>& logs);

/// How many equally likely draws they are worth: 1 / sum of squares (Kish 1965).
double effective_number(const std::vector<double>& weights);

/// `count` positions, each as often as its weight asks, give or take one (systematic resampling); `start` in [0, 1).
std::vector<std::size_t> resampled(const std::vector<double>& weights, std::size_t count, double start);

/// The smallest value at or below which so much of the weight lies, 0 < share < 1.
double weighted_quantile(const std::vector<double>& values, const std::vector<double>& weights, double share);

}  // namespace sleutel::calibrate
