// Sullivan's method: the example that docs/measures.md works out by hand, cases with a known answer, its standard error
// against many simulated populations; and the jackknife of what is computed from pooled sums.
#include "output/measures/sullivan.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "output/measures/jackknife.h"
#include "sim/base/math.h"
#include "sleutel/random.h"

namespace sleutel {
namespace {

constexpr int kOf80 = life_table_band(80);

LifeTableSums worked_example() {
  LifeTableSums sums;
  sums.person_years[kOf80] = 1000, sums.person_years[kOf80 + 1] = 500, sums.person_years[kOf80 + 2] = 200;
  sums.deaths[kOf80] = 60, sums.deaths[kOf80 + 1] = 60, sums.deaths[kOf80 + 2] = 50;
  sums.seen_years = sums.person_years;
  sums.healthy_years[kOf80] = 600, sums.healthy_years[kOf80 + 1] = 250, sums.healthy_years[kOf80 + 2] = 80;
  return sums;
}

/// The same death rate and the same share of healthy years at all ages.
LifeTableSums same_at_all_ages(double rate, double share) {
  LifeTableSums sums;
  sums.person_years.fill(1000);
  sums.seen_years.fill(1000);
  sums.deaths.fill(1000 * rate);
  sums.healthy_years.fill(1000 * share);
  return sums;
}

double normal_named(std::uint64_t who, std::uint32_t which) {
  return normal_quantile(uniform({stream_key(11, 0, which), who, 0, Purpose::event(0)}) + 0x1.0p-54);
}

}  // namespace

TEST_CASE("the example of docs/measures.md") {
  LifeTableSums sums = worked_example();
  const Expectancy healthy = expectancy(sums, kOf80);
  CHECK(healthy.years == Approx(4.6350).margin(5e-5));
  CHECK(healthy.standard_error == Approx(0.2142).margin(5e-5));
  sums.healthy_years = sums.seen_years;
  CHECK(expectancy(sums, kOf80).years == Approx(8.7314).margin(5e-5));
}

TEST_CASE("at one rate at all ages one lives its inverse, and of that the share in good health") {
  for (const double rate : {0.01, 0.2, 3.0})
    for (const int band : {0, 1, 7, kLifeTableBands - 1}) {
      CHECK(expectancy(same_at_all_ages(rate, 1), band).years == Approx(1 / rate).epsilon(1e-12));
      CHECK(expectancy(same_at_all_ages(rate, 0.3), band).years == Approx(0.3 / rate).epsilon(1e-12));
    }
}

TEST_CASE("a band in which nobody died is survived by all") {
  LifeTableSums sums = same_at_all_ages(0.1, 1);
  sums.deaths[3] = 0;  // 10-14
  CHECK(expectancy(sums, 3).years == Approx(5 + 1 / 0.1));
  CHECK_FALSE(std::isnan(expectancy(sums, 3).standard_error));
}

TEST_CASE("what was not seen is told, not guessed") {
  LifeTableSums sums = same_at_all_ages(0.1, 1);
  sums.deaths.back() = 0;
  CHECK(expectancy(sums, 0).why_not == NoExpectancy::no_deaths);
  CHECK(std::isnan(expectancy(sums, 0).years));
  sums = same_at_all_ages(0.1, 1);
  sums.person_years[4] = sums.seen_years[4] = sums.deaths[4] = sums.healthy_years[4] = 0;
  CHECK(expectancy(sums, 0).why_not == NoExpectancy::nobody);
  CHECK(expectancy(sums, 0).band == 4);
  CHECK(expectancy(sums, 5).why_not == NoExpectancy::none);  // from a later age on it does not matter
}

TEST_CASE("the standard error is how far repeated populations lie apart") {
  const LifeTableSums truth = worked_example();
  const double expected = expectancy(truth, kOf80).standard_error;
  double sum = 0, squares = 0;
  constexpr int repeats = 20000;
  for (std::uint64_t i = 0; i < repeats; ++i) {
    LifeTableSums seen = truth;
    for (std::size_t band = kOf80; band < kLifeTableBands; ++band) {
      const auto which = static_cast<std::uint32_t>(2 * band);
      const double share = truth.healthy_years[band] / truth.seen_years[band];
      seen.deaths[band] += std::sqrt(truth.deaths[band]) * normal_named(i, which);
      seen.healthy_years[band] += std::sqrt(truth.seen_years[band] * share * (1 - share)) * normal_named(i, which + 1);
    }
    const double years = expectancy(seen, kOf80).years;
    sum += years;
    squares += years * years;
  }
  const double mean = sum / repeats;
  const double found = std::sqrt(squares / repeats - mean * mean);
  CHECK(found == Approx(expected).epsilon(0.03));  // 6 standard errors of 20,000; and the method is of first order
  CHECK_FALSE(found == Approx(expected * 1.1).epsilon(0.03));
}

TEST_CASE("of a mean of equal groups the jackknife is the paired difference") {
  const std::vector<double> baseline = {1, 2.5, 4, 3}, scenario = {2, 2, 5.5, 6};
  std::vector<SumsOfRun> before, after;
  for (const double value : baseline) before.push_back({value, 1});
  for (const double value : scenario) after.push_back({value, 1});
  const auto mean = [](const SumsOfRun& sums) { return sums[0] / sums[1]; };
  const PairedDifference pooled = pooled_difference(before, after, mean),
                         paired = paired_difference(baseline, scenario);
  CHECK(pooled.mean == Approx(paired.mean));
  CHECK(pooled.low == Approx(paired.low));
  CHECK(pooled.high == Approx(paired.high));
  CHECK(pooled.pairs == 4);
  CHECK_FALSE(pooled.identical);
  CHECK(pooled_difference(before, before, mean).identical);
  CHECK_FALSE(pooled_difference({before[0]}, {after[0]}, mean).has_interval());
  CHECK(pooled_difference({}, {}, mean).pairs == 0);
}

}  // namespace sleutel
