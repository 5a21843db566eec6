#include "output/measures/concentration.h"

#include <limits>

namespace sleutel {

double concentration_index(const Society& society) {
  const double mean = mean_level(society);
  return mean > 0 ? 2 * rank_covariance(society) / mean : std::numeric_limits<double>::quiet_NaN();
}

double erreygers_index(const Society& society, double width) { return 8 * rank_covariance(society) / width; }

}  // namespace sleutel
