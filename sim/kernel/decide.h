#pragma once
/// \file
/// From a threshold and a draw to yes or no: the last step of every form of the kernel.

#include <cstdint>
#include <span>

#include "sim/kernel/transitions.h"

namespace sleutel::kernel {

/// One draw: of which unit, of which month, with which permanent number.
struct StateDraw {
  StreamKey key;
  std::uint64_t id = 0;
  std::uint32_t month = 0;
  int number = 0;
};

/// Whether a transition with this threshold happens, given the sixteen bits of its draw. The 32 bits below them are
/// looked at only if the sixteen do not decide. Begin happens at the low end of the draws, end at the high end.
bool happens(std::uint64_t threshold, std::uint16_t top, Change change, const StateDraw& draw);

/// Which member of a group changes, given the hazards of its members per month in order of draw (0 where closed) and
/// the sixteen bits of the rest member's draw: a position in `hazards`, or -1.
int changed_member(std::span<const float> hazards, std::uint16_t top, const StateDraw& draw);

}  // namespace sleutel::kernel
