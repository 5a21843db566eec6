#include "sim/calibrate/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/calibrate/belief.h"
#include "sim/calibrate/chain.h"
#include "sim/calibrate/design.h"
#include "sim/calibrate/minimise.h"
#include "sim/calibrate/weigh.h"
#include "sleutel/error.h"

namespace sleutel::calibrate {
namespace {

constexpr std::size_t kBatch = 100;    ///< points of the last step that are simulated at once
constexpr double kBeyondReason = 1e3;  ///< weight of implausibility: the chain walks back, it is not stopped
constexpr std::size_t kSettling = 1000, kApart = 25;  ///< steps of a chain
constexpr std::uint32_t kRoundOfLastWave = 1000, kRoundOfSampling = 1001;

class Search {
 public:
  Search(std::size_t parameters, const std::vector<Aim>& aims, const Simulate& simulate, const Options& options)
      : parameters_(parameters), aims_(aims), simulate_(simulate), options_(options), draws_(options.seed) {}

  Calibration all() {
    begin();
    go_downhill();
    for (std::size_t wave = 0; wave < options_.waves; ++wave) match(wave);
    look_closer();
    sample();
    return std::move(found_);
  }

 private:
  void tell(const std::string& line) const {
    if (options_.tell) options_.tell(line);
  }

  void run(const std::vector<Point>& points) {
    std::vector<Simulated> came = simulate_(points, found_.runs.size());
    for (std::size_t i = 0; i < points.size(); ++i) found_.runs.push_back({points[i], std::move(came[i])});
  }

  /// Of a run, with what the prior says of its point: what a maximum of the posterior makes small.
  double off(const Evaluation& run) const { return misfit(run.came, aims_) + from_the_prior(run.at); }

  std::size_t best() const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < found_.runs.size(); ++i)
      if (!(off(found_.runs[i]) >= off(found_.runs[best]))) best = i;
    if (!std::isfinite(off(found_.runs[best])))
      throw EnvironmentError(ExitCode::failed, "no point of the search gives finite figures");
    return best;
  }

  void begin() {
    std::vector<Point> points = latin_hypercube(options_.per_parameter * parameters_, parameters_, draws_, 0);
    points.insert(points.begin(), Point(parameters_, 0.0));
    tell(fmt::format("first design: {} points", points.size()));
    run(points);
    designed_ = points.size();
  }

  void go_downhill() {
    const std::size_t most = options_.downhill > 0 ? options_.downhill : 3 * parameters_;
    const std::size_t from = best();
    tell(fmt::format("downhill: {} points, from a misfit of {:.1f}", most, off(found_.runs[from])));
    const auto of = [&](const Point& point) {
      run({point});
      return off(found_.runs.back());
    };
    minimise(of, found_.runs[from].at,
             {.step = 0.4, .reach = 3, .most = static_cast<int>(most), .method = Method::bobyqa});
  }

  /// The last runs, as many as emulators may learn from. Not those that fit best: chance would choose with us.
  std::vector<Evaluation> learnt() const {
    const std::size_t count = std::min(found_.runs.size(), options_.learnt);
    return {found_.runs.end() - static_cast<std::ptrdiff_t>(count), found_.runs.end()};
  }

  std::size_t wave_points() const { return options_.wave_points > 0 ? options_.wave_points : 4 * parameters_; }

  void match(std::size_t wave) {
    const Belief belief(learnt(), aims_);
    std::size_t left = 0;
    for (std::size_t i = 0; i < designed_; ++i) left += belief.implausibility(found_.runs[i].at) <= options_.ruled_out;
    found_.left.push_back(static_cast<double>(left) / static_cast<double>(designed_));
    tell(fmt::format("wave {}: {} of the first {} points are not ruled out; {} points more", wave + 1, left, designed_,
                     wave_points()));
    const std::function<double(const Point&)> not_ruled_out = [&](const Point& point) {
      const double beyond = std::max(0.0, belief.implausibility(point) - options_.ruled_out);
      return -kBeyondReason * beyond * beyond;
    };
    Chain chain(not_ruled_out, found_.runs[best()].at, draws_, static_cast<std::uint32_t>(wave + 1));
    chain.settle(kSettling);
    run(chain.next(wave_points(), kApart));
  }

  /// A wave where the emulators believe the answer to be.
  void look_closer() {
    const Belief belief(learnt(), aims_);
    const std::function<double(const Point&)> believed = [&](const Point& z) { return belief.log_likelihood(z); };
    tell(fmt::format("last wave: {} points from what is believed", wave_points()));
    Chain chain(believed, found_.runs[best()].at, draws_, kRoundOfLastWave);
    chain.settle(2 * kSettling);
    run(chain.next(wave_points(), kApart));
  }

  /// Points from the emulators' posterior are simulated and weighed, until that is enough.
  void sample() {
    const Belief before(learnt(), aims_);
    const std::function<double(const Point&)> believed = [&](const Point& z) { return before.log_likelihood(z); };
    Chain chain(believed, found_.runs[best()].at, draws_, kRoundOfSampling);
    chain.settle(2 * kSettling);
    const std::size_t first = found_.runs.size();
    std::vector<double> weights;
    while (weights.size() < options_.most_sampled) {
      run(chain.next(std::min({kBatch, options_.draws, options_.most_sampled - weights.size()}), kApart));
      weights = weighed(before, Belief(learnt(), before), first);
      found_.effective = effective_number(weights);
      tell(fmt::format("sampling: {} points are worth {:.0f} of {} draws", weights.size(), found_.effective,
                       options_.draws));
      if (found_.effective >= static_cast<double>(options_.draws)) break;
    }
    keep(weights, first);
  }

  /// How much likelier the runs from `first` on are under what is believed now.
  std::vector<double> weighed(const Belief& before, const Belief& now, std::size_t first) const {
    std::vector<double> logs;
    for (std::size_t i = first; i < found_.runs.size(); ++i)
      logs.push_back(now.log_likelihood(found_.runs[i].at) - before.log_likelihood(found_.runs[i].at));
    return weights_of(logs);
  }

  void keep(const std::vector<double>& weights, std::size_t first) {
    for (std::size_t i = 0; i < weights.size(); ++i) found_.sampled.push_back({first + i, weights[i]});
    const double start = draws_.uniform(Decision::resample, 0, 0);
    for (const std::size_t i : resampled(weights, options_.draws, start)) found_.draws.push_back(first + i);
    found_.best = best();
  }

  std::size_t parameters_;
  const std::vector<Aim>& aims_;
  const Simulate& simulate_;
  const Options& options_;
  Draws draws_;
  Calibration found_;
  std::size_t designed_ = 0;
};

}  // namespace

Calibration calibrate(std::size_t parameters, const std::vector<Aim>& aims, const Simulate& simulate,
                      const Options& options) {
  return Search(parameters, aims, simulate, options).all();
}

}  // namespace sleutel::calibrate
