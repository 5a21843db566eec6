#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("a household moves as a whole and leaves its home to others") {
  TownMaker maker;
  maker.family(45, 2, maker.home());
  for (int i = 0; i < 8; ++i) maker.home();
  Town town(maker.finished(small_model(), town_flows()));
  town.switches.arrivals = false;
  for (Row row = 0; row < 4; ++row) town.city.residents.states[row].set(kDebt);
  town.ask(EventKind::moving, 0);
  town.live();
  REQUIRE(town.count(EventKind::moving) == 4);
  REQUIRE(town.city.dwellings.households[0] == 0);
  const Row home = town.city.households.dwelling[town.household(0)];
  REQUIRE(home != 0);
  REQUIRE(town.city.households.buurt[town.household(0)] == town.city.dwellings.buurt[home]);
  REQUIRE(town.has(3, kDebt));
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("nobody moves without a vacant home, without competition, or out of an institution") {
  Town town(400);
  town.flows.care_home = 0;
  Row who = 0;
  SECTION("no competition") { town.switches.competition = false; }
  SECTION("nothing vacant") { town.city.dwellings.places.assign(town.city.dwellings.count(), 0); }
  SECTION("institution") {
    who = town.find([&](Row row) { return town.city.residents.is(row, kInstitution); });
  }
  town.switches.arrivals = false;
  town.ask(EventKind::moving, who);
  town.live();
  REQUIRE(town.count(EventKind::moving) == 0);
}

TEST_CASE("free places in an institution are taken by the very old who live alone") {
  Town town(600);
  town.switches.arrivals = town.switches.ties = false;
  town.flows.care_home = 1;
  const Row care = static_cast<Row>(town.city.dwellings.count() - 1);
  REQUIRE(town.city.dwellings.households[care] == 8);
  town.live();
  REQUIRE(town.city.dwellings.households[care] == town.city.dwellings.places[care]);
  REQUIRE(town.count(EventKind::moving) == 12);
  for (const Request& what : town.happened) {
    if (what.kind != EventKind::moving) continue;
    REQUIRE(town.city.residents.age_months(what.who, 0) >= kCareFromMonths);
    REQUIRE(town.city.residents.is(what.who, kInstitution));
    REQUIRE(town.city.households.kind[town.household(what.who)] == HouseholdKind::institution);
  }
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("one household more that moves, and one home more, change few other addresses", "[law]") {
  const Town first(4000);
  const auto addresses = [&](Row left_out) {
    Town town(first.start);
    town.switches.arrivals = town.switches.ties = false;
    for (Row home = 0; home < town.city.households.count(); ++home)
      if (pick(home, 21, 60) == 0 && home != left_out && town.city.households.size[home] > 0)
        town.ask(EventKind::moving, town.city.households.named_by[home]);
    town.live();
    return town.city.households.dwelling;
  };
  const auto with_all = addresses(kNone);
  int changed = 0, trials = 0;
  for (Row home = 0; home < with_all.size(); ++home) {
    if (pick(home, 21, 60) != 0 || first.city.households.size[home] == 0) continue;
    const auto now = addresses(home);
    for (Row other = 0; other < with_all.size(); ++other) changed += now[other] != with_all[other];
    if (++trials == 20) break;
  }
  INFO(static_cast<double>(changed) / trials << " households changed per household that moves");
  REQUIRE(changed < 4 * trials);
}
