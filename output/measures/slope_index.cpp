#include "output/measures/slope_index.h"

#include <limits>

namespace sleutel {

SlopeLine slope_line(const Society& society) {
  const double mean = mean_level(society), half = slope_index(society) / 2;
  return {mean - half, mean + half};
}

double slope_index(const Society& society) { return rank_covariance(society) / rank_variance(society); }

double relative_index(const Society& society) {
  const SlopeLine line = slope_line(society);
  const bool above = line.lowest > 0 && line.highest > 0;
  return above ? line.highest / line.lowest : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace sleutel
