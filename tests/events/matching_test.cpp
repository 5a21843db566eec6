#include "sim/events/matching.h"

#include <catch2/catch.hpp>

#include "sleutel/random.h"

using namespace sleutel;

namespace {

std::uint64_t cost_between(std::size_t one, std::size_t other, std::uint64_t different) {
  return mixed(one * 1000 + other + 77) % different;
}

/// As it is meant: all pairs in order, each made if both sides are free.
std::vector<Pair> by_sorting(std::vector<Pair> pairs, std::size_t candidates) {
  std::vector<bool> taken(candidates);
  std::vector<Pair> made;
  std::sort(pairs.begin(), pairs.end());
  for (const Pair pair : pairs) {
    if (taken[pair.one()] || taken[pair.other()]) continue;
    taken[pair.one()] = taken[pair.other()] = true;
    made.push_back(pair);
  }
  return made;
}

}  // namespace

TEST_CASE("the cheapest pair is made first, then the cheapest of the rest; equal costs go by place") {
  const std::size_t candidates = GENERATE(0, 1, 2, 3, 90);
  const std::uint64_t different = GENERATE(1, 5, 1'000'000);  // costs: all equal, many equal, hardly any
  const std::size_t reach = GENERATE(1, 7, 1000);
  Pairs pairs;
  std::vector<Pair> all;
  for (int again = 0; again < 2; ++again) {  // the memory is used again
    pairs.clear();
    all.clear();
    for (std::size_t i = 0; i < candidates; ++i) {
      const auto near = [&](std::size_t j) { return j - i <= reach; };
      pairs.add_for(
          i, candidates, near, [&](std::size_t j) { return cost_between(i, j, different); }, 0, different);
      for (std::size_t j = i + 1; j < candidates && near(j); ++j)
        all.push_back({cost_between(i, j, different) << 32 | i << 16 | j});
    }
    REQUIRE(pairs.count() == all.size());
    const std::span<Pair> found = pairs.match(candidates);
    std::vector<Pair> made(found.begin(), found.end());
    std::sort(made.begin(), made.end());
    REQUIRE(made == by_sorting(all, candidates));
    REQUIRE(pairs.count() == 0);
  }
}

TEST_CASE("pairs outside the costs asked for, too far apart, or that do not pass are left out") {
  Pairs pairs;
  const std::uint64_t costs[] = {0, 3, 4, 5, 9, 4};  // of the first with the others
  const auto list = [&] {
    pairs.clear();
    pairs.add_for(
        0, 6, [](std::size_t j) { return j < 5; }, [&](std::size_t j) { return costs[j]; }, 4, 9);
  };
  list();
  REQUIRE(pairs.count() == 2);  // 4 and 5: 3 is below, 9 is not in, the last is not near
  pairs.keep([](std::size_t one, std::size_t other) { return one == 0 && other != 2; });
  const std::span<Pair> made = pairs.match(6);
  REQUIRE(made.size() == 1);
  REQUIRE(made[0].one() == 0);
  REQUIRE(made[0].other() == 3);
  list();
  REQUIRE(pairs.match(6)[0].other() == 2);
}
