#include "sim/calibrate/free_parameter.h"

#include "sim/base/math.h"

namespace sleutel::calibrate {
namespace {

constexpr double kHalfInterval = 1.959963984540054;  ///< standard deviations from the middle to the end of 95%

}  // namespace

double FreeParameter::at(double z) const {
  const double share = z / kHalfInterval;  // -1 at low, 1 at high
  if (scale == Scale::sum) return (low + high) / 2 + share * (high - low) / 2;
  const double from = math::log(low), to = math::log(high);
  return math::exp((from + to) / 2 + share * (to - from) / 2);
}

double FreeParameter::standing(double value) const {
  const bool factor = scale == Scale::factor;
  const double from = factor ? math::log(low) : low, to = factor ? math::log(high) : high;
  const double here = factor ? math::log(value) : value;
  return (2 * here - from - to) / (to - from) * kHalfInterval;
}

}  // namespace sleutel::calibrate
