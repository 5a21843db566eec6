#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <optional>
#include <tuple>

#include "sim/engine/checkpoint.h"
#include "sim/engine/float_rules.h"
#include "sim/engine/month.h"
#include "sim/engine/years.h"
#include "sleutel/simulation.h"

// All runs of a plan: one thread per run if there are at least as many runs as threads, else one run after another with
// its blocks on all threads.

namespace sleutel {

namespace {

/// The runs of one simulation and what they share.
class Simulation {
 public:
  Simulation(const StudyPlan& plan, const RunOptions& options, Recorder& recorder, Progress& progress,
             const std::atomic<bool>& stop)
      : options_(options), recorder_(recorder), progress_(progress), stop_(stop) {
    const Isa isa = chosen_isa(options.isa);
    for (std::size_t i = 0; i < plan.arms.size(); ++i)
      arms_.push_back(std::make_unique<Arm>(plan, static_cast<int>(i), isa));
    const std::size_t all = plan.arms.size() * static_cast<std::size_t>(std::max(0, plan.study.replicates));
    for (std::size_t index = 0; index < all; ++index)
      if (years_recorded(index) < plan.study.years || plan.study.years == 0) runs_.push_back(index);
    progress_.run_months_all = static_cast<std::int64_t>(runs_.size()) * plan.months();
  }

  SimulationEnd all() {
    const auto began = std::chrono::steady_clock::now();
    const Threads threads(allowed_threads(options_.threads));
    const int processes = options_.share ? options_.share->processes : 1;
    if (runs_.size() >= static_cast<std::size_t>(threads.count()) * static_cast<std::size_t>(processes)) {
      auto worker = [&](const Block&) { work(Blocks(options_.rows_per_block, nullptr)); };
      threads.each(static_cast<std::size_t>(threads.count()), BlockTask(worker));
    } else {
      work(Blocks(options_.rows_per_block, &threads));
    }
    if (error_) std::rethrow_exception(error_);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return {interrupted_, resident_months_, took.count(), not_kept_, {}};
  }

 private:
  int scenario_of(std::size_t index) const { return static_cast<int>(index % arms_.size()); }
  int replicate_of(std::size_t index) const {
    return options_.first_replicate + static_cast<int>(index / arms_.size());
  }

  int years_recorded(std::size_t index) const {
    return options_.years_recorded ? options_.years_recorded(scenario_of(index), replicate_of(index)) : 0;
  }

  /// Takes one run after another until none is left.
  void work(const Blocks& blocks) {
    const FloatRules rules;
    Run run(blocks);
    for (std::optional<std::size_t> index = next(); index; index = next()) {
      try {
        live(run, *index);
      } catch (...) {
        keep_first(*index, run.month, std::current_exception());
      }
    }
  }

  std::optional<std::size_t> next() {
    if (options_.share) return options_.share->next();
    const std::size_t at = next_++;
    return at < runs_.size() ? std::optional(runs_[at]) : std::nullopt;
  }

  /// One run from start to end; replicate by replicate, so that pairs are complete early.
  void live(Run& run, std::size_t index) {
    run.start(*arms_[index % arms_.size()], replicate_of(index));
    RunKeeper keeper(options_.checkpoints, run);
    keeper.begin(years_recorded(index));
    progress_.run_months_done += run.month;
    const auto year_done = [&](const YearRecord& record) {
      tell(record);
      keeper.year_done();
    };
    const bool done = live_years(run, year_done, [&](std::int64_t lived) { return go_on(index, lived); });
    if (done) keeper.run_done();
    const std::scoped_lock lock(mutex_);
    if (not_kept_.empty()) not_kept_ = keeper.problem();
    interrupted_ = interrupted_ || !done;
  }

  void tell(const YearRecord& record) {
    const std::scoped_lock lock(mutex_);
    recorder_.year_done(record);
  }

  bool go_on(std::size_t index, std::int64_t lived) {
    progress_.resident_months += lived;
    ++progress_.run_months_done;
    resident_months_ += lived;
    return !stop_ && index <= failed_run_;
  }

  void keep_first(std::size_t index, int month, std::exception_ptr error) {
    if (options_.share) options_.share->failed(index, month, error);
    const std::scoped_lock lock(mutex_);
    if (error_ && std::tuple(failed_run_.load(), failed_month_) <= std::tuple(index, month)) return;
    error_ = std::move(error);
    failed_run_ = index;
    failed_month_ = month;
  }

  const RunOptions& options_;
  Recorder& recorder_;
  Progress& progress_;
  const std::atomic<bool>& stop_;
  std::vector<std::unique_ptr<Arm>> arms_;
  std::vector<std::size_t> runs_;  ///< to be lived, of all runs: replicate * scenarios + scenario
  std::atomic<std::size_t> next_{0};
  std::atomic<std::int64_t> resident_months_{0};
  std::mutex mutex_;  ///< of the recorder and of all below
  std::atomic<std::size_t> failed_run_{~std::size_t{0}};
  int failed_month_ = 0;
  std::exception_ptr error_;
  bool interrupted_ = false;
  std::string not_kept_;
};

/// One run alone, its blocks on all threads.
void live_alone(Run& run, const Arm& arm, int replicate) {
  const FloatRules rules;
  run.start(arm, replicate);
  live_years(
      run, [](const YearRecord&) {}, [](std::int64_t) { return true; });
}

}  // namespace

SimulationEnd simulate(const StudyPlan& plan, const RunOptions& options, Recorder& recorder, Progress& progress,
                       const std::atomic<bool>& stop) {
  return Simulation(plan, options, recorder, progress, stop).all();
}

std::vector<Event> event_history(const StudyPlan& plan, int scenario, int replicate, const RunOptions& options) {
  const Arm arm(plan, scenario, chosen_isa(options.isa));
  const Threads threads(allowed_threads(options.threads));
  Run run(Blocks(options.rows_per_block, &threads));
  std::vector<Event> events;
  run.history = &events;
  live_alone(run, arm, replicate);
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.month, a.resident, a.state, a.change) < std::tie(b.month, b.resident, b.state, b.change);
  });
  return events;
}

City final_city(const StudyPlan& plan, int scenario, int replicate, const RunOptions& options) {
  const Arm arm(plan, scenario, chosen_isa(options.isa));
  const Threads threads(allowed_threads(options.threads));
  Run run(Blocks(options.rows_per_block, &threads));
  live_alone(run, arm, replicate);
  return std::move(run.city);
}

}  // namespace sleutel
