#include "sim/calibrate/draws.h"

#include "sim/base/math.h"
#include "sleutel/random.h"

namespace sleutel::calibrate {
namespace {

Draw named(std::uint64_t seed, Decision decision, std::uint32_t round, std::uint64_t which, std::uint32_t dimension) {
  return {stream_key(seed, round, dimension), which, 0, Purpose{0x7000'0000U + static_cast<std::uint32_t>(decision)}};
}

}  // namespace

std::uint64_t Draws::word(Decision decision, std::uint32_t round, std::uint64_t which) const {
  return first_word(named(seed_, decision, round, which, 0));
}

double Draws::uniform(Decision decision, std::uint32_t round, std::uint64_t which, std::uint32_t dimension) const {
  return sleutel::uniform(named(seed_, decision, round, which, dimension));
}

double Draws::normal(Decision decision, std::uint32_t round, std::uint64_t which, std::uint32_t dimension) const {
  return normal_quantile(uniform(decision, round, which, dimension) + 0x1.0p-54);
}

}  // namespace sleutel::calibrate
