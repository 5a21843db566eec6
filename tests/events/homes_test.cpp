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
    const Row home = find_home(now, {seeker, false, pick(seeker, 30, 5)});
    REQUIRE(home != kNone);
    REQUIRE(town.city.dwellings.households[home] < town.city.dwellings.places[home]);
    REQUIRE(market_of(town.city.dwellings, home) != HomeMarket::institution);
  }
  REQUIRE(market_of(town.city.dwellings, find_home(now, {5, true, 0})) == HomeMarket::student);
}

// 2,000 seekers of one class; false alarm below 1 in 1,000, and the shares of all homes would be rejected.
TEST_CASE("seekers look first where households of the start that are like them live") {
  Town town(2000);
  EventContext now = town.ready();
  town.memory.homes_like.assign(kSeekerClasses, {3, 1, 0, 0, 0});
  double owned = 0;
  for (std::uint64_t seeker = 1; seeker <= 2000; ++seeker) {
    const HomeMarket market = market_of(town.city.dwellings, find_home(now, {seeker, false, 0}));
    REQUIRE((market == HomeMarket::owner || market == HomeMarket::social_rent));
    owned += market == HomeMarket::owner;
  }
  REQUIRE(std::abs(owned / 2000 - 0.75) < 3.3 * std::sqrt(0.75 * 0.25 / 2000));
}

TEST_CASE("nobody must share while a home that is not open to him is vacant; who could stay does") {
  TownMaker maker;
  maker.family(40, 0, maker.dwelling(Tenure::private_rent, DwellingKind::multi_family, 1, 0));
  const Row owned = maker.dwelling(Tenure::owner, DwellingKind::single_family, 1, 0);
  Town town(maker.finished(small_model(), town_flows()));
  town.memory.homes_like.assign(kSeekerClasses, {0, 0, 1, 0, 0});
  EventContext now = town.ready();
  REQUIRE(find_home(now, {1, false, 0}) == kNone);
  REQUIRE(find_home_or(now, {1, false, 0}, 0) == owned);
}

TEST_CASE("a room is for one") {
  TownMaker maker;
  maker.family(40, 0, maker.home());
  const Row room = maker.dwelling(Tenure::private_rent, DwellingKind::student_house, 5, 1);
  Town town(maker.finished(small_model(), town_flows()));
  EventContext now = town.ready();
  REQUIRE(find_home_or(now, {1, false, 0, false, true}, 0) == room);
  REQUIRE(find_home_or(now, {1, false, 0, false, false}, 0) == 0);
}

TEST_CASE("nothing vacant: no home is found, unless there is no competition") {
  TownMaker maker;
  for (int i = 0; i < 5; ++i) maker.family(40, 0, maker.home());
  Town town(maker.finished(small_model(), town_flows()));
  EventContext now = town.ready();
  REQUIRE(find_home(now, {1, false, 3}) == kNone);
  REQUIRE(find_home_or(now, {1, false, 3}, 4) == 4);
  town.switches.competition = false;
  REQUIRE(find_home(now, {1, false, 3}) != kNone);
}

TEST_CASE("a city without dwellings has no home for anybody") {
  Town town(City{});
  EventContext now = town.ready();
  REQUIRE(any_home(now, {1, false, 2}) == kNone);
  REQUIRE(find_home(now, {1, true, 2}) == kNone);
}

TEST_CASE("whatever empties a home while markets are open marks it") {
  Town town(60);
  EventContext now = town.ready();
  REQUIRE(marks_are_complete(now));
  int emptied = 0;
  const auto after = [&](auto&& event, auto&& fits) {
    const Row who = town.find(fits);
    if (who == kNone) return;
    event(now, who);
    ++emptied;
    REQUIRE(marks_are_complete(now));
  };
  const auto& all = town.city.residents;
  const auto adult = [&](Row row) { return all.age_months(row, 0) >= kAdultMonths; };
  for (int round = 0; round < 8; ++round) {
    after(separate, [&](Row row) { return all.partner[row] != kNone; });
    after(leave_home, [&](Row row) { return all.is(row, kChildAtHome) && adult(row); });
    after(die, [&](Row row) { return adult(row) && town.city.households.size[all.household[row]] == 1; });
    after(leave_city, [&](Row row) { return adult(row) && town.city.households.size[all.household[row]] > 1; });
    after(leave_city_alone, adult);
  }
  REQUIRE(emptied > 20);
  // Homes that empty behind the events' back are noticed.
  for (auto& households : town.city.dwellings.households) households = 0;
  REQUIRE_FALSE(marks_are_complete(now));
}
