#include "sim/events/schooling.h"

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
      if (what.kind == EventKind::end_of_study) REQUIRE(town.city.residents.education[what.who] == Education::high);
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

namespace {

/// Families with a child of 17 each, whose mothers are of one level; the children are at school.
City pupils(int count, Education of_mothers) {
  TownMaker maker;
  for (int i = 0; i < count; ++i) {
    const Row home = maker.family(47, 0, maker.home());
    const Row child = maker.child(home, static_cast<Row>(3 * i), 17);
    maker.city.residents.education[child] = Education::low;
    maker.city.residents.stratum_education[child] = of_mothers;
    maker.city.residents.income[child] = 0;
    set_flag(maker.city.residents, child, kLearning);
  }
  return maker.finished(small_model(), town_flows());
}

}  // namespace

// 1,000 children; false alarm below 1 in 1,000 for each share, and the shares of another mother are rejected.
TEST_CASE("a child is low until it leaves school, and reaches what children of such mothers reach") {
  const int level = GENERATE(0, 1, 2);
  const int many = 1000;
  Town town(pupils(many, static_cast<Education>(level)));
  town.switches.arrivals = town.switches.ties = false;
  town.flows.study_ends_mean = 0.01;  // all end at 22
  int at_work = 0, learning_on = 0;
  for (int month = 0; month < 12 * 5 + 8; ++month) {
    town.live();
    for (const Request& what : town.happened) {
      if (what.kind != EventKind::leaving_school) continue;
      const int years = (town.city.residents.age_months(what.who, town.month)) / 12;
      REQUIRE((years == 18 || years == 20));
      (town.city.residents.is(what.who, kLearning) ? learning_on : at_work) += 1;
      if (!town.city.residents.is(what.who, kLearning)) REQUIRE(town.city.residents.income[what.who] > 0);
    }
  }
  REQUIRE(at_work + learning_on == many);
  int reached[3] = {0, 0, 0};
  for (int i = 0; i < many; ++i) {
    const Row child = static_cast<Row>(3 * i + 2);
    REQUIRE_FALSE(town.city.residents.is(child, kLearning));
    ++reached[static_cast<int>(town.city.residents.education[child])];
  }
  const double high[] = {town.flows.high_of_low, town.flows.high_of_middle, town.flows.high_of_high};
  const double low[] = {town.flows.low_of_low, town.flows.low_of_middle, town.flows.low_of_high};
  REQUIRE(reached[2] == learning_on);
  REQUIRE(std::abs(reached[2] / 1000.0 - high[level]) < 3.3 * std::sqrt(high[level] * (1 - high[level]) / many));
  REQUIRE(std::abs(reached[0] / 1000.0 - low[level]) < 3.3 * std::sqrt(low[level] * (1 - low[level]) / many));
  REQUIRE(std::abs(reached[2] / 1000.0 - high[(level + 1) % 3]) > 3.3 * std::sqrt(0.25 / many));
  REQUIRE(check_city(town.city, town.month - 1).empty());
}

TEST_CASE("in the past everybody has what he had reached by then, and today what he has today") {
  Town town(400);
  City& city = town.city;
  for (Row who = 0; who < city.residents.size(); ++who)
    if (city.residents.age_months(who, 0) < 22 * 12) city.residents.education[who] = Education::low;
  const auto today = city.residents.education;
  PastSchooling past(city, town.flows, town.key);
  for (int month = -12 * 70; month <= 0; month += 6) {
    past.happen(city, month);
    for (Row who = 0; who < city.residents.size(); ++who) {
      const int age = city.residents.age_months(who, month);
      if (age < 18 * 12) REQUIRE(city.residents.education[who] == Education::low);
      if (age < 22 * 12) REQUIRE(city.residents.education[who] != Education::high);
    }
  }
  REQUIRE(city.residents.education == today);
}
