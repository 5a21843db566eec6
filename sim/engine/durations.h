#pragma once
/// \file
/// How durations grow: all slots of eight residents at once, as the bytes of one cache line. Which months matter to
/// anybody is known beforehand, so that a resident is made anew only when he reaches one of them.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

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

  /// For rows first to last - 1: one month more for every state with a one, up to 255. Calls visit(row) for those of
  /// whom one reaches a month that a predictor, a table or an outcome asks about.
  template <class Visit>
  void grow(const Column<std::uint64_t>& ones, Column<MonthsIn>& months, std::size_t first, std::size_t last,
            Visit&& visit) const {
    std::size_t row = first;
    for (; row + kRowsTogether <= last; row += kRowsTogether) {
      const RowWords reached = grow_together(&ones[row], &months[row]);
      for_each_reached(reached, row, visit);
    }
    if (row == last) return;
    RowWords ones_left{};
    std::array<MonthsIn, kRowsTogether> months_left{};
    std::copy(ones.begin() + at(row), ones.begin() + at(last), ones_left.begin());
    std::copy(months.begin() + at(row), months.begin() + at(last), months_left.begin());
    const RowWords reached = grow_together(ones_left.data(), months_left.data());
    std::copy(months_left.begin(), months_left.begin() + at(last - row), months.begin() + at(row));
    for_each_reached(reached, row, visit);
  }

 private:
  static constexpr std::size_t kRowsTogether = 8;  ///< a cache line of months
  using RowWords = std::array<std::uint64_t, kRowsTogether>;
  using RowBytes = std::array<std::uint8_t, sizeof(RowWords)>;

  static constexpr std::ptrdiff_t at(std::size_t row) { return static_cast<std::ptrdiff_t>(row); }

  /// Something in the word of each row of whom a state reaches such a month.
  RowWords grow_together(const std::uint64_t* ones, MonthsIn* months) const;

  template <class Visit>
  static void for_each_reached(const RowWords& reached, std::size_t first, Visit&& visit) {
    std::uint64_t any = 0;
    for (const std::uint64_t word : reached) any |= word;
    if (any == 0) return;
    for (std::size_t i = 0; i < kRowsTogether; ++i)
      if (reached[i] != 0) visit(static_cast<Row>(first + i));
  }

  std::vector<std::array<std::uint64_t, 256>> of_byte_;  ///< [byte of a state mask][value]
  std::vector<RowBytes> asked_;                          ///< months that matter, one for each slot of each row; 0: none
};

}  // namespace sleutel
