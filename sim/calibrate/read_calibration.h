#pragma once
/// \file
/// The file of a calibration: which figures are searched for, which parameters may move, on how large a city. The
/// format stands in docs/calibration.md.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/calibrate/free_parameter.h"
#include "sleutel/model.h"

namespace sleutel::calibrate {

inline constexpr int kMostParameters = 20;  ///< beside the constants of the centring, which no one chooses

struct CalibrationFile {
  std::string id, file;
  std::string city = "leiden", model = "model.yaml", targets = "targets.yaml";
  int residents = 0, years = 0, replicates = 0;
  std::uint64_t seed = 1, city_seed = 1;
  /// How long it is searched; 0: as calibration.h has it.
  struct Search {
    int first_design = 0;  ///< points for each parameter
    int downhill = 0;      ///< trials
    int waves = 0;
    int wave_points = 0;
    int draws = 0;         ///< effective draws that are asked for
    int most_sampled = 0;  ///< points simulated for them at most
  } search;
  std::vector<FreeParameter> parameters;
};

/// Which city and model, before anything else can be checked; of a file with problems, as far as they can be read.
/// Throws InputError if the file is not there or is broken YAML.
CalibrationFile read_calibration_names(const std::string& file);

/// Reads and checks all of it. Throws InputError with every problem.
CalibrationFile read_calibration(const std::string& file, const Model& model);

}  // namespace sleutel::calibrate
