#pragma once
/// \file
/// One month of a stress load, for a block of residents. docs/model-semantics.md, "Stress".

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/base/isa.h"

namespace sleutel::kernel {

/// A range of loads [points x 4096], both ends in it.
struct LoadRange {
  std::uint16_t low = 0;
  std::uint16_t high = 65535;
};

/// How somebody rounds a load to levels: to the nearest step, halves up, up to a highest level.
struct LoadLevels {
  std::uint32_t step = 1;  ///< width of a level [points x 4096]
  std::uint32_t top = 0;   ///< the highest level

  constexpr std::uint32_t level_of(std::uint32_t load) const {
    const std::uint32_t nearest = (2 * load + step) / (2 * step);
    return nearest < top ? nearest : top;
  }
};

/// Columns of residents side by side, all of the same load.
struct LoadColumns {
  std::uint16_t* load = nullptr;         ///< [points x 4096]
  const std::uint16_t* added = nullptr;  ///< on top in this month [points x 4096]
  const std::uint16_t* low = nullptr;    ///< of the range in which bounds of hazards hold
  const std::uint16_t* high = nullptr;
  std::uint8_t* stale = nullptr;  ///< marks are added
};

/// What is marked of whom.
struct LoadMarks {
  std::uint8_t out_of_bounds = 0;      ///< the load has left the range in which bounds hold
  std::uint8_t other_level = 0;        ///< the load has come to another of these levels
  std::span<const LoadLevels> levels;  ///< of all who read the load; empty: nobody does
};

/// One month of load, held to 65,535: what is left, and what came on top.
constexpr std::uint16_t relaxed(std::uint32_t load, std::uint32_t keep, std::uint32_t added) {
  const std::uint32_t next = ((load * keep + (1U << 15)) >> 16) + added;
  return static_cast<std::uint16_t>(next < 65535 ? next : 65535);
}

/// Lives one month of `count` loads, of which the share keep / 2^16 (keep below 2^16) is left; the same bits in every
/// form.
void relax(const LoadColumns& columns, std::size_t count, std::uint32_t keep, const LoadMarks& marks, Isa isa);

}  // namespace sleutel::kernel
