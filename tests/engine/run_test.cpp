#include <catch2/catch.hpp>

#include "tests/support/tiny_plan.h"

namespace sleutel::test {

TEST_CASE("a plan runs, year by year, and nobody is lost") {
  const StudyPlan plan = tiny_plan({});
  const Kept kept = simulated(plan);
  REQUIRE(kept.years.size() == 2 * 2 * 2);
  for (const auto& [where, year] : kept.years) {
    const Books& b = year.books;
    CHECK(b.before + b.births + b.arrivals - b.deaths - b.departures == b.after);
    CHECK(b.births > 0);
    CHECK(b.deaths > 0);
    CHECK(b.arrivals > 0);
    CHECK(b.departures > 0);
  }
}

}  // namespace sleutel::test
