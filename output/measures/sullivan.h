#pragma once
/// \file
/// Life expectancy and healthy life expectancy by Sullivan's method, from counts by age band (docs/measures.md).
///
///     const Expectancy years = expectancy(sums, 0);   // at birth

#include <array>
#include <cstdint>

#include "sleutel/calendar.h"

namespace sleutel {

/// What was seen of one group in each age band.
struct LifeTableSums {
  using Bands = std::array<double, kLifeTableBands>;
  Bands person_years{};   ///< who dies in a month counts half of it
  Bands deaths{};         ///< [events]
  Bands seen_years{};     ///< person-years in which it was asked who is healthy
  Bands healthy_years{};  ///< of these, in good health
};

/// Why there is no expectancy.
enum class NoExpectancy : std::uint8_t {
  none,       ///< there is one
  nobody,     ///< a band has no residents
  no_deaths,  ///< nobody died in the last band: it has no end
};

struct Expectancy {
  double years = 0;           ///< NaN if there is none
  double standard_error = 0;  ///< of the deaths and the shares that were seen, as if they were independent [years]
  NoExpectancy why_not = NoExpectancy::none;
  int band = 0;  ///< of why_not
};

/// Mean years in good health from the first age of a band on; with healthy_years = seen_years the life expectancy.
/// Within a band the death rate is constant; the last one is open.
Expectancy expectancy(const LifeTableSums& sums, int from_band);

}  // namespace sleutel
