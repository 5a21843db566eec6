// The gain among states of the small model, entry by entry, as docs/evidence.md defines it.
#include "sim/model/gain.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "small_model.h"

using namespace sleutel;

TEST_CASE("the equilibrium of the tables") {
  const auto model = small::Copy().model();
  const Equilibrium at = table_equilibrium(*model);
  // unemployed: 0.05 a year at 49 of 62 ages, 0.5 a year to the end
  CHECK(at.share[1] == Approx(0.0395161290 / 0.5395161290));
  // lonely: 0.1875 at 47 ages and 0.5 at 15 of 62
  CHECK(at.share[4] == Approx(0.2631048387 / 0.5131048387));
  CHECK(at.end_rate[4] == Approx(0.25));
  CHECK(at.share[5] == 0.09);  // the target
  CHECK(at.share[3] == 0);     // an event
}

TEST_CASE("the gain of single edges, of pairs, and of loads") {
  const auto model = small::Copy().model();
  const Equilibrium at = table_equilibrium(*model);
  const Square gain = gain_matrix(*model, at);
  const double ln2 = 0.6931471806;
  const double u = at.share[1];
  const double l = at.share[4];
  // the end of unemployment: HR 0.5, within: half of it
  CHECK(gain(1, 4) == Approx(u * (1 - u) * 0.5 * ln2).epsilon(1e-5));
  // the onset of loneliness by problem debt: the OR, and two of three with exactly one of the others
  const double debt = 0.5 * 0.8616055 * ln2;
  const double pair = 0.4054651 * (l * (1 - u) + u * (1 - l));
  CHECK(gain(4, 5) == Approx(l * (1 - l) * (debt + pair)).epsilon(1e-5));
  // by unemployment: direct, with half of them men at most (counted as 1), two of three, and the slow load:
  // 0.25 points x (0.5 held + 0.5 / 12 / (1 - 2^-0.1)) at ln 1.5 per point
  const double load = 0.25 * (0.5 + 0.5 / 12 / (1 - 61147.0 / 65536)) * 0.4054651;
  const double two = 0.4054651 * (l * (1 - 0.09) + 0.09 * (1 - l));
  CHECK(gain(4, 1) == Approx(l * (1 - l) * (0.5 * ln2 + 0.5 * ln2 + two + load)).epsilon(1e-5));
  // a history: exp(-x) x / share, x = end rate x share x 30 years
  const double x = at.end_rate[5] * 0.09 * 30;
  CHECK(gain(6, 5) == Approx(x / 0.09 * std::exp(-x)).epsilon(1e-6));
  CHECK(gain(3, 4) == 0);  // death is no state
}

TEST_CASE("a loop of two states has the radius of its product") {
  Square loop = square_of_zeros(2);
  loop(0, 1) = 0.8;
  loop(1, 0) = 0.45;
  CHECK(spectral_radius(loop) == Approx(0.6).epsilon(1e-4));
}
