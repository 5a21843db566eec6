#pragma once
/// \file
/// Columns of residents that all move on by a month, stress loads and durations, as they are compiled for one
/// instruction set: loads.h and durations.h are what to call. No std templates, as in tables.h.

#include <cstddef>
#include <cstdint>

namespace sleutel::kernel {

inline constexpr std::size_t kLoadsTogether = 32;  ///< residents whose loads move on together
inline constexpr std::size_t kRowsTogether = 8;    ///< residents whose durations grow together

/// Levels of a load whose step is a power of two from 4 to 2^15: to the nearest, halves up.
struct ShiftedLevels {
  std::uint16_t to_halves = 0;  ///< times a load, the high half: the load in half steps
  std::uint16_t top = 0;        ///< the highest level
};

/// One month of one load: see LoadColumns and LoadMarks.
struct LoadMonth {
  std::uint16_t* load = nullptr;
  const std::uint16_t* added = nullptr;
  const std::uint16_t* low = nullptr;
  const std::uint16_t* high = nullptr;
  std::uint8_t* stale = nullptr;
  std::uint16_t keep = 0;
  std::uint8_t out_of_bounds = 0;
  std::uint8_t other_level = 0;
  const ShiftedLevels* levels = nullptr;
  int kinds_of_levels = 0;
};

/// One month of durations: see grow().
struct MonthsGrowing {
  const std::uint8_t* slots = nullptr;
  std::uint8_t* months = nullptr;        ///< [row][slot]
  const std::uint64_t* asked = nullptr;  ///< [list] a byte for each slot
  int lists = 0;
  std::uint8_t* reached = nullptr;
};

/// These columns for one instruction set.
struct ColumnForm {
  /// `count` is a multiple of kLoadsTogether.
  void (*relax)(const LoadMonth& month, std::size_t count);
  /// `count` is a multiple of kRowsTogether.
  void (*grow)(const MonthsGrowing& month, std::size_t count);
};
#if defined(__x86_64__)
extern const ColumnForm kColumnsAvx2;    ///< columns_avx2.cpp
extern const ColumnForm kColumnsAvx512;  ///< columns_avx512.cpp
#endif

}  // namespace sleutel::kernel
