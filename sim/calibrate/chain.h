#pragma once
/// \file
/// Points from a distribution that is the prior times some weight: a Markov chain whose steps keep the prior
/// (preconditioned Crank-Nicolson; Cotter, Roberts, Stuart and White 2013), so that only the weight decides.

#include <functional>

#include "sim/calibrate/draws.h"
#include "sim/calibrate/search.h"

namespace sleutel::calibrate {

class Chain {
 public:
  /// `log_weight` of a point, which must outlive the chain; `start` is where it begins; `round` names its random
  /// numbers.
  Chain(const std::function<double(const Point&)>& log_weight, Point start, const Draws& draws, std::uint32_t round);

  /// Takes at least so many steps, in which the length of a step is found. Points that come before are not used.
  void settle(std::size_t steps);
  /// The next points, so many steps apart.
  std::vector<Point> next(std::size_t points, std::size_t apart);

 private:
  bool step();

  const std::function<double(const Point&)>& log_weight_;
  Draws draws_;
  std::uint32_t round_;
  Point here_;
  double weight_;
  double length_ = 0.3;  ///< of a step, as a share of the prior
  std::uint64_t steps_ = 0;
};

}  // namespace sleutel::calibrate
