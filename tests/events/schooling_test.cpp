#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

// About 120 students over three years. The mean time to the end is 2.5 years from 22 on: expected from the chance;
// false alarm below 1 in 1,000.
TEST_CASE("studies end from the declared age on, with an income and, where one is vacant, a home") {
  Town town(3000);
  town.switches.arrivals = town.switches.ties = false;
  double student_months = 0, ends = 0;
  for (int month = 0; month < 36; ++month) {
    for (Row who = 0; who < town.city.residents.size(); ++who)
      student_months += town.city.residents.is(who, kStudent) &&
                        town.city.residents.age_months(who, town.month) >= 12 * town.flows.study_ends_from;
    town.live();
    ends += town.count(EventKind::end_of_study);
    for (const Request& what : town.happened) {
      REQUIRE_FALSE(town.city.residents.is(what.who, kStudent));
      if (what.kind == EventKind::end_of_study) REQUIRE(town.city.residents.income[what.who] > 0);
      if (what.kind == EventKind::end_of_study)
        REQUIRE(town.city.households.student_house[town.household(what.who)] == 0);
    }
  }
  const double p = 1 / (12 * town.flows.study_ends_mean);
  REQUIRE(ends > 50);
  REQUIRE(std::abs(ends / student_months - p) < 3.3 * std::sqrt(p / student_months));
  REQUIRE(std::abs(ends / student_months - 2 * p) > 3.3 * std::sqrt(p / student_months));
  REQUIRE(check_city(town.city, 35).empty());
}
