#pragma once
/// \file
/// How durations grow: all slots of a resident at once, as the bytes of one word. Which months matter to anybody is
/// known beforehand, so that a resident is made anew only when he reaches one of them.

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "sim/base/marks.h"
#include "sim/engine/observed.h"
#include "sleutel/model.h"
#include "sleutel/residents.h"

namespace sleutel {

using MonthsIn = std::array<std::uint8_t, kMonthsInSlots>;

class DurationRules {
 public:
  DurationRules(const Model& model, const Observed& observed);

  /// A one in the byte of each slotted state that is on.
  std::uint64_t ones_of(const StateMask& states) const {
    std::uint64_t ones = 0;
    for (std::size_t byte = 0; byte < of_byte_.size(); ++byte)
      ones |= of_byte_[byte][(states.word[byte / 8] >> (8 * (byte % 8))) & 255];
    return ones;
  }

  /// One month more for every state with a one, up to 255. True if one of them reaches a month that a predictor, a
  /// table or an outcome asks about.
  bool grow(std::uint64_t ones, MonthsIn& months) const {
    std::uint64_t word;
    std::memcpy(&word, &months, sizeof word);
    word += ones & ~(zero_bytes(~word) >> 7);
    std::memcpy(&months, &word, sizeof word);
    std::uint64_t reached = 0;
    for (const std::uint64_t asked : asked_) reached |= zero_bytes(word ^ asked);
    return (reached & (ones << 7)) != 0;
  }

 private:
  std::vector<std::array<std::uint64_t, 256>> of_byte_;  ///< [byte of a state mask][value]
  std::vector<std::uint64_t> asked_;                     ///< months that matter, one for each slot; 0: none
};

}  // namespace sleutel
