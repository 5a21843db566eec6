#include "sim/events/homes.h"

#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("a seeker gets a vacant home of a market that is open to the income") {
  Town town(2000);
  EventContext now = town.ready();
  for (std::uint64_t seeker = 1; seeker < 300; ++seeker) {
    const int group = pick(seeker, 30, 5);
    const Row home = find_home(now, seeker, false, group);
    REQUIRE(home != kNone);
    REQUIRE(town.city.dwellings.households[home] < town.city.dwellings.places[home]);
    const HomeMarket market = market_of(town.city.dwellings, home);
    if (group == 0) REQUIRE(market != HomeMarket::owner);
    if (group > 2) REQUIRE(market != HomeMarket::social_rent);
    REQUIRE(market != HomeMarket::institution);
  }
  REQUIRE(market_of(town.city.dwellings, find_home(now, 5, true, 0)) == HomeMarket::student);
}

TEST_CASE("nothing vacant: no home is found, unless there is no competition") {
  TownMaker maker;
  for (int i = 0; i < 5; ++i) maker.family(40, 0, maker.home());
  Town town(maker.finished(small_model(), town_flows()));
  EventContext now = town.ready();
  REQUIRE(find_home(now, 1, false, 3) == kNone);
  REQUIRE(find_home_or(now, 1, false, 3, 4) == 4);
  town.switches.competition = false;
  REQUIRE(find_home(now, 1, false, 3) != kNone);
}

TEST_CASE("a city without dwellings has no home for anybody") {
  Town town(City{});
  EventContext now = town.ready();
  REQUIRE(any_home(now, 1, false, 2) == kNone);
  REQUIRE(find_home(now, 1, true, 2) == kNone);
}
