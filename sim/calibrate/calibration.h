#pragma once
/// \file
/// The whole search: from a prior, a simulator and targets to draws of the parameters.
///
/// 1. The middle of the prior and a Latin hypercube are simulated, then BOBYQA goes downhill from the best.
/// 2. Waves of history matching: emulators learn from what was simulated; points that they do not rule out are
/// simulated.
///    A last wave takes its points from the emulators' posterior.
/// 3. Importance sampling: points from the emulators' posterior are simulated; emulators that have learnt from those
/// too
///    say how much likelier each is than it seemed; until these weights are worth as many draws as were asked for.
/// docs/calibration.md.

#include <functional>
#include <string>

#include "sim/calibrate/draws.h"
#include "sim/calibrate/search.h"

namespace sleutel::calibrate {

struct Options {
  std::size_t per_parameter = 6;    ///< points of the first design, for each parameter
  std::size_t downhill = 0;         ///< trials of BOBYQA; 0: three for each parameter
  std::size_t waves = 3;            ///< of history matching
  std::size_t wave_points = 0;      ///< 0: four for each parameter
  double ruled_out = 3;             ///< implausibility beyond which a point is ruled out
  std::size_t draws = 200;          ///< effective draws that are asked for
  std::size_t most_sampled = 1000;  ///< points simulated for them at most
  std::size_t learnt = 320;         ///< runs that emulators learn from at most: the last ones
  std::uint64_t seed = 1;
  std::function<void(const std::string&)> tell;  ///< receives a line per step; may be empty
};

/// A simulated point of the last step.
struct Weighed {
  std::size_t run = 0;  ///< position in Calibration::runs
  double weight = 0;    ///< they sum to 1
};

struct Calibration {
  std::vector<Evaluation> runs;  ///< in the order in which they were simulated
  std::vector<Weighed> sampled;
  double effective = 0;            ///< 1 / sum of squared weights
  std::vector<std::size_t> draws;  ///< positions in runs, equally likely, repeated as their weight asks
  std::size_t best = 0;            ///< the run that fits best
  std::vector<double> left;        ///< after each wave: share of the first design that is not ruled out
};

/// Throws what `simulate` throws, and EnvironmentError if not a single simulated point has a finite misfit.
Calibration calibrate(std::size_t parameters, const std::vector<Aim>& aims, const Simulate& simulate,
                      const Options& options);

}  // namespace sleutel::calibrate
