#pragma once
/// \file
/// Exact thinning. As long as nothing about a unit changes, its hazards do not either: what is kept from month to month
/// is an upper bound of each lane's draw, and only a unit with a draw within its bounds is evaluated. The records are
/// those of draw_transitions, bit for bit (docs/decisions/0012-bounds-are-kept.md).
///
///     bounds.fit(rows, model);
///     clipped += bound_units(model, block, changed, bounds);        // after these units have changed
///     draw_bounded(model, month, block, ids, bounds, units, fired);  // each month

#include <cstdint>
#include <span>

#include "sim/kernel/transitions.h"

namespace sleutel::kernel {

struct Bounds {
  std::size_t vectors = 0;
  Column<std::uint16_t> limit;   ///< [unit][vector][lane] a draw above it cannot fire; flipped for ends of their own
  Column<std::uint32_t> open;    ///< [unit][vector] open lanes (low half) and lanes that are on (high half)
  Column<std::uint8_t> clipped;  ///< [unit] open lanes whose sum of edges was clipped
  Column<std::uint8_t> known;    ///< [unit] 1: the bounds are those of the unit as it is

  /// Room for this many units; new ones are not known.
  void fit(std::size_t units, const KernelModel& model);
  /// Nothing is known any more.
  void forget();
  /// This unit is no more. Gives the change of the number of clipped lanes, which is not above 0.
  int drop(std::size_t unit);
};

/// Makes the bounds of these units of the block. Gives the change of the number of clipped lanes. The processor must
/// have AVX2 and BMI2.
int bound_units(const KernelModel& model, const UnitBlock& block, std::span<const Row> units, Bounds& bounds);

/// As draw_transitions for these units of the block, all of them known; a record's `unit` is the index in the block.
/// Clipped lanes are not counted: they are known from bound_units.
/// `ids` are those of the units of the block, side by side.
void draw_bounded(const KernelModel& model, const Month& month, const UnitBlock& block,
                  std::span<const std::uint64_t> ids, const Bounds& bounds, std::span<const Row> units,
                  FiredBuffer& out);

}  // namespace sleutel::kernel
