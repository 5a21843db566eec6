#include "sim/engine/probe.h"

#include <chrono>
#include <memory>
#include <vector>

#include "sim/engine/float_rules.h"
#include "sim/engine/month.h"
#include "sim/engine/years.h"

namespace sleutel {

namespace {

double live_year(Run& run) {
  const auto began = std::chrono::steady_clock::now();
  if (run.month == 0) run.start(*run.arm, run.replicate);
  run.open_year();
  for (int month = 0; month < 12; ++month) advance(run);
  run.close_year();
  resort(run);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  return took.count();
}

}  // namespace

Probe probe(const StudyPlan& plan, const RunOptions& options) {
  const FloatRules rules;
  std::vector<std::unique_ptr<Arm>> arms;  // all, for the memory they take
  for (std::size_t i = 0; i < plan.arms.size(); ++i)
    arms.push_back(std::make_unique<Arm>(plan, static_cast<int>(i), chosen_isa(options.isa)));
  Run run(Blocks(options.rows_per_block, nullptr));
  run.arm = arms.front().get();
  Probe result;
  result.first_year = live_year(run);
  if (plan.study.years > 1) result.later_year = live_year(run);
  result.run_bytes = run.bytes();
  result.threads = allowed_threads(options.threads);
  const int runs = static_cast<int>(plan.arms.size()) * plan.study.replicates;
  result.runs_at_once = runs >= result.threads ? result.threads : 1;
  result.all_seconds = runs * (result.first_year + (plan.study.years - 1) * result.later_year) / result.threads;
  return result;
}

}  // namespace sleutel
