#include "sim/calibrate/emulator.h"

#include <algorithm>
#include <cmath>

#include "sim/base/math.h"
#include "sim/calibrate/minimise.h"

namespace sleutel::calibrate {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kConstant = 4;       ///< variance of a level that no run speaks against
constexpr double kLeastNoise = 1e-8;  ///< variance, so that a factor exists for a simulator without chance
constexpr int kMostTrials = 80;       ///< of sizes

double covariance(const Emulator::Sizes& sizes, double product, double distance) {
  const double plane = sizes.plane * sizes.plane * product;
  const double quadratic = sizes.quadratic * sizes.quadratic * product * product;
  const double rest = sizes.rest * sizes.rest * math::exp(-0.5 * distance / (sizes.length * sizes.length));
  return kConstant + plane + quadratic + rest;
}

MatrixXd covariances(const Emulator::Sizes& sizes, const Training& training, const VectorXd& noise) {
  const Eigen::Index runs = training.products.rows();
  MatrixXd all(runs, runs);
  for (Eigen::Index j = 0; j < runs; ++j)
    for (Eigen::Index i = j; i < runs; ++i)
      all(i, j) = covariance(sizes, training.products(i, j), training.distances(i, j));
  all.diagonal() += sizes.noise * sizes.noise * noise;
  all.diagonal().array() += kLeastNoise;
  return all;
}

Emulator::Sizes sizes_of(const std::array<double, 5>& logs) {
  return {math::exp(logs[0]), math::exp(logs[1]), math::exp(logs[2]), math::exp(logs[3]), math::exp(logs[4])};
}

constexpr std::array<double, 5> kUsualLogs = {0.0, -1.0, -1.0, 0.7, 0.0};
constexpr std::array<double, 5> kSpread = {1.0, 1.0, 1.0, 0.5, 0.3};

/// Minus the logarithm of the marginal likelihood, and of weak priors that keep the sizes within reason.
double surprise(const std::array<double, 5>& logs, const Training& training, const VectorXd& values,
                const VectorXd& noise) {
  const MatrixXd all = covariances(sizes_of(logs), training, noise);
  const Eigen::LLT<MatrixXd> factor(all.selfadjointView<Eigen::Lower>());
  if (factor.info() != Eigen::Success) return 1e12;
  double sum = 0.5 * values.dot(factor.solve(values));
  for (Eigen::Index i = 0; i < all.rows(); ++i) sum += math::log(factor.matrixLLT()(i, i));
  for (std::size_t k = 0; k < logs.size(); ++k) {
    const double off = (logs[k] - kUsualLogs[k]) / kSpread[k];
    sum += 0.5 * off * off;
  }
  return sum;
}

Emulator::Sizes likeliest(const Training& training, const VectorXd& values, const VectorXd& noise) {
  const auto of = [&](const std::vector<double>& logs) {
    return surprise({logs[0], logs[1], logs[2], logs[3], logs[4]}, training, values, noise);
  };
  Minimum found = minimise(of, {kUsualLogs.begin(), kUsualLogs.end()}, {.step = 0.5, .reach = 4, .most = kMostTrials});
  return sizes_of({found.at[0], found.at[1], found.at[2], found.at[3], found.at[4]});
}

}  // namespace

Training::Training(const std::vector<Evaluation>& runs)
    : points(static_cast<Eigen::Index>(runs.size()), static_cast<Eigen::Index>(runs.front().at.size())) {
  for (Eigen::Index i = 0; i < points.rows(); ++i)
    for (Eigen::Index d = 0; d < points.cols(); ++d)
      points(i, d) = runs[static_cast<std::size_t>(i)].at[static_cast<std::size_t>(d)];
  const auto parameters = static_cast<double>(points.cols());
  products = points * points.transpose() / parameters;
  const VectorXd own = products.diagonal();
  distances = (own.replicate(1, own.size()) + own.transpose().replicate(own.size(), 1) - 2 * products).cwiseMax(0.0);
}

Sight::Sight(const Training& training, const Point& point) {
  const Eigen::Map<const VectorXd> here(point.data(), static_cast<Eigen::Index>(point.size()));
  const auto parameters = static_cast<double>(point.size());
  products = training.points * here / parameters;
  own = here.squaredNorm() / parameters;
  distances = (training.products.diagonal().array() + own - 2 * products.array()).cwiseMax(0.0);
}

Emulator::Emulator(const Training& training, const std::vector<Evaluation>& runs, std::size_t target) {
  const VectorXd noise = standardise(runs, target);
  sizes_ = likeliest(training, values_, noise);
  learn(training, noise);
}

Emulator::Emulator(const Training& training, const std::vector<Evaluation>& runs, std::size_t target,
                   const Emulator& like)
    : sizes_(like.sizes_) {
  const VectorXd noise = standardise(runs, target);
  const double units = like.scale_ / scale_;  // sizes are in units of the target's own spread, which is another now
  sizes_.plane *= units;
  sizes_.quadratic *= units;
  sizes_.rest *= units;
  learn(training, noise);
}

VectorXd Emulator::standardise(const std::vector<Evaluation>& runs, std::size_t target) {
  const auto count = static_cast<Eigen::Index>(runs.size());
  values_.resize(count);
  VectorXd noise(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const Simulated& came = runs[static_cast<std::size_t>(i)].came;
    values_[i] = came.value[target];
    noise[i] = came.error[target] * came.error[target];
  }
  mean_ = values_.mean();
  scale_ = std::sqrt((values_.array() - mean_).square().mean());
  if (!(scale_ > 0)) scale_ = 1;  // a target that nothing moves
  values_ = (values_.array() - mean_) / scale_;
  return noise / (scale_ * scale_);
}

void Emulator::learn(const Training& training, const VectorXd& noise) {
  factor_.compute(covariances(sizes_, training, noise).selfadjointView<Eigen::Lower>());
  weights_ = factor_.solve(values_);
}

Prediction Emulator::at(const Sight& sight) const {
  VectorXd with(sight.products.size());
  for (Eigen::Index i = 0; i < with.size(); ++i) with[i] = covariance(sizes_, sight.products[i], sight.distances[i]);
  const double mean = with.dot(weights_);
  const double prior = covariance(sizes_, sight.own, 0);
  const double told = factor_.matrixL().solve(with).squaredNorm();
  return {mean_ + scale_ * mean, scale_ * scale_ * std::max(0.0, prior - told)};
}

}  // namespace sleutel::calibrate
