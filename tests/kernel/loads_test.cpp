// Stress loads move on by a month as relaxed() says, with the marks that LoadMarks promises, in every form.
#include "sim/kernel/loads.h"

#include <catch2/catch.hpp>

#include "tests/kernel/random_model.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

struct LoadsOfMany {
  LoadsOfMany(std::uint64_t seed, std::size_t count) {
    Dice dice(seed);
    const auto any = [&] { return static_cast<std::uint16_t>(dice.chance(0.1) ? 65535 : dice.word() & 0xffff); };
    for (std::size_t i = 0; i < count; ++i) {
      load.push_back(any());
      added.push_back(dice.chance(0.5) ? 0 : any());
      const std::uint16_t near = kernel::relaxed(load[i], 40000, added[i]);  // so that ends of ranges are met
      low.push_back(dice.chance(0.3) ? near : any());
      high.push_back(dice.chance(0.3) ? near : any());
      stale.push_back(static_cast<std::uint8_t>(dice.word() & 64));
    }
  }
  std::vector<std::uint16_t> load, added, low, high;
  std::vector<std::uint8_t> stale;
};

constexpr std::uint8_t kOut = 2, kOther = 8;

/// Word for word.
void relax_each(LoadsOfMany& of, std::uint32_t keep, const std::vector<kernel::LoadLevels>& levels) {
  for (std::size_t i = 0; i < of.load.size(); ++i) {
    const std::uint16_t before = of.load[i];
    const std::uint16_t next = kernel::relaxed(before, keep, of.added[i]);
    of.load[i] = next;
    int marks = next < of.low[i] || next > of.high[i] ? kOut : 0;
    for (const kernel::LoadLevels& read : levels)
      if (read.level_of(before) != read.level_of(next)) marks |= kOther;
    of.stale[i] = static_cast<std::uint8_t>(of.stale[i] | marks);
  }
}

}  // namespace

TEST_CASE("loads move on as each alone would, in every form", "[law]") {
  const auto levels = GENERATE(std::vector<kernel::LoadLevels>{}, std::vector<kernel::LoadLevels>{{2048, 20}},
                               std::vector<kernel::LoadLevels>{{4, 65535}, {32768, 1}},
                               std::vector<kernel::LoadLevels>{{1000, 30}},  // no power of two
                               std::vector<kernel::LoadLevels>{{8, 9}, {16, 9}, {64, 9}, {256, 9}, {512, 9}});
  const std::uint32_t keep = GENERATE(1U, 16384U, 40000U, 65535U);
  const std::size_t count = GENERATE(std::size_t{1}, std::size_t{31}, std::size_t{32}, std::size_t{2500});
  for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
    if (isa > best_isa()) continue;
    LoadsOfMany asked(count, count), each = asked;
    kernel::relax({asked.load.data(), asked.added.data(), asked.low.data(), asked.high.data(), asked.stale.data()},
                  count, keep, {kOut, kOther, levels}, isa);
    relax_each(each, keep, levels);
    CAPTURE(name_of(isa), keep, count);
    REQUIRE(asked.load == each.load);
    REQUIRE(asked.stale == each.stale);
  }
}
