#include "sim/engine/durations.h"

#include <algorithm>

namespace sleutel {

namespace {

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
      if (months == MonthsIn{}) return lists;
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
    const std::size_t word = state / 64;
    const auto shift = static_cast<int>(state % 64 / 8 * 8);
    const bool known = !bytes_.empty() && bytes_.back().word == word && bytes_.back().shift == shift;
    if (!known) bytes_.push_back({word, shift, {}});
    for (std::size_t value = 0; value < 256; ++value)
      if (((value >> (state % 8)) & 1U) != 0)
        bytes_.back().slots[value] = static_cast<std::uint8_t>(bytes_.back().slots[value] | 1U << slot);
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
  asked_ = asked.lists();
}

}  // namespace sleutel
