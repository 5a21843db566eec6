#include "sim/calibrate/belief.h"

#include <algorithm>
#include <cmath>

#include "sim/base/math.h"

namespace sleutel::calibrate {

Belief::Belief(const std::vector<Evaluation>& runs, const std::vector<Aim>& aims) : aims_(aims), training_(runs) {
  for (std::size_t j = 0; j < aims.size(); ++j) emulators_.emplace_back(training_, runs, j);
}

Belief::Belief(const std::vector<Evaluation>& runs, const Belief& before) : aims_(before.aims_), training_(runs) {
  for (std::size_t j = 0; j < aims_.size(); ++j) emulators_.emplace_back(training_, runs, j, before.emulators_[j]);
}

double Belief::implausibility(const Point& point) const {
  const Sight sight(training_, point);
  double largest = 0;
  for (std::size_t j = 0; j < aims_.size(); ++j) {
    const Prediction said = emulators_[j].at(sight);
    const double deviation = std::sqrt(said.variance + aims_[j].error * aims_[j].error);
    largest = std::max(largest, std::abs(said.mean - aims_[j].value) / deviation);
  }
  return largest;
}

double Belief::log_likelihood(const Point& point) const {
  const Sight sight(training_, point);
  double sum = 0;
  for (std::size_t j = 0; j < aims_.size(); ++j) {
    const Prediction said = emulators_[j].at(sight);
    const double own = aims_[j].error * aims_[j].error, variance = said.variance + own;
    const double off = said.mean - aims_[j].value;
    sum -= 0.5 * (off * off / variance + math::log(variance / own));
  }
  return sum;
}

}  // namespace sleutel::calibrate
