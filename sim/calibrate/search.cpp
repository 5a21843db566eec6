#include "sim/calibrate/search.h"

#include "sim/base/math.h"

namespace sleutel::calibrate {

double misfit(const Simulated& came, const std::vector<Aim>& aims) {
  double sum = 0;
  for (std::size_t j = 0; j < aims.size(); ++j) {
    const double own = aims[j].error * aims[j].error;
    const double variance = own + came.error[j] * came.error[j];
    const double off = came.value[j] - aims[j].value;
    sum += off * off / variance + math::log(variance / own);
  }
  return sum;
}

double from_the_prior(const Point& point) {
  double sum = 0;
  for (const double z : point) sum += z * z;
  return sum;
}

}  // namespace sleutel::calibrate
