#include "sim/engine/durations.h"

#include <algorithm>
#include <cstring>

namespace sleutel {

namespace {

std::uint64_t word_of(const MonthsIn& months) {
  std::uint64_t word;
  std::memcpy(&word, &months, sizeof word);
  return word;
}

/// Months that matter, for each slot.
class MonthsAsked {
 public:
  void add(int slot, int month) {
    if (slot < 0 || month <= 0 || month > 255) return;
    std::vector<int>& list = of_slot_[static_cast<std::size_t>(slot)];
    if (std::find(list.begin(), list.end(), month) == list.end()) list.push_back(month);
  }

  /// The first month of each slot, the second ...
  std::vector<MonthsIn> lists() const {
    std::vector<MonthsIn> lists;
    for (std::size_t i = 0;; ++i) {
      MonthsIn months{};
      for (std::size_t slot = 0; slot < months.size(); ++slot)
        if (i < of_slot_[slot].size()) months[slot] = static_cast<std::uint8_t>(of_slot_[slot][i]);
      if (word_of(months) == 0) return lists;
      lists.push_back(months);
    }
  }

 private:
  std::array<std::vector<int>, kMonthsInSlots> of_slot_;
};

int slot_of(const Model& model, int state) {
  return state < 0 ? -1 : model.states[static_cast<std::size_t>(state)].months_slot;
}

}  // namespace

DurationRules::DurationRules(const Model& model, const Observed& observed) {
  for (std::size_t state = 0; state < model.states.size(); ++state) {
    const int slot = model.states[state].months_slot;
    if (slot < 0) continue;
    MonthsIn one{};
    one[static_cast<std::size_t>(slot)] = 1;
    if (of_byte_.size() <= state / 8) of_byte_.resize(state / 8 + 1);
    for (std::size_t value = 0; value < 256; ++value)
      if (((value >> (state % 8)) & 1U) != 0) of_byte_[state / 8][value] |= word_of(one);
  }
  MonthsAsked asked;
  for (const Matrix& matrix : model.matrix) {
    for (const Derived& derived : matrix.derived) {
      if (derived.kind != DerivedKind::duration) continue;
      asked.add(slot_of(model, derived.which), derived.from_month);
      asked.add(slot_of(model, derived.which), derived.until_month);
    }
    for (const TableAttribute& attribute : matrix.attributes)
      for (const int month : attribute.band_from) asked.add(slot_of(model, attribute.state), month);
  }
  for (const Observed::Within& within : observed.within) asked.add(within.slot, 12);
  for (const MonthsIn& months : asked.lists()) {
    RowBytes of_rows;
    for (std::size_t i = 0; i < of_rows.size(); ++i) of_rows[i] = months[i % months.size()];
    asked_.push_back(of_rows);
  }
}

/// Loops over bytes, without a choice in them, so that the compiler turns them into vectors.
DurationRules::RowWords DurationRules::grow_together(const std::uint64_t* ones, MonthsIn* months) const {
  RowBytes one, month, reached{};
  std::memcpy(one.data(), ones, sizeof one);
  std::memcpy(month.data(), months, sizeof month);
  for (std::size_t i = 0; i < month.size(); ++i)
    month[i] = static_cast<std::uint8_t>(month[i] + (one[i] & static_cast<std::uint8_t>(month[i] != 255)));
  std::memcpy(months, month.data(), sizeof month);
  for (const RowBytes& asked : asked_)
    for (std::size_t i = 0; i < month.size(); ++i)
      reached[i] = static_cast<std::uint8_t>(reached[i] | static_cast<std::uint8_t>(month[i] == asked[i]));
  for (std::size_t i = 0; i < month.size(); ++i) reached[i] = static_cast<std::uint8_t>(reached[i] & one[i]);
  RowWords words;
  std::memcpy(words.data(), reached.data(), sizeof words);
  return words;
}

}  // namespace sleutel
