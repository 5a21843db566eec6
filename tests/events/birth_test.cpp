#include <catch2/catch.hpp>
#include <set>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("a newborn joins its mother's household, holds its states and its frozen strata") {
  TownMaker maker;
  const Row home = maker.family(30, 0, maker.home());
  Town town(maker.finished(small_model(), town_flows()));
  town.switches.arrivals = false;
  const Row mother = 0;
  Residents& all = town.city.residents;
  for (const Row row : {0U, 1U}) all.states[row].set(kDebt);
  all.months_in[mother][1] = 17;
  all.states[mother].set(kUnemployed);
  all.stratum_income[mother] = 2;
  all.stratum_education[mother] = Education::low;
  town.ask(EventKind::birth, mother);
  town.live();
  const Row child = 2;
  REQUIRE(all.size() == 3);
  REQUIRE(town.household(child) == home);
  REQUIRE(all.mother[child] == mother);
  REQUIRE((all.id[child] >> 63) == 1);
  REQUIRE(all.parity[mother] == 1);
  REQUIRE(all.is(child, kChildAtHome));
  REQUIRE(all.age_months(child, town.month) == 1);
  REQUIRE(town.has(child, kDebt));
  REQUIRE(all.months_in[child][1] == 17);
  REQUIRE_FALSE(town.has(child, kUnemployed));
  REQUIRE(all.adversity[child] == 0);
  REQUIRE(all.stratum_income[child] == 2);
  REQUIRE(all.stratum_education[child] == Education::low);
  REQUIRE(all.education[child] == Education::low);
  REQUIRE(all.is(child, kLearning));
  REQUIRE(town.city.households.kind[home] == HouseholdKind::couple_with_children);
  REQUIRE(town.books.births == 1);
  REQUIRE(check_city(town.city, 0).empty());
}

TEST_CASE("children of one mother have ids of their own, the same in every scenario") {
  TownMaker maker;
  maker.family(30, 0, maker.home());
  const City start = maker.finished(small_model(), town_flows());
  const auto children_of_ten_years = [&](int first_month) {
    Town town(start);
    town.switches.arrivals = false;
    town.month = first_month;
    std::set<std::uint64_t> ids;
    for (int i = 0; i < 10; ++i) {
      town.ask(EventKind::birth, 0);
      town.live();
    }
    for (std::size_t i = 2; i < town.city.residents.size(); ++i) ids.insert(town.city.residents.id[i]);
    return ids;
  };
  const auto ids = children_of_ten_years(0);
  REQUIRE(ids.size() == 10);
  REQUIRE(children_of_ten_years(40) == ids);  // named by mother and parity, not by the month
}

// 2,000 keyed newborns; false alarm below 1 in 1,000 (3.3 standard errors), and 0.6 would be rejected.
TEST_CASE("newborns: sex and positions have the declared distributions") {
  Town town(1000);
  town.switches.arrivals = false;
  const std::size_t before = town.city.residents.size();
  for (Row who = 0; who < before; ++who)
    if (town.city.residents.sex[who] == Sex::female && town.city.residents.is(who, kPresent)) {
      EventContext now = town.ready();
      for (int i = 0; i < 3; ++i) give_birth(now, who);
    }
  const auto n = static_cast<double>(town.city.residents.size() - before);
  double boys = 0, sum = 0, squares = 0;
  for (std::size_t i = before; i < town.city.residents.size(); ++i) {
    boys += town.city.residents.sex[i] == Sex::male;
    const double z = town.city.residents.latent[i][3] / 32.0;
    sum += z;
    squares += z * z;
  }
  REQUIRE(n > 2000);
  const double three_errors = 3.3 / std::sqrt(n);
  REQUIRE(std::abs(boys / n - town.flows.births_of_boys) < three_errors / 2);
  REQUIRE(std::abs(sum / n) < three_errors);
  REQUIRE(std::abs(squares / n - 1) < three_errors * std::sqrt(2.0));
  REQUIRE(std::abs(boys / n - 0.6) > three_errors / 2);
}
