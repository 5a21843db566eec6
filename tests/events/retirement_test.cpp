#include <catch2/catch.hpp>

#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("at the state pension age the income becomes a pension, once") {
  TownMaker maker;
  const Row home = maker.household(maker.home());
  const Row who = maker.person(home, Sex::male, 66);
  maker.city.residents.income[who] = 40000;
  maker.city.residents.states[who].set(kUnemployed);
  maker.city.residents.birth_month[who] = -kPensionMonths + 2;
  Town town(maker.finished(small_model(), town_flows()));
  town.switches.arrivals = false;
  REQUIRE(town.city.households.income[home] == 28000);
  town.live();
  REQUIRE(town.count(EventKind::retirement) == 0);
  town.live();
  town.live();
  REQUIRE(town.count(EventKind::retirement) == 1);
  REQUIRE(town.city.residents.income[who] == 32000);
  REQUIRE(town.city.households.income[home] == 32000);
  town.live();
  REQUIRE(town.city.residents.income[who] == 32000);
}
