#include "sim/city/income_curve.h"

#include <algorithm>

#include "sim/base/math.h"

namespace sleutel::city {

double IncomeCurve::at(double u) const {
  if (u < low) return floor + (line - floor) * (u / low);
  if (u < 1 - top) {
    const double v = (u - low) / (1 - top - low);
    return line + (bound - line) * (v + bend * v * (1 - v));
  }
  return bound * math::pow(1 / std::max(1e-6, (1 - u) / top), 1 / tail);
}

void IncomeCurve::bend_to(double mean) {
  constexpr double kMostBend = 0.9;
  const double middle = 1 - low - top;
  const double bottom_sum = low * 0.5 * (floor + line);
  const double top_sum = top * bound * tail / (tail - 1);
  const double wanted = (mean - bottom_sum - top_sum) / middle;  // mean of the middle
  bend = std::clamp(6 * ((wanted - line) / (bound - line) - 0.5), -kMostBend, kMostBend);
  const double middle_sum = middle * (line + (bound - line) * (0.5 + bend / 6));
  const double left = (mean - bottom_sum - middle_sum) / (top * bound);  // what tail / (tail - 1) must be
  tail = left > 1.05 ? std::clamp(left / (left - 1), 1.4, 20.0) : 20.0;
}

}  // namespace sleutel::city
