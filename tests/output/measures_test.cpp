#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "output/measures/income_gap.h"
#include "output/measures/paired.h"
#include "sim/base/math.h"
#include "sleutel/random.h"

namespace sleutel {
namespace {

PairedDifference interval(double low, double high) { return {(low + high) / 2, low, high, 10, false}; }

/// A standard normal number with a name.
double normal(std::uint64_t pair, std::uint32_t replicate, int purpose) {
  const Draw draw{stream_key(7, 0, replicate), pair, 0, Purpose::event(purpose)};
  return normal_quantile(uniform(draw) + 0x1.0p-54);
}

/// Of 200 pairs of scenarios, ten replicates each, whose true difference is `effect`: the share whose interval has it.
double coverage(double effect) {
  int covered = 0;
  for (std::uint64_t pair = 0; pair < 200; ++pair) {
    std::vector<double> baseline, scenario;
    for (std::uint32_t replicate = 0; replicate < 10; ++replicate) {
      const double shared = 5 * normal(pair, replicate, 0);
      baseline.push_back(shared + normal(pair, replicate, 1));
      scenario.push_back(shared + normal(pair, replicate, 2) + effect);
    }
    const auto difference = paired_difference(baseline, scenario);
    covered += difference.low <= effect && effect <= difference.high;
  }
  return covered / 200.0;
}

}  // namespace

TEST_CASE("a paired difference has the t interval of textbooks") {
  // Differences 1, 2, 3, 4, 5: mean 3, standard error sqrt(2.5 / 5), t(0.975, 4) = 2.776445105197793.
  const auto five = paired_difference({10, 20, 30, 40, 50}, {11, 22, 33, 44, 55});
  CHECK(five.mean == 3);
  CHECK(five.pairs == 5);
  CHECK(five.low == Approx(3 - 2.776445105197793 * std::sqrt(0.5)).epsilon(1e-10));
  CHECK(five.high == Approx(3 + 2.776445105197793 * std::sqrt(0.5)).epsilon(1e-10));
  // Two pairs: t(0.975, 1) = 12.706204736432095.
  const auto two = paired_difference({0, 0}, {1, 2});
  CHECK(two.high == Approx(1.5 + 12.706204736432095 * 0.5).epsilon(1e-10));
}

TEST_CASE("few pairs and missing values") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const auto one = paired_difference({1}, {3});
  CHECK(one.mean == 2);
  CHECK(!one.has_interval());
  CHECK(std::isnan(one.low));
  CHECK(verdict(one, 0.1) == Verdict::uncertain);
  const auto with_gaps = paired_difference({1, none, 3, 4}, {2, 5, none, 6});
  CHECK(with_gaps.pairs == 2);
  CHECK(with_gaps.mean == 1.5);
  const auto empty = paired_difference({none}, {1});
  CHECK(empty.pairs == 0);
  CHECK(!empty.identical);
  CHECK(verdict(empty, 1) == Verdict::uncertain);
  CHECK(paired_difference({4, 5}, {4, 5}).identical);
  CHECK(paired_difference({4}, {4}).identical);
  CHECK(!paired_difference({4, 5}, {4, 5.0000001}).identical);
}

TEST_CASE("verdicts, in their order and at their boundaries") {
  const double m = 2;
  CHECK(verdict({0, 0, 0, 3, true}, m) == Verdict::identical);
  CHECK(verdict({0, 0, 0, 1, true}, m) == Verdict::identical);
  CHECK(verdict(interval(2.1, 4), m) == Verdict::larger);
  CHECK(verdict(interval(-4, -2.1), m) == Verdict::larger);
  CHECK(verdict(interval(2, 4), m) == Verdict::uncertain);  // not beyond, and not inside
  CHECK(verdict(interval(0.1, 1.9), m) == Verdict::real_but_small);
  CHECK(verdict(interval(-1.9, -0.1), m) == Verdict::real_but_small);
  CHECK(verdict(interval(0.1, 2), m) == Verdict::real_but_small);
  CHECK(verdict(interval(-0.5, 1.9), m) == Verdict::no_difference);
  CHECK(verdict(interval(0, 1.9), m) == Verdict::no_difference);  // 0 belongs to the interval
  CHECK(verdict(interval(-2, 2), m) == Verdict::no_difference);
  CHECK(verdict(interval(0.1, 2.1), m) == Verdict::uncertain);
  CHECK(verdict(interval(-2.1, 1), m) == Verdict::uncertain);
  CHECK(verdict(interval(-9, 9), m) == Verdict::uncertain);
  CHECK(verdict(interval(0.1, 0.2), 0) == Verdict::larger);
  CHECK(std::string(words(Verdict::identical)) == "identical in every replicate");
  CHECK(std::string(words(Verdict::larger)) == "larger than what matters");
  CHECK(std::string(words(Verdict::real_but_small)) == "real but too small to matter");
  CHECK(std::string(words(Verdict::no_difference)) == "no difference larger than what matters");
  CHECK(std::string(words(Verdict::uncertain)) == "too uncertain to say");
}

TEST_CASE("intervals cover what is true in 92 to 98 of 100 pairs") {
  // A correct 95% interval leaves this band once in about 20 seeds; the named draws make the answer permanent.
  CHECK(coverage(0) >= 0.92);
  CHECK(coverage(0) <= 0.98);
  CHECK(coverage(0.7) >= 0.92);
  CHECK(coverage(0.7) <= 0.98);
}

TEST_CASE("an income gap, worked by hand") {
  // Two ages: the poor are old, the rich are young. Crude shares 0.42 and 0.18; by age 0.3/0.5 and 0.1/0.5.
  IncomeEnds ends;
  ends.lowest.numerator[0] = 12, ends.lowest.denominator[0] = 40;    // 0.3
  ends.lowest.numerator[2] = 30, ends.lowest.denominator[2] = 60;    // 0.5
  ends.highest.numerator[0] = 8, ends.highest.denominator[0] = 80;   // 0.1
  ends.highest.numerator[2] = 10, ends.highest.denominator[2] = 20;  // 0.5
  StandardPopulation standard{};
  standard[0] = 300;
  standard[2] = 100;
  // lowest (3 * 0.3 + 0.5) / 4 = 0.35; highest (3 * 0.1 + 0.5) / 4 = 0.2
  CHECK(income_gaps(ends, ends, standard, Better::lower).baseline == Approx(0.15).epsilon(1e-12));
  CHECK(income_gaps(ends, ends, standard, Better::higher).scenario == Approx(-0.15).epsilon(1e-12));
}

TEST_CASE("ages without people at one end are left out of both scenarios") {
  IncomeEnds whole, lacking;
  for (auto* ends : {&whole, &lacking})
    for (std::size_t cell : {0, 2}) {
      ends->lowest.denominator[cell] = ends->highest.denominator[cell] = 10;
      ends->lowest.numerator[cell] = cell == 0 ? 4 : 9;
      ends->highest.numerator[cell] = 1;
    }
  lacking.highest.denominator[2] = 0;
  StandardPopulation standard{};
  standard[0] = standard[2] = 1;
  const auto pair = income_gaps(whole, lacking, standard, Better::lower);
  CHECK(pair.baseline == Approx(0.3).epsilon(1e-12));
  CHECK(pair.scenario == Approx(0.3).epsilon(1e-12));
  CHECK(std::isnan(income_gaps(whole, whole, StandardPopulation{}, Better::lower).baseline));
}

}  // namespace sleutel
