#include "tests/attribute/planted.h"

// A loop that was planted is recovered; without one, and with an outcome that adds up, there is nothing to share out.

using namespace sleutel;
using namespace sleutel::test;

namespace {

/// The largest distance of any of the numbers from those of a chain.
double farthest(const SharedOut& city, const Planted& planted) {
  const double none = expected_ill(planted, 0), a = expected_ill(planted, 1), b = expected_ill(planted, 2),
               both = expected_ill(planted, 3);
  double most = 0;
  for (const auto& [found, expected] : {std::pair{city.none, none},
                                        {city.all, both},
                                        {city.together, both - none},
                                        {city.shares[0].shapley, ((a - none) + (both - b)) / 2},
                                        {city.shares[1].shapley, ((b - none) + (both - a)) / 2},
                                        {city.shares[0].present_alone, a - none},
                                        {city.shares[1].removed_alone, both - a},
                                        {city.beyond_alone, both - a - b + none}})
    most = std::max(most, off(found, expected));
  return most;
}

}  // namespace

TEST_CASE("a planted loop of two stressors is recovered") {
  // Eight numbers, each within 4.5 standard errors of 39 degrees of freedom: a false alarm in less than 1 in 1,000.
  Planted loop;
  loop.loop = 5;
  const StudyPlan plan = closed_town(loop, 400, 40);
  const SharedOut city = city_of(SmallQuestion(plan, {"a", "b"}, {"ill"}).shares());
  CHECK(farthest(city, loop) < 4.5);
  CHECK(city.beyond_alone.low > 0);
  Planted weaker = loop;
  weaker.loop = 3;
  CHECK(farthest(city, weaker) > 4.5);
}

TEST_CASE("independent stressors with an additive outcome do nothing by being together") {
  // The outcome is a number that each lowers by so much. In every single run the sum is exact, but for the last digits.
  const StudyPlan plan = closed_town({}, 200, 4);
  const SharedOut city = city_of(SmallQuestion(plan, {"a", "b"}, {"satisfaction"}).shares());
  CHECK(std::abs(city.beyond_alone.low) < 1e-9);
  CHECK(std::abs(city.beyond_alone.high) < 1e-9);
  CHECK(std::abs(city.shares[0].shapley.mean - city.shares[0].present_alone.mean) < 1e-9);
  CHECK(city.shares[0].shapley.high < -0.1);
  Planted loop;
  loop.loop = 5;
  const StudyPlan bound = closed_town(loop, 200, 4);
  const SharedOut other = city_of(SmallQuestion(bound, {"a", "b"}, {"satisfaction"}).shares());
  CHECK(other.beyond_alone.high < 0);
}
