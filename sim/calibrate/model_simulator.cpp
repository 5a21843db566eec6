#include "sim/calibrate/model_simulator.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <memory>
#include <mutex>

#include "sim/calibrate/draws.h"
#include "sim/engine/blocks.h"
#include "sim/model/read_model.h"
#include "sleutel/error.h"

namespace sleutel::calibrate {
namespace {

/// A plan of the baseline alone, for one model and one past of its residents.
StudyPlan plan_of(const Ground& ground, const Model& model, City city, std::uint64_t seed) {
  StudyPlan plan;
  plan.study.id = ground.calibration.id;
  plan.study.years = ground.calibration.years;
  plan.study.replicates = ground.calibration.replicates;
  plan.study.seed = seed;
  plan.study.scenarios.resize(1);
  plan.flows = ground.flows;
  plan.arms.resize(1);
  plan.arms[0].name = "baseline";
  plan.arms[0].model = std::make_shared<const Model>(model);
  plan.start = std::make_shared<const City>(std::move(city));
  return plan;
}

}  // namespace

std::vector<ParameterChange> changes_at(const CalibrationFile& calibration, const Point& point) {
  std::vector<ParameterChange> changes;
  for (std::size_t i = 0; i < calibration.parameters.size(); ++i) {
    const FreeParameter& free = calibration.parameters[i];
    changes.push_back({free.path, free.at(point[i]), free.line, free.column, "parameters." + free.path});
  }
  return changes;
}

ModelSimulator::ModelSimulator(const Ground& ground, Ledger& ledger, int threads)
    : ground_(ground), ledger_(ledger), threads_(allowed_threads(threads)) {}

std::vector<std::vector<double>> ModelSimulator::replicates_of(const Point& point, std::size_t number) const {
  const CalibrationFile& calibration = ground_.calibration;
  const auto model = read_model(
      ground_.model_file,
      {.evidence = ground_.evidence_folder, .set = changes_at(calibration, point), .set_file = calibration.file});
  const StartOptions alone{calibration.city_seed, 1, {}};
  const Start start = find_start(*model, ground_.made, ground_.made, ground_.flows, alone);
  const std::uint64_t seed = Draws(calibration.seed).word(Decision::first_seed, 0, number);
  std::vector<std::vector<double>> all;
  for (int replicate = 0; replicate < calibration.replicates; ++replicate) {
    // Each replicate has a past of its own: what chance made of the start is then seen as chance.
    const std::uint64_t past = Draws(seed).word(Decision::first_seed, 1, static_cast<std::uint64_t>(replicate));
    const StudyPlan plan =
        plan_of(ground_, start.model, another_past(start, ground_.made, ground_.flows, past, alone), seed);
    const auto arm = std::make_unique<const Arm>(plan, 0, chosen_isa(""));
    all.push_back(ground_.measure(*arm, replicate));
  }
  return all;
}

Simulated ModelSimulator::summed_up(const std::vector<std::vector<double>>& replicates) const {
  const auto count = static_cast<double>(replicates.size());
  Simulated came{std::vector<double>(ground_.targets), std::vector<double>(ground_.targets)};
  for (std::size_t j = 0; j < ground_.targets; ++j) {
    double sum = 0, squares = 0;
    for (const std::vector<double>& one : replicates) sum += one[j];
    came.value[j] = sum / count;
    for (const std::vector<double>& one : replicates) squares += (one[j] - came.value[j]) * (one[j] - came.value[j]);
    came.error[j] = std::sqrt(squares / (count - 1) / count);
  }
  return came;
}

std::vector<Simulated> ModelSimulator::operator()(const std::vector<Point>& points, std::size_t first) {
  std::vector<std::vector<std::vector<double>>> came(points.size());
  std::mutex mutex;
  std::exception_ptr error;
  std::atomic<bool> go_on{true};
  auto one = [&](const Block& block) {
    const std::size_t i = block.index;
    if (const auto* known = ledger_.find(first + i, points[i])) {
      came[i] = *known;
      return;
    }
    if (!go_on) return;
    try {
      if (stop && stop()) throw EnvironmentError(ExitCode::interrupted, "interrupted");
      came[i] = replicates_of(points[i], first + i);
      const std::scoped_lock lock(mutex);
      ledger_.add(first + i, points[i], came[i]);
      if (tell_simulated) tell_simulated(ledger_.size());
    } catch (...) {
      go_on = false;
      const std::scoped_lock lock(mutex);
      if (!error) error = std::current_exception();
    }
  };
  Threads(threads_).each(points.size(), BlockTask(one));
  if (error) std::rethrow_exception(error);
  std::vector<Simulated> all;
  for (const auto& replicates : came) all.push_back(summed_up(replicates));
  return all;
}

}  // namespace sleutel::calibrate
