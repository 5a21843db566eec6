#pragma once
/// \file
/// A parameter that a calibration may move, and what is believed of it beforehand.

#include <string>

namespace sleutel::calibrate {

/// What multiplies is moved by its logarithm, what is added by itself.
enum class Scale : unsigned char { factor, sum };

struct FreeParameter {
  std::string path;  ///< as `set:` has it
  std::string unit;
  Scale scale = Scale::factor;
  double low = 0, high = 0;  ///< the middle 95% of the prior, in its unit; above 0 for a factor
  std::string because;       ///< evidence ids, or the reason of a prior that is declared
  int line = 0, column = 0;

  /// Its value at so many standard deviations of the prior from the middle.
  double at(double z) const;
  /// The same, turned round.
  double standing(double value) const;
};

}  // namespace sleutel::calibrate
