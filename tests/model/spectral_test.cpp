#include "sim/model/spectral.h"

#include <catch2/catch.hpp>

using namespace sleutel;

namespace {
Square square(int size, std::vector<double> at) { return {size, std::move(at)}; }
}  // namespace

TEST_CASE("the spectral radius of known matrices") {
  CHECK(spectral_radius(square(2, {0, 4, 0.01, 0})) == Approx(0.2).epsilon(1e-4));       // sqrt(4 x 0.01)
  CHECK(spectral_radius(square(2, {0.5, 0.2, 0.1, 0.4})) == Approx(0.6).epsilon(1e-4));  // 0.45 + sqrt(0.0025 + 0.02)
  CHECK(spectral_radius(square(2, {0, 1, -1, 0})) == Approx(1).epsilon(1e-4));           // a rotation: +-i
  CHECK(spectral_radius(square(3, {0, 2, 0, 0, 0, 3, 0.001, 0, 0})) == Approx(0.1817120593).epsilon(1e-4));
}

TEST_CASE("a matrix without loops has radius 0") {
  CHECK(spectral_radius(square(3, {0, 5, 7, 0, 0, 9, 0, 0, 0})) == 0);
  CHECK(spectral_radius(square_of_zeros(4)) == 0);
}
