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
  std::array<std::uint16_t, kMaxStates + kMaxDerived + kMaxLevelPredictors> row;
  std::size_t count = 0;
};

RowsOn rows_on(const Matrix& matrix, const Unit& unit);

/// The lanes of one vector for one kind of change.
struct VectorSums {
  Lanes edges;           ///< sum of the rows that are on, not clipped [log2 hazard x 2^20]
  Lanes outside;         ///< base, shift and programmes [log2 hazard x 2^20]
  std::uint32_t closed;  ///< lanes that the cell, a row that is on, or a required row that is off closes
};

VectorSums sums_of(const KernelModel& model, const Unit& unit, const RowsOn& on, std::size_t vector, Change change);

/// Held to +-kClip.
constexpr std::int32_t clipped(std::int32_t sum) { return sum > kClip ? kClip : (sum < -kClip ? -kClip : sum); }

}  // namespace sleutel::kernel
