#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

namespace {

/// A single man of 40 (row 0), a lone mother of 38 (row 1) with a child (row 2), a home each, and one vacant home.
City two_candidates() {
  TownMaker maker;
  maker.person(maker.household(maker.home()), Sex::male, 40);
  const Row home = maker.household(maker.home());
  const Row mother = maker.person(home, Sex::female, 38);
  maker.child(home, mother, 7);
  maker.home();
  return maker.finished(small_model(), town_flows());
}

}  // namespace

TEST_CASE("a new couple lives together with the children, and neither is separated or bereaved any more") {
  Town town(two_candidates());
  town.switches.arrivals = town.switches.ties = false;
  town.flows.same_sex = 0;
  Residents& all = town.city.residents;
  all.states[0].set(kSeparated);
  all.states[1].set(kBereaved);
  all.states[0].set(kDebt);
  town.city.households.classes[town.household(0)] = 4;
  town.ask(EventKind::partnering, 0);
  town.ask(EventKind::partnering, 1);
  town.live();
  REQUIRE(all.partner[0] == 1);
  REQUIRE(all.partner[1] == 0);
  REQUIRE(town.household(0) == town.household(1));
  REQUIRE(town.household(2) == town.household(1));
  REQUIRE_FALSE(town.has(0, kSeparated));
  REQUIRE_FALSE(town.has(1, kBereaved));
  REQUIRE(town.has(0, kWasSeparated));
  REQUIRE(town.has(1, kDebt));  // the debt comes along, with its class
  REQUIRE((town.city.households.classes[town.household(1)] & 4) == 4);
  REQUIRE(town.city.households.kind[town.household(0)] == HouseholdKind::couple_with_children);
  REQUIRE(town.count(EventKind::partnering) == 2);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("nobody partners without competition, alone, within a household, or beyond the limit of age") {
  Town town(two_candidates());
  town.flows.same_sex = 0;
  SECTION("competition off") { town.switches.competition = false; }
  SECTION("only one candidate") { town.city.residents.flags[0] = 0; }
  SECTION("too far apart in age") { town.city.residents.birth_month[0] = -12 * 60; }
  SECTION("no candidates of the sex that is sought") { town.city.residents.sex[0] = Sex::female; }
  town.ask(EventKind::partnering, 0);
  town.ask(EventKind::partnering, 1);
  EventContext now = town.ready();
  if (!town.switches.competition) {
    town.live();
  } else {
    town.requests.sort();
    find_partners(now, town.requests.all());
  }
  REQUIRE(town.city.residents.partner[1] == kNone);
}

TEST_CASE("two who live with their parents find a home of their own") {
  TownMaker maker;
  for (const Sex sex : {Sex::male, Sex::female}) {
    const Row home = maker.family(50, 0, maker.home());
    maker.person(home, sex, 24, kChildAtHome);
  }
  maker.home();
  Town town(maker.finished(small_model(), town_flows()));
  town.flows.same_sex = 0;
  town.switches.arrivals = false;
  town.ask(EventKind::partnering, 2);
  town.ask(EventKind::partnering, 5);
  town.live();
  REQUIRE(town.city.residents.partner[2] == 5);
  REQUIRE(town.city.households.size[town.household(2)] == 2);
  REQUIRE_FALSE(town.city.residents.is(2, kChildAtHome));
  REQUIRE(town.city.households.kind[town.household(0)] == HouseholdKind::couple);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("couples are near in age, and of one sex in about the declared share") {
  Town town(8000);
  town.flows.same_sex = 0.2;
  const Residents& all = town.city.residents;
  for (Row who = 0; who < all.size(); ++who)
    if (all.partner[who] == kNone && all.age_months(who, 0) >= kAdultMonths && !all.is(who, kInstitution))
      if (pick(all.id[who], 20, 6) == 0) town.ask(EventKind::partnering, who);
  const auto candidates = static_cast<double>(town.requests.all().size());
  town.switches.arrivals = town.switches.ties = false;
  town.live();
  double couples = 0, gap = 0, same = 0;
  for (const Request& what : town.happened) {
    const Row other = all.partner[what.who];
    if (what.kind != EventKind::partnering || what.id > all.id[other]) continue;
    ++couples;
    gap += std::abs(all.birth_month[what.who] - all.birth_month[other]);
    same += all.sex[what.who] == all.sex[other];
  }
  REQUIRE(candidates > 400);
  REQUIRE(2 * couples / candidates > 0.85);
  REQUIRE(gap / couples < 4 * 12);
  REQUIRE(std::abs(same / couples - 0.2) < 3.3 * std::sqrt(0.2 * 0.8 / couples));
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("one candidate more changes few couples", "[law]") {
  Town without(8000);
  std::vector<Row> candidates;
  const Residents& all = without.city.residents;
  for (Row who = 0; who < all.size(); ++who)
    if (all.partner[who] == kNone && all.age_months(who, 0) >= kAdultMonths && !all.is(who, kInstitution))
      if (pick(all.id[who], 20, 6) == 0) candidates.push_back(who);
  const auto partners = [&](std::size_t left_out) {
    Town town(without.start);
    town.switches.arrivals = town.switches.ties = false;
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (i != left_out) town.ask(EventKind::partnering, candidates[i]);
    town.live();
    return town.city.residents.partner;
  };
  const auto with_all = partners(candidates.size());
  int changed = 0, trials = 0;
  for (std::size_t left_out = 0; left_out < candidates.size(); left_out += candidates.size() / 20, ++trials) {
    const auto now = partners(left_out);
    for (const Row who : candidates) changed += now[who] != with_all[who];
  }
  INFO(static_cast<double>(changed) / trials << " residents changed per candidate of " << candidates.size());
  REQUIRE(changed < 8 * trials);
}
