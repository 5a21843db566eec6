// Measures of inequality: the example that docs/inequality.md works out by hand, groups of unequal size, an equal
// society, and what turning an outcome round does.
#include <catch2/catch.hpp>
#include <cmath>

#include "output/measures/concentration.h"
#include "output/measures/equal_equivalent.h"
#include "output/measures/group_spread.h"
#include "output/measures/slope_index.h"
#include "output/measures/society.h"
#include "output/measures/standardised.h"

namespace sleutel {
namespace {

/// Good health of five groups of one size [%], and what falls short of 100.
Society worked_levels() { return society_of({1, 1, 1, 1, 1}, {60, 70, 75, 80, 90}); }
Society worked_shortfalls() { return society_of({1, 1, 1, 1, 1}, {40, 30, 25, 20, 10}); }

}  // namespace

TEST_CASE("inequality: the example of docs/inequality.md") {
  const Society good = worked_levels(), bad = worked_shortfalls();
  CHECK(good[0].rank == Approx(0.1));
  CHECK(good[4].rank == Approx(0.9));
  CHECK(mean_level(good) == Approx(75));
  CHECK(rank_covariance(good) == Approx(2.8));
  CHECK(rank_variance(good) == Approx(0.08));
  CHECK(range_gap(good) == Approx(30));
  CHECK(range_ratio(good) == Approx(1.5));
  CHECK(slope_index(good) == Approx(35));
  CHECK(slope_line(good).lowest == Approx(57.5));
  CHECK(slope_line(good).highest == Approx(92.5));
  CHECK(relative_index(good) == Approx(1.609).margin(5e-4));
  CHECK(relative_index(bad) == Approx(1 / 5.667).margin(5e-5));
  CHECK(concentration_index(good) == Approx(0.0747).margin(5e-5));
  CHECK(concentration_index(bad) == Approx(-0.224));
  CHECK(erreygers_index(good, 100) == Approx(0.224));
  CHECK(erreygers_index(bad, 100) == Approx(-0.224));
  CHECK(equal_equivalent(good, 1) == Approx(74.32).margin(5e-3));
  CHECK(equal_equivalent(good, 0) == Approx(75));
  CHECK(equal_equivalent_shortfall(bad, 1) == Approx(26.93).margin(5e-3));
  CHECK(equal_equivalent_shortfall(bad, 0) == Approx(25));
}

TEST_CASE("inequality: groups of unequal size") {
  // Ranks 0.05, 0.25, 0.5, 0.7, 0.9; mean 6 + 21 + 15 + 16 + 18 = 76; covariance -2.7 - 5.25 + 0 + 3.2 + 7.2 = 2.45;
  // variance 0.02025 + 0.01875 + 0 + 0.008 + 0.032 = 0.079.
  const Society society = society_of({10, 30, 20, 20, 20}, {60, 70, 75, 80, 90});
  CHECK(society[1].rank == Approx(0.25));
  CHECK(mean_level(society) == Approx(76));
  CHECK(slope_index(society) == Approx(2.45 / 0.079));
  CHECK(concentration_index(society) == Approx(4.9 / 76));
  // Two districts of 1 and 3 with 10 and 20: mean 17.5, variance 0.25 x 56.25 + 0.75 x 6.25 = 18.75.
  const Society districts = society_of({1, 3}, {10, 20});
  CHECK(spread(districts) == Approx(std::sqrt(18.75)));
  CHECK(relative_spread(districts) == Approx(std::sqrt(18.75) / 17.5));
  CHECK(spread(society_of({3, 1}, {20, 10})) == Approx(spread(districts)));  // no order of districts
}

TEST_CASE("an equal society has no inequality, to the last bit") {
  for (const double level : {0.1, 0.7, 1.0 / 3, 81.3}) {
    const Society equal = society_of({11, 7, 3, 13, 9}, {level, level, level, level, level});
    CHECK(slope_index(equal) == 0);
    CHECK(relative_index(equal) == 1);
    CHECK(range_gap(equal) == 0);
    CHECK(range_ratio(equal) == 1);
    CHECK(concentration_index(equal) == 0);
    CHECK(erreygers_index(equal, 1) == 0);
    CHECK(spread(equal) == 0);
    for (const double aversion : {0.0, 0.5, 1.0, 10.95}) {
      CHECK(equal_equivalent(equal, aversion) == level);
      CHECK(equal_equivalent_shortfall(equal, aversion) == level);
    }
  }
}

TEST_CASE("the more averse, the nearer the equivalent is to the worst-off") {
  const Society good = worked_levels(), bad = worked_shortfalls();
  double before = 75, before_bad = 25;
  for (const double aversion : {0.5, 1.0, 2.0, 10.95, 100.0}) {
    const double now = equal_equivalent(good, aversion), now_bad = equal_equivalent_shortfall(bad, aversion);
    CHECK(now < before);
    CHECK(now > 60);
    CHECK(now_bad > before_bad);
    CHECK(now_bad < 40);
    before = now, before_bad = now_bad;
  }
  // Of order -1, by hand: 5 / (1/60 + 1/70 + 1/75 + 1/80 + 1/90) = 5 / 0.0678968 = 73.641.
  CHECK(equal_equivalent(good, 2) == Approx(73.641).margin(5e-4));
}

TEST_CASE("what has no ratio gives none") {
  const Society none = society_of({1, 1}, {0, 0.2});
  CHECK(std::isnan(range_ratio(none)));
  CHECK(std::isnan(relative_index(none)));  // the line begins below 0
  CHECK(equal_equivalent(none, 1) == 0);
  CHECK(equal_equivalent(none, 0.5) == Approx(0.2 / 4));  // (0.5 x root of 0.2)^2
  CHECK(std::isnan(equal_equivalent(society_of({1, 1}, {-0.1, 0.2}), 1)));
  CHECK(std::isnan(concentration_index(society_of({1, 1}, {0, 0}))));
}

TEST_CASE("groups are given the same ages, those seen in all of them") {
  // Two cells: of cell 0 the groups have 10% and 20%, of cell 1 30% and 50%; the standard has 60 and 40.
  // By hand 0.6 x 10 + 0.4 x 30 = 18% and 0.6 x 20 + 0.4 x 50 = 32%, whatever the ages of each group are.
  GroupSums groups(2);
  groups[0].denominator[0] = 10, groups[0].numerator[0] = 1;
  groups[0].denominator[1] = 90, groups[0].numerator[1] = 27;
  groups[1].denominator[0] = 50, groups[1].numerator[0] = 10;
  groups[1].denominator[1] = 2, groups[1].numerator[1] = 1;
  StandardPopulation standard{};
  standard[0] = 60, standard[1] = 40, standard[2] = 1000;  // of the third nobody is in the groups
  const auto levels = standardised_levels(groups, seen_everywhere(groups, groups, standard));
  CHECK(levels[0] == Approx(0.18));
  CHECK(levels[1] == Approx(0.32));
  GroupSums without = groups;  // under the scenario nobody of the second cell is left in one group
  without[1].denominator[1] = 0;
  const auto fewer = standardised_levels(groups, seen_everywhere(groups, without, standard));
  CHECK(fewer[0] == Approx(0.1));
}

}  // namespace sleutel
