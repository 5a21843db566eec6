#pragma once
/// \file
/// An emulator: what the simulation would give for one target at a point where it was not run, and how unsure that is.
/// A Gaussian process (Rasmussen and Williams 2006, chapter 2) whose covariance is the sum of a plane, a quadratic form
/// and a smooth rest, with the noise that each simulation says it has. The five sizes are those of the highest marginal
/// likelihood (chapter 5), found by Subplex.

#include <Eigen/Dense>
#include <array>
#include <vector>

#include "sim/calibrate/search.h"

namespace sleutel::calibrate {

/// Points as rows, and their products, which all targets share.
struct Training {
  explicit Training(const std::vector<Evaluation>& runs);
  Eigen::MatrixXd points;     ///< [run][parameter]
  Eigen::MatrixXd products;   ///< [run][run] mean over parameters of the product
  Eigen::MatrixXd distances;  ///< [run][run] mean over parameters of the squared distance
};

struct Prediction {
  double mean = 0;
  double variance = 0;  ///< of the simulation's expectation, without its noise
};

/// The same products of one point with all of the training.
struct Sight {
  Sight(const Training& training, const Point& point);
  Eigen::VectorXd products, distances;  ///< [run]
  double own = 0;                       ///< product of the point with itself
};

class Emulator {
 public:
  /// Learns target `target` of these runs. At least two.
  Emulator(const Training& training, const std::vector<Evaluation>& runs, std::size_t target);
  /// The same with sizes that are known, such as those found from fewer runs.
  Emulator(const Training& training, const std::vector<Evaluation>& runs, std::size_t target, const Emulator& like);
  Prediction at(const Sight& sight) const;

  /// Sizes on the standardised target, as standard deviations: plane, quadratic form, smooth rest, length of the rest
  /// (in standard deviations of a parameter), and noise as a multiple of what the simulations say.
  struct Sizes {
    double plane, quadratic, rest, length, noise;
  };

 private:
  /// The target of these runs, standardised; gives the variance by chance of each, in those units.
  Eigen::VectorXd standardise(const std::vector<Evaluation>& runs, std::size_t target);
  void learn(const Training& training, const Eigen::VectorXd& noise);

  Sizes sizes_{};
  double mean_ = 0, scale_ = 1;  ///< target = mean + scale * standardised
  Eigen::VectorXd values_;       ///< standardised
  Eigen::VectorXd weights_;      ///< inverse covariance times values
  Eigen::LLT<Eigen::MatrixXd> factor_;
};

}  // namespace sleutel::calibrate
