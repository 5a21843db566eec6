#include "output/measures/sullivan.h"

#include <cmath>
#include <limits>

#include "sim/base/math.h"

namespace sleutel {
namespace {

/// One band of the life table, for one who reaches it.
struct Stay {
  double survives = 0;        ///< chance to reach the next band
  double years = 0;           ///< mean years in the band
  double survives_slope = 0;  ///< their changes with the death rate
  double years_slope = 0;
};

Stay stay_in(int band, double rate) {
  if (band + 1 == kLifeTableBands) return {0, 1 / rate, 0, -1 / (rate * rate)};
  const double n = life_table_band_from(band + 1) - life_table_band_from(band);
  if (rate <= 0) return {1, n, -n, -n * n / 2};
  const double survives = math::exp(-n * rate);
  return {survives, (1 - survives) / rate, -n * survives, (n * survives * rate - (1 - survives)) / (rate * rate)};
}

Expectancy none(NoExpectancy why, int band) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  return {nan, nan, why, band};
}

}  // namespace

Expectancy expectancy(const LifeTableSums& sums, int from_band) {
  for (int band = from_band; band < kLifeTableBands; ++band)
    if (sums.seen_years[static_cast<std::size_t>(band)] <= 0) return none(NoExpectancy::nobody, band);
  if (sums.deaths.back() <= 0) return none(NoExpectancy::no_deaths, kLifeTableBands - 1);
  double ahead = 0, variance = 0;  // of one who reaches the band
  for (int band = kLifeTableBands - 1; band >= from_band; --band) {
    const auto i = static_cast<std::size_t>(band);
    const double rate = sums.deaths[i] / sums.person_years[i];
    const double share = sums.healthy_years[i] / sums.seen_years[i];
    const Stay stay = stay_in(band, rate);
    const double slope = share * stay.years_slope + stay.survives_slope * ahead;
    const double of_rate = sums.deaths[i] / (sums.person_years[i] * sums.person_years[i]);
    const double of_share = share * (1 - share) / sums.seen_years[i];
    variance = stay.survives * stay.survives * variance + slope * slope * of_rate + stay.years * stay.years * of_share;
    ahead = share * stay.years + stay.survives * ahead;
  }
  return {ahead, std::sqrt(variance), NoExpectancy::none, 0};
}

}  // namespace sleutel
