#include "sim/calibrate/calibration.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/math.h"
#include "sim/calibrate/weigh.h"

// The search, with simulators of which the answer is known.

namespace sleutel::calibrate {
namespace {

constexpr std::size_t kParameters = 4;
constexpr std::size_t kTargets = 8;
constexpr double kOwnError = 0.15;  ///< of a published figure
constexpr double kChance = 0.06;    ///< of a simulation

/// Eight figures that four parameters move, each its own mixture, bent as prevalences are.
std::vector<double> figures(const Point& z) {
  std::vector<double> all;
  for (std::size_t j = 0; j < kTargets; ++j) {
    double sum = 0.1 * static_cast<double>(j);
    for (std::size_t d = 0; d < kParameters; ++d) {
      const bool mainly = j % kParameters == d;
      sum += (mainly ? 1.0 : 0.25 * (static_cast<double>((3 * j + 5 * d) % 7) / 3.0 - 1)) * z[d];
    }
    const double both = z[j % kParameters] * z[(j + 1) % kParameters];
    all.push_back(3 * math::exp(0.3 * sum) + 0.1 * both);
  }
  return all;
}

std::vector<Simulated> simulate(const std::vector<Point>& points, std::size_t first, const Draws& chance) {
  std::vector<Simulated> all;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Simulated came{figures(points[i]), std::vector<double>(kTargets, kChance)};
    for (std::size_t j = 0; j < kTargets; ++j)
      came.value[j] += kChance * chance.normal(Decision::first_seed, 7, first + i, static_cast<std::uint32_t>(j));
    all.push_back(came);
  }
  return all;
}

struct Truth {
  Point at;
  std::vector<Aim> aims;
};

Truth truth(std::uint64_t number) {
  const Draws draws(1000 + number);
  Truth made{Point(kParameters), {}};
  for (std::size_t d = 0; d < kParameters; ++d)
    made.at[d] = draws.normal(Decision::place_in_design, 1, 0, static_cast<std::uint32_t>(d));
  const std::vector<double> exact = figures(made.at);
  for (std::size_t j = 0; j < kTargets; ++j) {
    const double off = kOwnError * draws.normal(Decision::place_in_design, 2, 0, static_cast<std::uint32_t>(j));
    made.aims.push_back({"figure " + std::to_string(j), exact[j] + off, kOwnError});
  }
  return made;
}

Calibration found_for(const Truth& truth, std::uint64_t seed, Options options = {}) {
  const Draws chance(seed + 77);
  options.seed = seed;
  return calibrate(
      kParameters, truth.aims,
      [&](const std::vector<Point>& points, std::size_t first) { return simulate(points, first, chance); }, options);
}

std::vector<double> of_dimension(const Calibration& found, std::size_t d) {
  std::vector<double> values;
  for (const Weighed& one : found.sampled) values.push_back(found.runs[one.run].at[d]);
  return values;
}

std::vector<double> weights(const Calibration& found) {
  std::vector<double> all;
  for (const Weighed& one : found.sampled) all.push_back(one.weight);
  return all;
}

/// How many of the 90% intervals of so many truths hold the truth, and how wide they are as a share of the prior's.
struct Held {
  int intervals = 0;
  double width = 0;
};

Held held(std::uint64_t first, std::uint64_t truths) {
  Held all;
  for (std::uint64_t number = first; number < first + truths; ++number) {
    const Truth right = truth(number);
    const Calibration found = found_for(right, number + 1);
    CHECK(found.effective >= 200);
    for (std::size_t d = 0; d < kParameters; ++d) {
      const double low = weighted_quantile(of_dimension(found, d), weights(found), 0.05);
      const double high = weighted_quantile(of_dimension(found, d), weights(found), 0.95);
      all.intervals += low <= right.at[d] && right.at[d] <= high;
      all.width += (high - low) / (2 * 1.645) / static_cast<double>(truths * kParameters);
    }
  }
  return all;
}

}  // namespace

TEST_CASE("intervals hold the truth, and are narrower than the prior's") {
  // 3 truths x 4 parameters: intervals of 90% hold fewer than 7 of 12 with chance 0.0005 (binomial).
  const Held all = held(0, 3);
  CHECK(all.intervals >= 7);
  CHECK(all.width <
        0.5);  // the figures tell much: an interval as wide as the prior would hold the truth and say nothing
}

TEST_CASE("ninety percent intervals hold the truth in 80 to 98 percent of 20 searches", "[long]") {
  // 20 truths x 4 parameters. Intervals of 90% hold fewer than 64 or more than 78 of 80 with chance 0.006 (binomial).
  const Held all = held(0, 20);
  WARN("of 80 intervals " << all.intervals << " hold the truth; mean width " << all.width << " of the prior's");
  CHECK(all.intervals >= 64);
  CHECK(all.intervals <= 78);
  CHECK(all.width < 0.5);
}

TEST_CASE("the same search gives the same draws") {
  const Truth right = truth(3);
  const Calibration one = found_for(right, 5), other = found_for(right, 5), another = found_for(right, 6);
  CHECK(one.draws == other.draws);
  CHECK(one.runs.back().at == other.runs.back().at);
  CHECK(one.runs.back().at != another.runs.back().at);
}

TEST_CASE("a parameter that moves nothing stays at its prior") {
  Truth right = truth(2);
  const Draws chance(3);
  const Calibration found = calibrate(
      kParameters + 1, right.aims,
      [&](const std::vector<Point>& points, std::size_t first) { return simulate(points, first, chance); }, {});
  const double low = weighted_quantile(of_dimension(found, kParameters), weights(found), 0.16);
  const double high = weighted_quantile(of_dimension(found, kParameters), weights(found), 0.84);
  CHECK((high - low) / 2 == Approx(1).margin(0.35));
}

TEST_CASE("draws come as often as their weights ask") {
  const std::vector<double> weights = {0.5, 0.25, 0.125, 0.125};
  const std::vector<std::size_t> positions = resampled(weights, 8, 0.3);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(std::count(positions.begin(), positions.end(), i) == static_cast<long>(8 * weights[i]));
  CHECK(effective_number({0.25, 0.25, 0.25, 0.25}) == Approx(4));
  CHECK(effective_number(weights_of({-1000, -1000})) == Approx(2));
  CHECK(weighted_quantile({3, 1, 2}, {0.2, 0.5, 0.3}, 0.6) == 2);
}

}  // namespace sleutel::calibrate
