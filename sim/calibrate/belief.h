#pragma once
/// \file
/// What is believed of points after some runs: an emulator for each target, and two judgements of a point made from
/// them.

#include <memory>
#include <vector>

#include "sim/calibrate/emulator.h"

namespace sleutel::calibrate {

class Belief {
 public:
  /// Learns every target from these runs.
  Belief(const std::vector<Evaluation>& runs, const std::vector<Aim>& aims);
  /// Learns from more runs what an earlier belief found the shapes of.
  Belief(const std::vector<Evaluation>& runs, const Belief& before);

  /// How impossible a point is: the largest, over targets, of the distance between emulator and published figure in
  /// standard deviations of all that is unsure: the figure and the emulator (Craig and others 1997).
  double implausibility(const Point& point) const;

  /// Logarithm of the likelihood, without its constant, with what the emulators do not know as further variance.
  double log_likelihood(const Point& point) const;

  const Emulator& of(std::size_t target) const { return emulators_[target]; }

 private:
  std::vector<Aim> aims_;
  Training training_;
  std::vector<Emulator> emulators_;
};

}  // namespace sleutel::calibrate
