#include <catch2/catch.hpp>

#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("equivalence factors are those with which the city is made") {
  REQUIRE(equivalence_factor(1, 0) == 100);
  REQUIRE(equivalence_factor(2, 0) == 137);
  REQUIRE(equivalence_factor(2, 1) == 167);
  REQUIRE(equivalence_factor(2, 2) == 187);
  REQUIRE(equivalence_factor(1, 1) == 133);
  REQUIRE(equivalence_factor(5, 0) == 227);
  REQUIRE(equivalence_factor(0, 1) == 133);  // minors alone count as one adult at least
}

TEST_CASE("household income follows its members, their work, and the state low income") {
  TownMaker maker;
  const Row home = maker.family(45, 2, maker.home());
  maker.city.residents.income[0] = 20000;
  maker.city.residents.income[1] = 40000;
  const Model model = small_model();
  const Flows flows = town_flows();
  City city = maker.finished(model, flows);
  const StateChange change{city, model, flows, {}, 0};
  const std::int32_t both_work = 60000 * 100 / 187;
  REQUIRE(city.households.income[home] == both_work);
  REQUIRE(city.households.income_group[home] == 2);

  begin_state(change, 1, kUnemployed, 2);
  REQUIRE(city.households.income[home] == 48000 * 100 / 187);
  end_state(change, 1, kUnemployed);
  REQUIRE(city.households.income[home] == both_work);
  const Row grown = 2;  // what a grown child at home earns is not the household's
  city.residents.birth_month[grown] = -20 * 12;
  city.residents.income[grown] = 30000;
  refresh_income(change, home);
  REQUIRE(city.households.income[home] == 60000 * 100 / 203);
  city.residents.birth_month[grown] = -15 * 12;
  refresh_income(change, home);

  for (Row row = 0; row < 4; ++row) begin_state(change, row, kLowIncome, 1);
  REQUIRE(city.households.income[home] == city.low_income_line);
  REQUIRE(city.households.income_group[home] == 0);
  for (Row row = 0; row < 4; ++row) end_state(change, row, kLowIncome);
  REQUIRE(city.households.income[home] == both_work);

  city.residents.income[0] = city.residents.income[1] = 0;
  refresh_income(change, home);
  REQUIRE(city.households.income[home] == city.low_income_line + 1);
}

TEST_CASE("student and institutional households are left out of income groups") {
  Town town(600);
  const Row student = town.find([&](Row row) { return town.city.residents.is(row, kStudent); });
  const Row in_care = town.find([&](Row row) { return town.city.residents.is(row, kInstitution); });
  for (const Row who : {student, in_care})
    REQUIRE(town.city.households.income_group[town.household(who)] == kIncomeStudentOrInstitution);
}
