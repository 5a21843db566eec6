#include "sim/attribute/shapley.h"

#include <catch2/catch.hpp>
#include <numeric>

using namespace sleutel;

TEST_CASE("shares of games whose answer is known") {
  // One left glove and two right ones: a pair is worth 1. Left 2/3, each right 1/6 (any textbook of game theory).
  const std::vector<double> gloves = {0, 0, 0, 1, 0, 1, 0, 1};  // bit 0: left
  const auto of_gloves = shapley_values(3, gloves);
  CHECK(of_gloves[0] == Approx(2.0 / 3));
  CHECK(of_gloves[1] == Approx(1.0 / 6));
  CHECK(of_gloves[2] == Approx(1.0 / 6));
  // An airport: a runway as long as the longest that is asked for. Costs 1, 2, 4: 1/3, 1/3 + 1/2, 1/3 + 1/2 + 2.
  const std::vector<double> airport = {0, 1, 2, 2, 4, 4, 4, 4};
  const auto of_airport = shapley_values(3, airport);
  CHECK(of_airport[0] == Approx(1.0 / 3));
  CHECK(of_airport[1] == Approx(5.0 / 6));
  CHECK(of_airport[2] == Approx(17.0 / 6));
}

TEST_CASE("ten players share all there is, and who adds nothing gets exactly nothing") {
  std::vector<double> worth(1024);
  for (std::size_t subset = 0; subset < worth.size(); ++subset)
    worth[subset] = 7 + static_cast<double>((subset & ~8U) * 2654435761U % 1000) / 7;  // whatever player 3 does
  const auto shares = shapley_values(10, worth);
  CHECK(shares[3] == 0);
  CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(worth.back() - worth.front()));
}
