#pragma once
/// \file
/// How durations grow: all slots of several residents at once. Which months matter to anybody is known beforehand, so
/// that a resident is made anew only when he reaches one of them.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/marks.h"
#include "sim/engine/observed.h"
#include "sim/kernel/durations.h"
#include "sleutel/model.h"
#include "sleutel/residents.h"

namespace sleutel {

using MonthsIn = std::array<std::uint8_t, kMonthsInSlots>;

class DurationRules {
 public:
  DurationRules(const Model& model, const Observed& observed);

  /// Bit k: the state of slot k is on.
  std::uint8_t slots_on(const StateMask& states) const {
    unsigned slots = 0;
    for (const StatesOfByte& byte : bytes_) slots |= byte.slots[(states.word[byte.word] >> byte.shift) & 255];
    return static_cast<std::uint8_t>(slots);
  }

  /// For rows first to last - 1: one month more for every slot that is on, up to 255. Calls visit(row) for those of
  /// whom one reaches a month that a predictor, a table or an outcome asks about.
  template <class Visit>
  void grow(const Column<std::uint8_t>& slots, Column<MonthsIn>& months, std::size_t first, std::size_t last, Isa isa,
            Visit&& visit) const {
    constexpr std::size_t piece = 256;
    std::array<std::uint8_t, piece> reached;
    for (; first < last; first += piece) {
      const std::size_t count = std::min(piece, last - first);
      kernel::grow({slots.data() + first, count}, {months.data() + first, count}, asked_, isa, reached.data());
      for_each_marked(reached, 0, count, 255, [&](Row row) { visit(static_cast<Row>(first + row)); });
    }
  }

 private:
  /// Eight states, some of which have a slot.
  struct StatesOfByte {
    std::size_t word = 0;
    int shift = 0;
    std::array<std::uint8_t, 256> slots{};  ///< [which of them are on]
  };

  std::vector<StatesOfByte> bytes_;
  std::vector<MonthsIn> asked_;  ///< months that matter, one for each slot; 0: none
};

static_assert(kMonthsInSlots == kernel::kDurationSlots && kMonthsInSlots <= 8, "a bit for each slot");

}  // namespace sleutel
