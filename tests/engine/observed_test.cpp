// Where the counts of a cell stand, and what is added up of them.
#include "sim/engine/observed.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

TEST_CASE("every count of every cell has a place of its own, and a cell begins with a cache line") {
  const StudyPlan plan = tiny_plan({});
  const Observed observed(*plan.arms[0].model);
  const CellLayout layout(observed);
  std::set<std::size_t> places;
  std::size_t counts = 0;
  for (int cell = 0; cell < 2; ++cell) {
    REQUIRE(layout.cell(cell) % CellLayout::kLine == 0);
    for (std::size_t outcome = 0; outcome < layout.outcomes; ++outcome, ++counts)
      places.insert(layout.cell(cell) + outcome);
    for (int segment = 0; segment < observed.segments; ++segment, counts += 2)
      places.insert({layout.cell(cell) + layout.persons(segment), layout.cell(cell) + layout.homes(segment)});
  }
  REQUIRE(places.size() == counts);
  REQUIRE(*places.rbegin() < layout.cell(2));
}

TEST_CASE("the sums of all threads are added up, means beyond 32 bits") {
  const StudyPlan plan = tiny_plan({});
  const Observed observed(*plan.arms[0].model);
  REQUIRE_FALSE(observed.means.empty());
  Tally tally;
  tally.shape.buurten = 1;
  tally.shape.measures = 2 * observed.outcomes;
  tally.sums.resize(static_cast<std::size_t>(tally.shape.cells()) * static_cast<std::size_t>(tally.shape.measures));
  std::vector<Sums> threads(2);
  const CellLayout layout(observed);
  const int mean = observed.means[0].outcome;
  const int segment = observed.segments_of[static_cast<std::size_t>(mean)].front();
  constexpr std::int64_t large = std::int64_t{3} << 40;
  for (Sums& sums : threads) {
    sums.clear(tally.shape, observed);
    sums.means[std::size_t{3} * kMaxMeans] = large;
    sums.counts[layout.cell(3) + layout.persons(segment)] = 2'000'000'000;
  }
  add_up(observed, threads, tally);
  REQUIRE(tally.at(3, 2 * mean) == 2 * large);
  REQUIRE(tally.at(4, 2 * mean) == 0);
  REQUIRE(tally.at(3, 2 * mean + 1) == 8'000'000'000);  // in half person-months
}

TEST_CASE("what holds for states together is what holds for each of them") {
  const StudyPlan plan = tiny_plan({});
  const Observed observed(*plan.arms[0].model);
  const std::array<std::uint8_t, kMonthsInSlots> long_ago = [] {
    std::array<std::uint8_t, kMonthsInSlots> months{};
    months.fill(255);
    return months;
  }();
  std::uint64_t all = 0;
  StateMask states;
  for_each_bit(observed.states, [&](int state) {
    StateMask one;
    one.set(state);
    REQUIRE(observed.held(one, long_ago) == observed.of_state[static_cast<std::size_t>(state)]);
    states.set(state);
    all |= observed.of_state[static_cast<std::size_t>(state)];
    REQUIRE(observed.held(states, long_ago) == all);
  });
  REQUIRE(all != 0);
}
