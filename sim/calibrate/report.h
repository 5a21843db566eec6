#pragma once
/// \file
/// What a calibration says of its parameters and figures, in text, as JSON, and as the two files that it leaves:
/// calibrated.yaml and the draws.

#include <string>
#include <vector>

#include "sim/calibrate/calibration.h"
#include "sim/calibrate/read_calibration.h"

namespace sleutel::calibrate {

/// A free parameter after the search; in its unit.
struct Learnt {
  std::string path;
  double prior_low = 0, prior_middle = 0, prior_high = 0;  ///< middle 90% of the prior
  double low = 0, middle = 0, high = 0;                    ///< middle 90% of the draws
  double moved = 0;  ///< 1 - spread of the draws / spread of the prior, on the parameter's scale: 0 told nothing
};

/// Two parameters that the figures tell together and not apart.
struct Together {
  std::string one, other;
  double correlation = 0;  ///< over the draws
};

/// A figure before and after.
struct Reached {
  std::string name;
  double published = 0, error = 0;
  double before = 0;                     ///< at the middle of the prior
  double low = 0, middle = 0, high = 0;  ///< middle 90% and median over the draws, of what was simulated
  bool met = false;                      ///< the median is within two errors
};

struct Report {
  std::string id, file;
  std::vector<Learnt> parameters;
  std::vector<Together> together;
  std::vector<Reached> figures;
  std::size_t runs = 0, draws = 0;
  double effective = 0;
  double seconds = 0;  ///< of this call
};

Report report_of(const CalibrationFile& calibration, const std::vector<Aim>& aims, const Calibration& found);

std::string report_text(const Report& report);
std::string report_json(const Report& report);
/// The medians as `set:` of a scenario, with what they come from.
std::string calibrated_yaml(const Report& report, const CalibrationFile& calibration, const Calibration& found);
/// A row per draw: draw, and the value of each free parameter.
std::string draws_csv(const CalibrationFile& calibration, const Calibration& found);

}  // namespace sleutel::calibrate
