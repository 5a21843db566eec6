#pragma once
/// \file
/// The heart of the program: which states of which units begin and end this month. Pure functions on columns.
///
///     const auto ready = kernel::prepare(model, Level::resident);          // once per model
///     kernel::draw_transitions(ready, {key, month, isa}, block, fired, clipped);
///     for (const auto& record : fired.records()) ...
///
/// The meaning, to the bit, is docs/model-semantics.md. All forms give the same records; the scalar form is the one to
/// read (sim/kernel/scalar.cpp), the vector form is the one that is fast (sim/kernel/avx2.cpp).

#include <cstdint>

#include "sim/base/isa.h"
#include "sim/kernel/kernel_model.h"
#include "sim/kernel/unit_block.h"
#include "sleutel/random.h"

namespace sleutel::kernel {

/// Whose draws, of which month, by which form of the kernel.
struct Month {
  StreamKey key;
  std::uint32_t month = 0;  ///< since the start of the run; before it counted down from 2^32
  Isa isa = Isa::scalar;    ///< changes no result
};

/// Draws all transitions of a block and adds their records to `out` (which is not cleared), in order of unit, then of
/// draw number. If death begins, that is the only record of its unit. Adds to `clipped` the number of open lanes whose
/// sum of edges was clipped. The block is not changed: whoever applies the records sees last month's states.
void draw_transitions(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                      std::int64_t& clipped);

/// As draw_transitions in the reference form for one unit; `index` is the unit of its records.
void draw_one(const KernelModel& model, const Month& month, const Unit& unit, std::uint32_t index, FiredBuffer& out,
              std::int64_t& clipped);

/// For the centring: the sums of edges of a vector's lanes, clipped, without base, shift and programmes.
struct ClippedSums {
  Lanes sum;               ///< [log2 hazard x 2^20]
  std::uint16_t open = 0;  ///< lanes that the cell, the rows that forbid and the rows that are required let happen
};

/// What the edges do to the begins, or to the ends, of one vector's states, whether these states are on or off.
ClippedSums clipped_edge_sums(const KernelModel& model, const Unit& unit, int vector, Change change);

/// The same for one transition. `lane` = vector * kLanes + lane, as lane_of gives.
struct ClippedSum {
  std::int32_t sum = 0;  ///< [log2 hazard x 2^20]
  bool open = false;
};
ClippedSum clipped_edge_sum(const KernelModel& model, const Unit& unit, int lane, Change change);

/// vector * kLanes + lane of a state with a transition at this level, or -1.
int lane_of(const KernelModel& model, int state);

}  // namespace sleutel::kernel
