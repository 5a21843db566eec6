#include <catch2/catch.hpp>
#include <set>

#include "sim/events/check.h"
#include "sim/events/schooling.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("arrivals are keyed copies of the start city, with homes, frozen strata and no past in town") {
  Town town(3000);
  Residents& all = town.city.residents;
  const std::size_t before = all.size();
  for (std::size_t i = 0; i < before; ++i) {  // the present city changes, the start does not
    all.education[i] = Education::low;
    all.states[i].set(kUnemployed);
  }
  town.switches.ties = false;
  town.month = 30;
  EventContext now = town.ready();
  let_arrive(now);
  REQUIRE(town.books.arrivals == static_cast<std::int64_t>(all.size() - before));
  int high = 0;
  for (Row row = static_cast<Row>(before); row < all.size(); ++row) {
    high += all.education[row] == Education::high;
    REQUIRE((all.id[row] >> 62) == 1);
    REQUIRE(((all.id[row] >> 24) & 0xffffffff) == 30);
    REQUIRE_FALSE(town.has(row, kUnemployed));
    REQUIRE(all.stratum_buurt[row] == town.city.households.buurt[town.household(row)]);
    REQUIRE(all.stratum_education[row] == stratum_of_education(town.city, row, 30));
    REQUIRE(all.stratum_income[row] == town.city.households.income_group[town.household(row)]);
    REQUIRE(all.age_months(row, 30) >= 0);
    for (const Row tie : all.ties[row]) REQUIRE(tie == kNone);
  }
  REQUIRE(high > 0);
}

TEST_CASE("who arrives brings all that a resident of the start has of himself, and no programmes or shocks") {
  Town town(3000);
  for (std::size_t i = 0; i < town.start.residents.size(); ++i) {
    Residents& start = town.start.residents;
    const auto number = static_cast<std::uint8_t>(i % 200);
    start.programmes[i] = start.considered[i] = i;
    start.shock_fast[i] = start.shock_slow[i] = number;
    start.stress_slow[i] = start.mastery[i] = start.adversity[i] = start.classes[i] = start.parity[i] = number;
    start.months_in[i].fill(number);
    start.latent[i].fill(static_cast<std::int8_t>(number / 2));
  }
  town.month = 7;
  Residents& all = town.city.residents;
  const std::size_t before = all.size();
  EventContext now = town.ready();
  let_arrive(now);
  const Residents& start = town.start.residents;
  const std::vector<Row>& sources = town.memory.others;
  REQUIRE(all.size() - before > 20);
  for (std::size_t row = before; row < all.size(); ++row) {
    const Row source = sources[row - before];
    REQUIRE(all.sex[row] == start.sex[source]);
    REQUIRE(all.age_months(static_cast<Row>(row), 7) == start.age_months(source, 0));
    REQUIRE(all.parity[row] == start.parity[source]);
    REQUIRE(all.states[row] == start.states[source]);
    REQUIRE(all.months_in[row] == start.months_in[source]);
    REQUIRE(all.stress_slow[row] == start.stress_slow[source]);
    REQUIRE(all.mastery[row] == start.mastery[source]);
    REQUIRE(all.adversity[row] == start.adversity[source]);
    REQUIRE(all.classes[row] == start.classes[source]);
    REQUIRE(all.latent[row] == start.latent[source]);
    REQUIRE(all.income[row] == start.income[source]);
    REQUIRE((all.programmes[row] | all.considered[row] | all.shock_fast[row] | all.shock_slow[row]) == 0);
  }
}

TEST_CASE("who arrives does not depend on who lives in the city") {
  Town town(3000);
  Town other(town.start);
  for (Row who = 0; who < 40; ++who)
    if (other.city.residents.present(who)) other.ask(EventKind::death, who);
  town.switches.ties = other.switches.ties = false;
  for (int month = 0; month < 6; ++month) {
    town.live();
    other.live();
    std::set<std::uint64_t> one, two;
    for (const Request& what : town.happened)
      if (what.kind == EventKind::arrival) one.insert(what.id);
    for (const Request& what : other.happened)
      if (what.kind == EventKind::arrival) two.insert(what.id);
    REQUIRE_FALSE(one.empty());
    REQUIRE(one == two);
  }
}

// 48 months of about 43 persons; the target is met by construction up to the size of the last household of a month.
TEST_CASE("as many people arrive as declared, and the young more than others") {
  Town town(3000);
  town.switches.ties = false;
  const double months = 48;
  for (int month = 0; month < 48; ++month) town.live();
  const double expected = town.memory.arrivals_per_month * months;
  REQUIRE(std::abs(static_cast<double>(town.books.arrivals) / expected - 1) < 0.05);
  double young = 0, all = 0, young_at_start = 0, start = 0;
  for (Row who = 0; who < town.city.residents.size(); ++who) {
    const bool arrived = (town.city.residents.id[who] >> 62) == 1;
    const int age = town.city.residents.age_months(who, arrived ? 24 : 0) / 12;
    if (age < 18 || town.city.residents.is(who, kInstitution)) continue;
    (arrived ? all : start) += 1;
    (arrived ? young : young_at_start) += age < 35;
  }
  REQUIRE(young / all > 1.3 * young_at_start / start);
  REQUIRE(check_city(town.city, 48).empty());
}

TEST_CASE("couples and mothers among arrivals are linked to each other") {
  TownMaker maker;
  maker.family(40, 2, maker.home());
  for (int i = 0; i < 20; ++i) maker.home();
  Town town(maker.finished(small_model(), town_flows()));
  town.memory.arrivals_per_month = 4;
  town.switches.ties = false;
  town.live();
  REQUIRE(town.city.residents.size() == 8);
  REQUIRE(town.city.residents.partner[4] == 5);
  REQUIRE(town.city.residents.mother[6] == 4);
  REQUIRE(town.city.households.kind[town.household(4)] == HouseholdKind::couple_with_children);
  REQUIRE(check_city(town.city, 0).empty());
}
