#pragma once
/// \file
/// Parts of prepare() that stand in files of their own, and what they share: reading the tables of a matrix, in which
/// what is left out is zero.

#include "sim/kernel/kernel_model.h"

namespace sleutel::kernel {

inline constexpr std::size_t kPair = 2 * kLanes;  ///< numbers of a begin row and its end row

inline std::size_t vectors_of(const KernelModel& ready) { return static_cast<std::size_t>(ready.matrix->vectors); }

/// Entry of a table that may have been left out (no shift yet, nothing forbidden): then 0.
inline std::uint32_t mask_at(const std::vector<std::uint16_t>& masks, std::size_t index) {
  return index < masks.size() ? masks[index] : 0U;
}

inline std::int32_t number_at(const std::vector<Lanes>& rows, std::size_t index, std::size_t lane) {
  return index < rows.size() ? rows[index].at[lane] : 0;
}

inline bool all_zero(const std::vector<Lanes>& rows, std::size_t index) {
  return index >= rows.size() || rows[index].at == Lanes{}.at;
}

/// The begin row and, behind it, the end row of one place of two tables.
inline void copy_pair(const std::vector<Lanes>& begin, const std::vector<Lanes>& end, std::size_t index,
                      std::int32_t* to) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    to[lane] = number_at(begin, index, lane);
    to[kLanes + lane] = number_at(end, index, lane);
  }
}

/// Says for each vector where among the draws of a unit each lane's draw stands.
void fill_draw_pieces(KernelModel& ready);

/// Base rates of the cells of each vector; cells that are alike share a row.
void fill_cells(KernelModel& ready);

}  // namespace sleutel::kernel
