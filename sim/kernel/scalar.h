#pragma once
/// \file
/// The reference form of the kernel: plain loops over the Matrix itself, to be read beside docs/model-semantics.md.
/// Every other form is tested against it, bit for bit.

#include "sim/kernel/transitions.h"

namespace sleutel::kernel {

/// Draws the transitions of one unit, which is number `index` of its block; see draw_transitions.
void draw_unit(const KernelModel& model, const Month& month, std::uint32_t index, const Unit& unit, FiredBuffer& out,
               std::int64_t& clipped);

}  // namespace sleutel::kernel
