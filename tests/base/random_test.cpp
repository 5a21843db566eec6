// Named draws: the published vectors of the generator, uniformity, and that nothing but the name counts.
#include "sleutel/random.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace sleutel;

namespace {

using Words = std::array<std::uint32_t, 4>;

/// Pearson's statistic of counts against equal shares, as a standard normal number (Wilson and Hilferty).
double normal_score(const std::vector<int>& counts, double expected) {
  double sum = 0;
  for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
  const auto dof = static_cast<double>(counts.size() - 1);
  return (std::cbrt(sum / dof) - (1 - 2 / (9 * dof))) / std::sqrt(2 / (9 * dof));
}

}  // namespace

TEST_CASE("Philox4x32-10 gives the vectors that Random123 publishes (kat_vectors)", "[law]") {
  REQUIRE(bits({{0, 0}, 0, 0, {0}}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  const std::uint32_t ones = 0xffffffffU;
  REQUIRE(bits({{ones, ones}, ~std::uint64_t{0}, ones, {ones}}) ==
          Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  // The digits of pi: counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0.
  REQUIRE(bits({{0xa4093822, 0x299f31d0}, 0x85a308d3243f6a88, 0x13198a2e, {0x03707344}}) ==
          Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("draws are uniform over residents, months and purposes") {
  // False alarm: |score| < 5 fails less than once in a million runs, and the draws are always the same ones.
  const StreamKey key = stream_key(20241, 0, 3);
  const int draws = 200'000;
  for (int way = 0; way < 3; ++way) {
    std::vector<int> counts(256);
    std::vector<int> skewed(256);
    for (int i = 0; i < draws; ++i) {
      const auto n = static_cast<std::uint32_t>(i);
      const Draw draw = {key, way == 0 ? n : 7U, way == 1 ? n : 0U, {way == 2 ? n : 5U}};
      const double u = uniform(draw);
      if (u < 0.0 || u >= 1.0) FAIL("outside [0, 1): " << u);
      ++counts[static_cast<std::size_t>(u * 256)];
      ++skewed[static_cast<std::size_t>(std::pow(u, 1.06) * 256)];  // a wrong distribution that must be seen
    }
    REQUIRE(std::fabs(normal_score(counts, draws / 256.0)) < 5);
    REQUIRE(std::fabs(normal_score(skewed, draws / 256.0)) > 5);
  }
}

TEST_CASE("each half-word of a block is uniform") {
  const StreamKey key = stream_key(1, 0, 0);
  std::array<double, 8> sums{};
  const int draws = 100'000;
  for (int i = 0; i < draws; ++i) {
    const auto words = bits({key, static_cast<std::uint64_t>(i), 12, Purpose::states(2)});
    for (std::size_t half = 0; half < 8; ++half) sums[half] += (words[half / 2] >> (16 * (half % 2))) & 0xffffU;
  }
  // Standard error of the mean: 65536 / sqrt(12 * 100,000) = 59.8; six of them.
  for (const double sum : sums) REQUIRE(std::fabs(sum / draws - 32767.5) < 359);
}

TEST_CASE("keys differ for seed, draw and replicate", "[law]") {
  REQUIRE_FALSE(stream_key(1, 0, 0) == stream_key(2, 0, 0));
  REQUIRE_FALSE(stream_key(1, 0, 0) == stream_key(1, 1, 0));
  REQUIRE_FALSE(stream_key(1, 0, 0) == stream_key(1, 0, 1));
  REQUIRE_FALSE(stream_key(1, 1, 0) == stream_key(1, 0, 1));
  static_assert(stream_key(5, 1, 2) == stream_key(5, 1, 2));
}
