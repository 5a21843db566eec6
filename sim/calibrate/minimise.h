#pragma once
/// \file
/// A minimum without derivatives, by NLopt: Subplex (Rowan 1990), or BOBYQA (Powell 2009) for a function that takes
/// long and is smooth.

#include <functional>
#include <vector>

namespace sleutel::calibrate {

struct Minimum {
  std::vector<double> at;
  double value = 0;
  int trials = 0;
};

enum class Method : unsigned char { subplex, bobyqa };

struct MinimiseOptions {
  double step = 1;   ///< first step in each dimension
  double reach = 3;  ///< no further than this from the start in any dimension
  int most = 100;    ///< trials; never more
  Method method = Method::subplex;
};

/// The best point that was tried. `of` may throw: that passes through.
Minimum minimise(const std::function<double(const std::vector<double>&)>& of, const std::vector<double>& start,
                 const MinimiseOptions& options);

}  // namespace sleutel::calibrate
