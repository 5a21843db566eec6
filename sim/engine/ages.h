#pragma once
/// \file
/// What life tables need: months, deaths and healthy months by age band, of everybody and of the cohort of the start.

#include <array>
#include <cstdint>
#include <vector>

#include "sleutel/city.h"
#include "sleutel/recorder.h"

namespace sleutel {

inline constexpr int kMaxHealthy = 14;           ///< outcomes that give healthy life expectancies
inline constexpr std::uint8_t kNoAgeBand = 255;  ///< start band of who was not there at the start
inline constexpr std::size_t kAgeWidth = 16;     ///< a cache line: persons, deaths, healthy months
static_assert(kAgeWidth == 2 + kMaxHealthy);

/// Which outcomes and residents are counted by age, of one model and start.
struct AgeRules {
  AgeRules(const Model& model, const City& start);

  std::vector<int> outcomes;                ///< AgeTally::outcomes
  std::uint64_t healthy = 0;                ///< the same as bits
  std::array<std::uint8_t, 64> place_of{};  ///< [outcome] place in the width of a cell
  std::uint64_t first_newcomer = 0;         ///< ids of the start's residents are below
  std::vector<std::int64_t> at_start;       ///< AgeTally::at_start

  /// The age band at the start of who was there, or kNoAgeBand.
  std::uint8_t start_band(const Residents& residents, Row row) const;
};

/// Sums of one thread over a year: [cell * kAgeWidth + place], place 0 months, 1 deaths. An outcome is counted at most
/// once for each resident and month: 32 bits are enough, as in Sums.
struct AgeCounts {
  Column<std::int32_t> period, cohort;

  void clear();
  void add_months(const AgeRules& rules, int income_and_sex, std::array<std::uint8_t, 2> bands, std::int32_t months,
                  std::uint64_t held);
  void add_death(int income_and_sex, std::array<std::uint8_t, 2> bands);
};

/// Adds up the sums of one more thread. `to` must have its size, all 0 before the first.
void add_up(const AgeCounts& counts, AgeTally& to);

/// A tally of these rules, with all sums 0.
AgeTally empty_tally(const AgeRules& rules);

}  // namespace sleutel
