#pragma once
/// \file
/// The simulator of a calibration: a point becomes a model with other parameters, that model gets its own constants and
/// start on a sample of the city, and some replicates of it are lived and measured.

#include <functional>
#include <string>
#include <vector>

#include "sim/calibrate/ledger.h"
#include "sim/calibrate/read_calibration.h"
#include "sim/calibrate/search.h"
#include "sim/engine/arm.h"
#include "sim/engine/start.h"

namespace sleutel::calibrate {

/// What stays the same from point to point.
struct Ground {
  CalibrationFile calibration;
  std::string model_file, evidence_folder;
  City made;  ///< sample of the city, without states
  Flows flows;
  /// The figures of one replicate, in the order of the targets.
  std::function<std::vector<double>(const Arm& arm, int replicate)> measure;
  std::size_t targets = 0;
};

class ModelSimulator {
 public:
  /// Runs that the ledger holds are not simulated again; others are written to it as they come.
  ModelSimulator(const Ground& ground, Ledger& ledger, int threads);

  /// As search.h asks. Throws EnvironmentError (interrupted) if `stop` says so between two points.
  std::vector<Simulated> operator()(const std::vector<Point>& points, std::size_t first);

  std::function<bool()> stop;                            ///< may be empty
  std::function<void(std::size_t runs)> tell_simulated;  ///< hears how many are in the ledger; may be empty

 private:
  std::vector<std::vector<double>> replicates_of(const Point& point, std::size_t number) const;
  Simulated summed_up(const std::vector<std::vector<double>>& replicates) const;

  const Ground& ground_;
  Ledger& ledger_;
  int threads_;
};

/// The changes that a point makes: `set:` of each free parameter.
std::vector<ParameterChange> changes_at(const CalibrationFile& calibration, const Point& point);

}  // namespace sleutel::calibrate
