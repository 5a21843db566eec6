// Durations grow where a slot is on and stop at 255, and who reaches a month that is asked about is found, in every
// form.
#include "sim/kernel/durations.h"

#include <catch2/catch.hpp>
#include <vector>

#include "tests/kernel/random_model.h"

using namespace sleutel;
using namespace sleutel::test;
using kernel::SlotMonths;

namespace {

struct Columns {
  Columns(std::uint64_t seed, std::size_t count) : reached(count, 99) {
    Dice dice(seed);
    for (std::size_t i = 0; i < count; ++i) {
      slots.push_back(static_cast<std::uint8_t>(dice.word() & 255));
      SlotMonths of{};
      for (std::uint8_t& month : of)
        month = static_cast<std::uint8_t>(dice.chance(0.2) ? 253 + dice.below(3) : dice.below(30));
      months.push_back(of);
    }
  }
  std::vector<std::uint8_t> slots, reached;
  std::vector<SlotMonths> months;
};

/// Word for word.
void grow_each(Columns& of, const std::vector<SlotMonths>& asked) {
  for (std::size_t row = 0; row < of.months.size(); ++row) {
    of.reached[row] = 0;
    for (std::size_t slot = 0; slot < of.months[row].size(); ++slot) {
      if ((of.slots[row] >> slot & 1) == 0) continue;
      std::uint8_t& month = of.months[row][slot];
      month = static_cast<std::uint8_t>(month < 255 ? month + 1 : 255);
      for (const SlotMonths& list : asked)
        if (list[slot] == month) of.reached[row] = static_cast<std::uint8_t>(of.reached[row] | 1 << slot);
    }
  }
}

}  // namespace

TEST_CASE("durations grow as each alone would, in every form", "[law]") {
  const auto asked = GENERATE(std::vector<SlotMonths>{}, std::vector<SlotMonths>{{1, 2, 3, 12, 0, 255, 254, 6}},
                              std::vector<SlotMonths>{{1, 0, 3, 0, 0, 255, 0, 0}, {12, 12, 12, 12, 12, 12, 12, 12}},
                              std::vector<SlotMonths>(9, SlotMonths{5, 6, 7, 8, 9, 10, 11, 12}));
  const std::size_t count = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{8}, std::size_t{1003});
  for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
    if (isa > best_isa()) continue;
    Columns together(count, count), each = together;
    kernel::grow(together.slots, together.months, asked, isa, together.reached.data());
    grow_each(each, asked);
    CAPTURE(name_of(isa), count);
    REQUIRE(together.months == each.months);
    REQUIRE(together.reached == each.reached);
  }
}
