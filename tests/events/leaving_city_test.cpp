#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("a household leaves the city as a whole, and its home becomes free") {
  TownMaker maker;
  maker.family(45, 3, maker.home());
  maker.family(40, 0, maker.home());
  Town town(maker.finished(small_model(), town_flows()));
  town.switches.arrivals = false;
  town.city.residents.ties[5][0] = 0;
  town.city.residents.ties[0][0] = 5;
  town.ask(EventKind::leaving_city, 1);
  town.live();
  REQUIRE(town.books.departures == 5);
  REQUIRE(town.count(EventKind::leaving_city) == 5);
  REQUIRE(town.residents() == 2);
  REQUIRE(town.city.dwellings.households[0] == 0);
  REQUIRE(tie_of(town.city.residents, 5, 0) == kNone);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("who leaves alone leaves nobody without care") {
  TownMaker maker;
  const Row home = maker.household(maker.home());
  const Row mother = maker.person(home, Sex::female, 40);
  maker.child(home, mother, 10);
  const Row other_child = maker.person(home, Sex::male, 12, kChildAtHome);
  const Row fosters = maker.family(40, 0, maker.home());
  Town town(maker.finished(small_model(), town_flows()));
  EventContext now = town.ready();
  leave_city_alone(now, mother);
  REQUIRE(town.books.departures == 2);  // she and her own child
  REQUIRE(town.household(other_child) == fosters);
  REQUIRE(check_city(town.city, 0).empty());
}
