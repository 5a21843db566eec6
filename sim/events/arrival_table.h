#pragma once
/// \file
/// Which household of the start comes: drawn by weight. A household lies on the line of weights from where the one
/// before it ends to where it ends itself; the line is cut in steps, about as many as there are households, and for
/// each step it is known at which household a search begins, so that it ends after one or two. A search looks at memory
/// far away: who has many of them asks for what they will read, for all of them first.

#include <cstdint>
#include <vector>

#include "sleutel/residents.h"

namespace sleutel {

class ArrivalTable {
 public:
  /// Adds the next household, with weight 0 if it never comes.
  void add(std::uint64_t weight) { until_.push_back(weights() + weight); }
  /// After the last household was added.
  void finish() {
    if (weights() == 0) return;
    while (step_of(weights() - 1) >= until_.size()) ++shift_;
    Row household = 0;
    for (std::size_t step = 0; step <= step_of(weights() - 1); ++step) {
      while (until_[household] == 0 || step_of(until_[household] - 1) < step) ++household;
      first_.push_back(household);
    }
  }
  /// Sum of all weights.
  std::uint64_t weights() const { return until_.empty() ? 0 : until_.back(); }
  /// Asks for what the next call reads.
  void ask_for_step(std::uint64_t place) const { __builtin_prefetch(&first_[step_of(place)]); }
  /// Asks for what household_at reads.
  void ask_for_household(std::uint64_t place) const { __builtin_prefetch(&until_[first_[step_of(place)]]); }
  /// The household at a place on the line, which is below weights().
  Row household_at(std::uint64_t place) const {
    Row household = first_[step_of(place)];
    while (until_[household] <= place) ++household;
    return household;
  }

 private:
  std::size_t step_of(std::uint64_t place) const { return static_cast<std::size_t>(place >> shift_); }

  int shift_ = 0;                     ///< a step is 2^shift_ long
  std::vector<std::uint64_t> until_;  ///< [household of the start] running sum of weights
  std::vector<Row> first_;            ///< [step] no household before it lies in the step
};

}  // namespace sleutel
