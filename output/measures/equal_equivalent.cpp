#include "output/measures/equal_equivalent.h"

#include <algorithm>
#include <limits>

#include "sim/base/math.h"

namespace sleutel {
namespace {

bool all_the_same(const Society& society) {
  return std::all_of(society.begin(), society.end(),
                     [&](const RankedGroup& group) { return group.level == society.front().level; });
}

double largest(const Society& society) {
  double most = 0;
  for (const RankedGroup& group : society) most = std::max(most, group.level);
  return most;
}

/// Levels above 0, `order` not 0. Of levels divided by the largest, so that high orders do not run out of range.
double mean_of_order(const Society& society, double order) {
  const double most = largest(society);
  double sum = 0;
  for (const RankedGroup& group : society) sum += group.share * math::exp(order * math::log(group.level / most));
  return most * math::exp(math::log(sum) / order);
}

double geometric_mean(const Society& society) {
  double sum = 0;
  for (const RankedGroup& group : society) sum += group.share * math::log(group.level);
  return math::exp(sum);
}

/// Mean of the given order of levels of 0 and more; a level of 0 makes it 0 unless the order is above 0.
double mean_of_any_order(const Society& society, double order) {
  double least = society.front().level;
  for (const RankedGroup& group : society) {
    if (!(group.level >= 0)) return std::numeric_limits<double>::quiet_NaN();
    least = std::min(least, group.level);
  }
  if (all_the_same(society)) return society.front().level;
  if (order == 1) return mean_level(society);
  if (least == 0 && order <= 0) return 0;
  return order == 0 ? geometric_mean(society) : mean_of_order(society, order);
}

}  // namespace

double equal_equivalent(const Society& attainment, double aversion) {
  return mean_of_any_order(attainment, 1 - aversion);
}

double equal_equivalent_shortfall(const Society& shortfall, double aversion) {
  return mean_of_any_order(shortfall, 1 + aversion);
}

}  // namespace sleutel
