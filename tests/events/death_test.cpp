#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

namespace {

City family_town(int children) {
  TownMaker town;
  town.family(45, children, town.home());
  town.family(40, 0, town.home());
  return town.finished(small_model(), town_flows());
}

}  // namespace

TEST_CASE("a death widows the partner, keeps the home, and is counted") {
  Town town(family_town(2));
  town.ask(EventKind::death, 0);
  town.live();
  REQUIRE_FALSE(town.city.residents.present(0));
  REQUIRE(town.has(1, kBereaved));
  REQUIRE(town.city.residents.partner[1] == kNone);
  REQUIRE(town.city.households.size[town.household(1)] == 3);
  REQUIRE(town.city.households.kind[town.household(1)] == HouseholdKind::lone_parent);
  REQUIRE(town.books.deaths == 1);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("the death of the last member frees the home") {
  TownMaker maker;
  maker.person(maker.household(maker.home()), Sex::male, 110);
  Town town(maker.finished(small_model(), town_flows()));
  town.switches.arrivals = false;
  REQUIRE(town.city.dwellings.households[0] == 1);
  town.ask(EventKind::death, 0);
  town.live();
  REQUIRE(town.city.dwellings.households[0] == 0);
  REQUIRE(town.residents() == 0);
  REQUIRE(check_city(town.city, 0).empty());
  town.live();  // an empty city goes on
  REQUIRE(town.residents() == 0);
}

TEST_CASE("both parents die in one month: the children go to a foster family together") {
  Town town(family_town(2));
  town.ask(EventKind::death, 0);
  town.ask(EventKind::death, 1);
  town.live();
  const Row family = town.household(4);
  REQUIRE(town.household(2) == family);
  REQUIRE(town.household(3) == family);
  REQUIRE(town.city.households.kind[family] == HouseholdKind::couple_with_children);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("orphans without any family in town stay together and are not lost") {
  TownMaker maker;
  const Row home = maker.household(maker.home());
  const Row mother = maker.person(home, Sex::female, 40);
  maker.child(home, mother, 10);
  maker.child(home, mother, 4);
  Town town(maker.finished(small_model(), town_flows()));
  town.switches.arrivals = false;
  town.ask(EventKind::death, mother);
  town.live();
  REQUIRE(town.residents() == 2);
  REQUIRE(town.city.households.reference[home] == 1);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("orphans go to their mother first, then to a tie") {
  TownMaker maker;
  const Row home = maker.household(maker.home());
  const Row father = maker.person(home, Sex::male, 45);
  const Row mother_home = maker.household(maker.home());
  const Row mother = maker.person(mother_home, Sex::female, 44);
  const Row child = maker.child(home, mother, 9);
  const Row friends_home = maker.family(50, 0, maker.home());
  const Row friend_of_child = maker.city.households.first_member[friends_home];
  maker.city.residents.ties[child][0] = friend_of_child;
  maker.city.residents.ties[friend_of_child][0] = child;
  Town town(maker.finished(small_model(), town_flows()));
  const bool mother_dies_too = GENERATE(false, true);
  if (mother_dies_too) town.ask(EventKind::death, mother);
  town.ask(EventKind::death, father);
  town.live();
  REQUIRE(town.household(child) == (mother_dies_too ? friends_home : mother_home));
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("who dies does nothing else in that month") {
  Town town(family_town(0));
  town.ask(EventKind::death, 0);
  town.ask(EventKind::separating, 0);
  town.ask(EventKind::birth, 0);
  town.ask(EventKind::moving, 0);
  town.live();
  REQUIRE(town.count(EventKind::separating) == 0);
  REQUIRE(town.count(EventKind::birth) == 0);
  REQUIRE_FALSE(town.has(1, kSeparated));
  REQUIRE(town.has(1, kBereaved));
}

TEST_CASE("with life events off people die and nothing else happens") {
  Town town(300);
  town.switches.life_events = false;
  const int before = town.residents();
  town.ask(EventKind::death, 5);
  town.ask(EventKind::birth, 7);
  town.ask(EventKind::leaving_city, 9);
  town.live();
  REQUIRE(town.residents() == before - 1);
  REQUIRE(town.happened.size() == 1);
}
