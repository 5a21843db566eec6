#include "sim/calibrate/chain.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/math.h"

namespace sleutel::calibrate {
namespace {

constexpr double kWantedAcceptance = 0.25;
constexpr std::size_t kStepsBeforeChange = 50;

}  // namespace

Chain::Chain(const std::function<double(const Point&)>& log_weight, Point start, const Draws& draws,
             std::uint32_t round)
    : log_weight_(log_weight), draws_(draws), round_(round), here_(std::move(start)), weight_(log_weight_(here_)) {}

bool Chain::step() {
  Point next(here_.size());
  const double kept = std::sqrt(1 - length_ * length_);
  for (std::size_t d = 0; d < next.size(); ++d)
    next[d] = kept * here_[d] + length_ * draws_.normal(Decision::step, round_, steps_, static_cast<std::uint32_t>(d));
  const double weight = log_weight_(next);
  const bool taken = draws_.uniform(Decision::accept, round_, steps_) < math::exp(std::min(0.0, weight - weight_));
  ++steps_;
  if (!taken) return false;
  here_ = std::move(next);
  weight_ = weight;
  return true;
}

void Chain::settle(std::size_t steps) {
  for (std::size_t done = 0; done < steps; done += kStepsBeforeChange) {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < kStepsBeforeChange; ++i) taken += step();
    const double accepted = static_cast<double>(taken) / static_cast<double>(kStepsBeforeChange);
    length_ = std::clamp(length_ * (accepted > kWantedAcceptance ? 1.25 : 0.8), 1e-3, 0.95);
  }
}

std::vector<Point> Chain::next(std::size_t points, std::size_t apart) {
  std::vector<Point> all;
  while (all.size() < points) {
    for (std::size_t i = 0; i < apart; ++i) step();
    all.push_back(here_);
  }
  return all;
}

}  // namespace sleutel::calibrate
