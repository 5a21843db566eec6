// Worked examples of docs/evidence.md, computed by hand to more digits than are compared.
#include "sim/model/conversion.h"

#include <catch2/catch.hpp>

using namespace sleutel;

TEST_CASE("an odds ratio becomes a hazard ratio through the relative risk") {
  // OR 2 on p0 = 0.2: RR = 2 / (0.8 + 0.4) = 1.666667, p1 = 1/3, HR = ln(2/3) / ln(0.8)
  const Converted converted = hazard_ratio_of(Measure::odds_ratio, 2, 0.2);
  REQUIRE(converted.problem.empty());
  CHECK(converted.hazard_ratio == Approx(0.4054651081 / 0.2231435513).epsilon(1e-9));
}

TEST_CASE("a relative risk becomes a hazard ratio by the survival") {
  // RR 1.5 on 0.1: HR = ln(0.85) / ln(0.9)
  CHECK(hazard_ratio_of(Measure::relative_risk, 1.5, 0.1).hazard_ratio ==
        Approx(0.1625189295 / 0.1053605157).epsilon(1e-9));
  CHECK(hazard_ratio_of(Measure::relative_risk, 1.5, 1e-7).hazard_ratio == Approx(1.5).epsilon(1e-6));
}

TEST_CASE("a standardised difference becomes an odds ratio by pi over root three") {
  // d 0.5: OR = exp(0.9068997) = 2.476630; p0 0.1: RR = 2.476630 / 1.1476630 = 2.157977; p1 = 0.2157977
  CHECK(hazard_ratio_of(Measure::standardised_difference, 0.5, 0.1).hazard_ratio ==
        Approx(0.2430882 / 0.1053605157).epsilon(1e-5));
  CHECK(hazard_ratio_of(Measure::standardised_difference, 0, 0.1).hazard_ratio == Approx(1).epsilon(1e-12));
}

TEST_CASE("a hazard ratio stays what it is") {
  CHECK(hazard_ratio_of(Measure::hazard_ratio, 2.1, 0).hazard_ratio == 2.1);
}

TEST_CASE("a risk of more than one is refused") {
  CHECK(hazard_ratio_of(Measure::relative_risk, 3, 0.4).problem ==
        "a relative risk of 3 on a baseline risk of 0.4 makes a risk of 1 or more");
}

TEST_CASE("a chance over years becomes a rate per year") {
  CHECK(rate_of_chance(0.5, 2) == Approx(0.34657359028).epsilon(1e-10));
  CHECK(rate_of_chance(0, 1) == 0);
}

TEST_CASE("words of the registry and keys of the file") {
  CHECK(measure_of("IRR") == Measure::hazard_ratio);
  CHECK(measure_of("d") == Measure::standardised_difference);
  CHECK_FALSE(measure_of("share").has_value());
  CHECK(std::string(measure_key(Measure::relative_risk)) == "relative_risk");
  CHECK(no_effect(Measure::standardised_difference) == 0);
}
