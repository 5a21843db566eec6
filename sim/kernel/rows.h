#pragma once
/// \file
/// The matrix row by row, for the reference form of the kernel and for the centring.

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/kernel/kernel_model.h"
#include "sim/kernel/unit_block.h"

namespace sleutel::kernel {

/// The rows of a matrix that are on for one unit: states, derived bits, one level of each quantised predictor.
struct RowsOn {
  std::array<std::uint16_t, kMaxStates + kMaxDerived + kMaxLevelPredictors> row{};
  std::size_t count = 0;
};

RowsOn rows_on(const Matrix& matrix, const Unit& unit);

/// Sum of the edges of one transition that are on, not clipped, and whether it is open.
struct EdgeSum {
  std::int32_t sum = 0;  ///< [log2 hazard x 2^20]
  bool open = false;
};

/// `lane` = vector * kLanes + lane.
EdgeSum edge_sum(const KernelModel& model, const Unit& unit, const RowsOn& on, std::size_t lane, Change change);

/// What stands outside the clip: base, shift and programmes.
std::int32_t outside_clip(const KernelModel& model, const Unit& unit, std::size_t lane, Change change);

/// Held to +-kClip.
constexpr std::int32_t clipped(std::int32_t sum) { return sum > kClip ? kClip : (sum < -kClip ? -kClip : sum); }

}  // namespace sleutel::kernel
