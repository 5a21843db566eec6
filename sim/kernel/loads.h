#pragma once
/// \file
/// One month of a stress load, for a block of residents: plain loops over columns that the compiler turns into vectors
/// of any instruction set. docs/model-semantics.md, "Stress".

#include <cstddef>
#include <cstdint>

namespace sleutel::kernel {

/// A range of loads [points x 4096], both ends in it.
struct LoadRange {
  std::uint16_t low = 0;
  std::uint16_t high = 65535;
};

/// Columns of residents side by side, all of the same load.
struct LoadColumns {
  std::uint16_t* load = nullptr;         ///< [points x 4096]
  const std::uint16_t* added = nullptr;  ///< on top in this month [points x 4096]
  const std::uint16_t* low = nullptr;    ///< of the range in which bounds of hazards hold
  const std::uint16_t* high = nullptr;
  std::uint16_t* level_low = nullptr;  ///< of the range of the same level, for who reads it; null: nobody does
  std::uint16_t* level_high = nullptr;
  std::uint8_t* stale = nullptr;  ///< marks are added
};

/// What is marked of whom.
struct LoadMarks {
  std::uint8_t out_of_bounds = 0;  ///< the load has left the range in which bounds hold
  std::uint8_t other_level = 0;    ///< the load has come to another level
};

/// One month of load, held to 65,535: what is left, and what came on top.
constexpr std::uint16_t relaxed(std::uint32_t load, std::uint32_t keep, std::uint32_t added) {
  const std::uint32_t next = ((load * keep + (1U << 15)) >> 16) + added;
  return static_cast<std::uint16_t>(next < 65535 ? next : 65535);
}

/// Lives one month of `count` loads, of which the share keep / 2^16 (keep below 2^16) is left.
void relax(const LoadColumns& columns, std::size_t count, std::uint32_t keep, LoadMarks marks);

}  // namespace sleutel::kernel
