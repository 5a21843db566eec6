#include "output/measures/group_spread.h"

#include <cmath>
#include <limits>

namespace sleutel {
namespace {

constexpr double kNoRatio = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double range_gap(const Society& society) { return society.back().level - society.front().level; }

double range_ratio(const Society& society) {
  const double first = society.front().level, last = society.back().level;
  return first > 0 && last > 0 ? last / first : kNoRatio;
}

double spread(const Society& society) {
  const double mean = mean_level(society);
  double squares = 0;
  for (const RankedGroup& group : society) squares += group.share * (group.level - mean) * (group.level - mean);
  return std::sqrt(squares);
}

double relative_spread(const Society& society) {
  const double mean = mean_level(society);
  return mean > 0 ? spread(society) / mean : kNoRatio;
}

}  // namespace sleutel
