#include "sim/kernel/decide.h"

#include <cstddef>

#include "sim/kernel/chance.h"

namespace sleutel::kernel {

namespace {

/// All 48 bits of a draw whose first sixteen are known.
std::uint64_t whole_draw(std::uint16_t top, const StateDraw& draw) {
  const auto words = bits({draw.key, draw.id, draw.month, Purpose::tie(draw.number)});
  return (std::uint64_t{top} << 32) | words[0];
}

/// The transition that a draw below the threshold stands for, by shares of the hazards.
int member_of(std::span<const float> hazards, std::uint64_t u, std::uint64_t limit) {
  double all = 0.0;
  for (const float hazard : hazards) all += static_cast<double>(hazard);
  double running = 0.0;
  int last = -1;
  for (std::size_t k = 0; k < hazards.size(); ++k) {
    running += static_cast<double>(hazards[k]);
    if (static_cast<double>(u) * all < static_cast<double>(limit) * running) return static_cast<int>(k);
    if (hazards[k] > 0.0F) last = static_cast<int>(k);
  }
  return last;
}

}  // namespace

bool happens(std::uint64_t threshold, std::uint16_t top, Change change, const StateDraw& draw) {
  const std::uint64_t side = change == Change::begin ? top : 0xffffU - top;
  if (side != threshold >> 32) return side < threshold >> 32;
  const std::uint64_t u = whole_draw(top, draw);
  return (change == Change::begin ? u : kDrawMax - u) < threshold;
}

int changed_member(std::span<const float> hazards, std::uint16_t top, const StateDraw& draw) {
  float sum = 0.0F;
  for (const float hazard : hazards) sum += hazard;
  const std::uint64_t limit = threshold(chance(sum));
  if (!happens(limit, top, Change::begin, draw)) return -1;
  return member_of(hazards, whole_draw(top, draw), limit);
}

}  // namespace sleutel::kernel
