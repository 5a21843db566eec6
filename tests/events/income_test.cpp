#include <catch2/catch.hpp>

#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("equivalence factors are those of Statistics Netherlands") {
  REQUIRE(equivalence_factor(1, 0) == 1000);
  REQUIRE(equivalence_factor(2, 0) == 1414);
  REQUIRE(equivalence_factor(2, 1) == 1673);
  REQUIRE(equivalence_factor(2, 2) == 1897);
  REQUIRE(equivalence_factor(1, 1) == 1341);
  REQUIRE(equivalence_factor(0, 1) == 1341);  // minors alone count as one adult at least
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
  const std::int32_t both_work = 60000 * 1000 / 1897;
  REQUIRE(city.households.income[home] == both_work);
  REQUIRE(city.households.income_group[home] == 2);

  begin_state(change, 1, kUnemployed, 2);
  REQUIRE(city.households.income[home] == 48000 * 1000 / 1897);
  end_state(change, 1, kUnemployed);
  REQUIRE(city.households.income[home] == both_work);

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
