#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

namespace {

/// Parents (rows 0 and 1) and a child of 19 (row 2); homes and a student house with rooms.
City family_with_adult_child() {
  TownMaker maker;
  const Row home = maker.family(48, 0, maker.home());
  maker.child(home, 0, 19);
  for (int i = 0; i < 4; ++i) maker.home();
  maker.dwelling(Tenure::private_rent, DwellingKind::student_house, 5, 1);
  return maker.finished(small_model(), town_flows());
}

}  // namespace

TEST_CASE("an adult child leaves for a home, a room, or out of the city") {
  Town town(family_with_adult_child());
  town.switches.arrivals = false;
  Residents& all = town.city.residents;
  const Row child = 2;
  for (Row row = 0; row < 3; ++row) all.states[row].set(kDebt);
  all.education[child] = Education::middle;
  set_flag(all, child, kLearning);
  all.income[child] = 0;
  town.flows.leaving_home_out_of_city = 0;
  town.flows.leaving_home_for_study = 0;
  SECTION("a home of his own") {
    town.ask(EventKind::leaving_home, child);
    town.live();
    REQUIRE(town.household(child) != town.household(0));
    REQUIRE_FALSE(all.is(child, kChildAtHome));
    REQUIRE_FALSE(all.is(child, kStudent));
    REQUIRE_FALSE(town.has(child, kDebt));  // the debt stays with the parents
    REQUIRE(town.has(0, kDebt));
    REQUIRE(town.city.households.kind[town.household(0)] == HouseholdKind::couple);
  }
  SECTION("a room") {
    town.flows.leaving_home_for_study = 1;
    town.ask(EventKind::leaving_home, child);
    town.live();
    REQUIRE(all.is(child, kStudent));
    const Row home = town.household(child);
    REQUIRE(town.city.dwellings.kind[town.city.households.dwelling[home]] == DwellingKind::student_house);
    REQUIRE(town.city.households.student_house[home] == 1);
    REQUIRE(town.city.households.income_group[home] == kIncomeStudentOrInstitution);
  }
  SECTION("out of the city") {
    town.flows.leaving_home_out_of_city = 1;
    town.ask(EventKind::leaving_home, child);
    town.live();
    REQUIRE_FALSE(all.present(child));
    REQUIRE(town.books.departures == 1);
  }
  REQUIRE(town.count(EventKind::leaving_home) == 1);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("parents and minors do not leave home") {
  Town town(family_with_adult_child());
  town.city.residents.birth_month[2] = -12 * 12;
  town.switches.arrivals = false;
  town.ask(EventKind::leaving_home, 0);
  town.ask(EventKind::leaving_home, 2);
  town.live();
  REQUIRE(town.happened.empty());
}

TEST_CASE("a young mother takes her child along") {
  Town town(family_with_adult_child());
  town.switches.arrivals = false;
  town.flows.leaving_home_out_of_city = 0;
  town.city.residents.sex[2] = Sex::female;
  EventContext now = town.ready();
  give_birth(now, 2);
  leave_home(now, 2);
  REQUIRE(town.household(3) == town.household(2));
  REQUIRE(town.city.households.kind[town.household(2)] == HouseholdKind::lone_parent);
  REQUIRE(check_city(town.city, 0).empty());
}
