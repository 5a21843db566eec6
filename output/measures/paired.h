#pragma once
/// \file
/// Differences between two scenarios over the same random futures, and what may be said of them (DESIGN 3.7).

#include <cstdint>
#include <vector>

namespace sleutel {

inline constexpr double kConfidence = 0.95;  ///< of every printed interval

/// Mean of paired differences with its Student t interval over replicates: chance only.
struct PairedDifference {
  double mean = 0;           ///< NaN without pairs
  double low = 0, high = 0;  ///< NaN with fewer than two pairs
  int pairs = 0;             ///< replicates in which both scenarios have a value
  bool identical = false;    ///< the difference is exactly 0 in every pair
  bool has_interval() const { return pairs >= 2; }
};

/// `baseline` and `scenario`: one value per replicate, in the same order; pairs with a NaN are left out.
PairedDifference paired_difference(const std::vector<double>& baseline, const std::vector<double>& scenario);

/// In the order in which they are asked.
enum class Verdict : std::uint8_t {
  identical,       ///< in every replicate
  larger,          ///< the whole interval beyond what matters, on one side
  real_but_small,  ///< interval without 0, inside +- what matters
  no_difference,   ///< interval with 0, inside +- what matters
  uncertain,       ///< all else, and whenever there is no interval
};

/// `matters`: the smallest difference that matters, in the unit of the difference, 0 or more.
Verdict verdict(const PairedDifference& difference, double matters);

/// Such as "real but too small to matter".
const char* words(Verdict verdict);

}  // namespace sleutel
