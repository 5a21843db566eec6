#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

namespace {

/// A mother (row 0), a father (row 1), two minors and an adult child, with a vacant home in town.
City one_family() {
  TownMaker maker;
  const Row home = maker.family(48, 0, maker.home());
  maker.child(home, 0, 19);
  maker.child(home, 0, 9);
  maker.child(home, 0, 6);
  maker.home();
  maker.home();
  return maker.finished(small_model(), town_flows());
}

}  // namespace

TEST_CASE("a separation makes two households, two incomes and a record for each minor") {
  Town town(one_family());
  town.switches.arrivals = town.switches.ties = false;
  Residents& all = town.city.residents;
  all.income[0] = 26000;
  all.income[1] = 40000;
  for (Row row = 0; row < 5; ++row) all.states[row].set(kDebt);
  town.city.households.classes[0] = 4;
  town.ask(EventKind::separating, 0);
  town.live();
  REQUIRE(all.partner[0] == kNone);
  REQUIRE(all.partner[1] == kNone);
  REQUIRE(town.household(0) != town.household(1));
  REQUIRE(town.household(3) == town.household(4));
  REQUIRE(town.has(0, kSeparated));
  REQUIRE(town.has(1, kSeparated));
  REQUIRE(all.shock_fast[0] == 4096);
  REQUIRE(all.adversity[2] == 0);
  REQUIRE(all.adversity[3] == 1);
  REQUIRE(all.adversity[4] == 1);
  for (const Row who : {0U, 1U}) {
    REQUIRE(town.has(who, kDebt));  // both households keep the debt, and its class
    REQUIRE(town.city.households.classes[town.household(who)] == 4);
  }
  const bool with_mother = town.household(3) == town.household(0);
  const Row alone = with_mother ? 1 : 0;
  REQUIRE(town.city.households.size[town.household(alone)] == 1);
  REQUIRE(town.city.households.income[town.household(alone)] == all.income[alone]);
  REQUIRE(town.city.dwellings.households[0] == 1);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("a couple separates once, whoever of the two asks, and asks however often") {
  Town town(one_family());
  town.ask(EventKind::separating, 1);
  town.ask(EventKind::separating, 0);
  town.ask(EventKind::separating, 0);
  town.live();
  REQUIRE(town.count(EventKind::separating) == 2);
  REQUIRE(check_city(town.city, 0).empty());
}

// Each couple of 1,500 is asked for with a monthly chance p, over 24 months. The number of separations per couple-month
// must be p, not 2 p: false alarm below 1 in 1,000 (3.3 standard errors of a binomial).
TEST_CASE("couples separate at the rate of the lane, not twice it") {
  Town town(3000);
  town.switches.arrivals = town.switches.ties = town.switches.competition = false;
  const double p = 0.01;
  double asked_couple_months = 0;
  int separations = 0;
  for (int month = 0; month < 24; ++month) {
    const Residents& all = town.city.residents;
    for (Row who = 0; who < all.size(); ++who) {
      if (!all.present(who) || all.partner[who] == kNone || all.id[all.partner[who]] < all.id[who]) continue;
      ++asked_couple_months;
      if (uniform({town.key, all.id[who], static_cast<std::uint32_t>(month), Purpose::states(6)}) < p)
        town.ask(EventKind::separating, who);
    }
    town.live();
    separations += town.count(EventKind::separating) / 2;
  }
  const double rate = separations / asked_couple_months;
  const double error = std::sqrt(p / asked_couple_months);
  REQUIRE(std::abs(rate - p) < 3.3 * error);
  REQUIRE(std::abs(rate - 2 * p) > 3.3 * error);
}

// False alarm below 1 in 1,000; a share of one half would be rejected.
TEST_CASE("minors live with the mother in the declared share of separations") {
  Town town(6000);
  town.switches.arrivals = town.switches.ties = false;
  double with_mother = 0, separations = 0;
  for (Row who = 0; who < town.city.residents.size(); ++who) {
    const Residents& all = town.city.residents;
    if (!all.is(who, kChildAtHome) || all.age_months(who, 0) >= kAdultMonths) continue;
    const Row mother = all.mother[who];
    if (all.partner[mother] == kNone) continue;
    EventContext now = town.ready();
    separate(now, mother);
    ++separations;
    with_mother += town.household(who) == town.household(mother);
  }
  const double share = town.flows.children_with_mother;
  const double error = std::sqrt(share * (1 - share) / separations);
  REQUIRE(separations > 400);
  REQUIRE(std::abs(with_mother / separations - share) < 3.3 * error);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("a child of an earlier relation stays with the father") {
  TownMaker maker;
  const Row home = maker.family(48, 0, maker.home());
  const Row elsewhere = maker.household(maker.home());
  const Row mother = maker.person(elsewhere, Sex::female, 45);
  const Row child = maker.child(home, mother, 9);
  maker.home();
  Town town(maker.finished(small_model(), town_flows()));
  town.ask(EventKind::separating, 0);
  town.live();
  REQUIRE(town.household(child) == town.household(1));
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("without a vacant home the two go on in one dwelling") {
  TownMaker maker;
  maker.family(48, 1, maker.home());
  Town town(maker.finished(small_model(), town_flows()));
  town.switches.arrivals = false;
  town.ask(EventKind::separating, 0);
  town.live();
  REQUIRE(town.city.dwellings.households[0] == 2);
  REQUIRE(town.household(0) != town.household(1));
  REQUIRE(check_city(town.city, 0).empty());
}
