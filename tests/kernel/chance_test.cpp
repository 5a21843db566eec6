// From log hazard to chance: exact enough, never falling, exact at its ends.
#include "sim/kernel/chance.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <span>

#include "sim/base/math.h"
#include "sim/kernel/decide.h"

using namespace sleutel;
using namespace sleutel::kernel;

namespace {

constexpr std::int32_t kFrom = -24 * (1 << 20);  // 6e-8 a year
constexpr std::int32_t kTo = 7 * (1 << 20);      // 128 a year

double exact_chance(std::int32_t eta) { return -math::expm1(-math::exp2(eta * 0x1p-20) / 12.0); }

}  // namespace

TEST_CASE("the chance in a month is right to 1 in 10^5, and to 3 in 10^7", "[law]") {
  double worst = 0.0;
  for (std::int32_t eta = kFrom; eta <= kTo; eta += 97) {
    const double error = std::fabs(static_cast<double>(chance(monthly_hazard(eta))) / exact_chance(eta) - 1.0);
    worst = std::max(worst, error);
  }
  REQUIRE(worst < 3e-7);
  REQUIRE(worst > 1e-8);  // single precision: a reference that is compared with itself would be below
}

TEST_CASE("the chance never falls as the log hazard rises, at every log hazard", "[law]") {
  std::uint64_t before = 0;
  std::int64_t falls = 0;
  for (std::int32_t eta = kFrom; eta <= kTo; ++eta) {
    const std::uint64_t now = threshold(chance(monthly_hazard(eta)));
    falls += now < before;
    before = now;
  }
  REQUIRE(falls == 0);
}

TEST_CASE("the ends of the log hazard give never and always") {
  for (const std::int32_t eta : {INT32_MIN, -2000 * (1 << 20), kEtaLow}) {
    REQUIRE(threshold(chance(monthly_hazard(eta))) == 0);
  }
  for (const std::int32_t eta : {INT32_MAX, 2000 * (1 << 20), kEtaHigh, 10 * (1 << 20)}) {
    REQUIRE(threshold(chance(monthly_hazard(eta))) == std::uint64_t{1} << 48);
  }
  REQUIRE(chance(0.0F) == 0.0F);
  REQUIRE(chance(1e30F) == 1.0F);
}

TEST_CASE("some chances, bit for bit, as docs/model-semantics.md prints them", "[law]") {
  REQUIRE(std::bit_cast<std::uint32_t>(monthly_hazard(0)) == 0x3DAAAAABU);
  REQUIRE(std::bit_cast<std::uint32_t>(chance(monthly_hazard(0))) == 0x3DA3BFC1U);
  REQUIRE(threshold(chance(monthly_hazard(-3 * (1 << 20) - 12345))) == 0x2A1A1EC0000ULL);
  REQUIRE(threshold(chance(monthly_hazard(5 * (1 << 20) + 777))) == 0xEE3C91000000ULL);
}

TEST_CASE("a tie of sixteen bits is decided by all 48, begin at the low end and end at the high end", "[law]") {
  const StreamKey key = stream_key(5, 0, 0);
  const StateDraw draw{key, 42, 3, 9};
  const std::uint64_t below = bits({key, 42, 3, Purpose::tie(9)})[0];
  const std::uint16_t top = 0x1234;
  const std::uint64_t u = (std::uint64_t{top} << 32) | below;
  REQUIRE(happens(u + 1, top, Change::begin, draw));
  REQUIRE_FALSE(happens(u, top, Change::begin, draw));
  const std::uint64_t from_above = kDrawMax - u;
  REQUIRE(happens(from_above + 1, top, Change::end, draw));
  REQUIRE_FALSE(happens(from_above, top, Change::end, draw));
  // Without a tie only the sixteen bits count.
  REQUIRE(happens(std::uint64_t{top + 1} << 32, top, Change::begin, draw));
  REQUIRE_FALSE(happens(std::uint64_t{top} << 32, top, Change::begin, draw));
  REQUIRE(happens(std::uint64_t{1} << 48, 0xffff, Change::begin, draw));
  REQUIRE_FALSE(happens(0, 0, Change::begin, draw));
}

TEST_CASE("the member of a group that changes follows from the shares of the hazards", "[law]") {
  const StreamKey key = stream_key(5, 0, 0);
  const float hazards[3] = {1.0F, 0.0F, 3.0F};  // in a month: a change with chance 1 - exp(-4)
  int counts[4] = {};
  for (int top = 0; top < 65536; ++top) {
    const int k = changed_member(hazards, static_cast<std::uint16_t>(top), {key, 1, 0, 0});
    ++counts[k + 1];
  }
  const double some = -math::expm1(-4.0) * 65536;
  REQUIRE(std::fabs(counts[0] - (65536 - some)) < 2);
  REQUIRE(std::fabs(counts[1] - some / 4) < 2);
  REQUIRE(counts[2] == 0);
  REQUIRE(std::fabs(counts[3] - some * 3 / 4) < 2);
  REQUIRE(changed_member({}, 0, {key, 1, 0, 0}) == -1);
}
