#pragma once
/// \file
/// What a calibration searches with: points, a simulator that says what comes of a point, and targets. No model is
/// known here: a point holds one number per free parameter, standard normal under its prior, and the simulator knows
/// what the numbers mean (sim/calibrate/free_parameter.h).

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace sleutel::calibrate {

/// One number per free parameter; under the prior each is standard normal.
using Point = std::vector<double>;

/// What was simulated for each target.
struct Simulated {
  std::vector<double> value;  ///< [target], in the unit of the target
  std::vector<double> error;  ///< [target], standard error by chance alone, same unit
};

/// A published figure that is searched for.
struct Aim {
  std::string name;
  double value = 0;
  double error = 1;  ///< standard error, same unit; above 0
};

/// A point and what came of it.
struct Evaluation {
  Point at;
  Simulated came;
};

/// Simulates some points; `first` is the number of evaluations before them, from which their random numbers are named.
/// The same points at the same place in the search give the same answer.
using Simulate = std::function<std::vector<Simulated>(const std::vector<Point>& points, std::size_t first)>;

/// Minus twice the logarithm of the likelihood of what was simulated, without its constant, chance included:
/// sum over targets of (simulated - published)^2 / variance + log(variance / published variance).
double misfit(const Simulated& came, const std::vector<Aim>& aims);

/// Squared distance from the middle of the prior.
double from_the_prior(const Point& point);

}  // namespace sleutel::calibrate
