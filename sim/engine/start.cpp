#include "sim/engine/start.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

#include "sim/base/math.h"
#include "sim/engine/centring.h"
#include "sim/engine/float_rules.h"
#include "sim/engine/month.h"
#include "sim/engine/replay.h"

namespace sleutel {
namespace {

constexpr int kRoundsOnSample = 8;
constexpr int kMostRounds = 14;    ///< in all
constexpr double kStill = 0.005;   ///< constants and targets stand still within this factor
constexpr int kMeasuredEvery = 3;  ///< months of the start year that are measured: 0, 3, 6, 9
constexpr int kRowsPerBlock = 1024;

double odds(double share) { return share / (1 - share); }

class Search {
 public:
  Search(const Model& model, const Flows& flows, const StartOptions& options)
      : model_(model), options_(options), threads_(allowed_threads(options.threads)), levels_(model.states.size()) {
    plan_.study.years = 1;
    plan_.study.replicates = 1;
    plan_.study.seed = options.city_seed;
    plan_.flows = flows;
    plan_.arms.resize(1);
    plan_.arms[0].name = "baseline";
  }

  Start find(const City& made, const City& sample) {
    const FloatRules rules;
    bool still = false;
    for (int round = 1; round <= kMostRounds && !still; ++round) {
      const bool small = round <= kRoundsOnSample && sample.residents.size() < made.residents.size();
      const bool settled = improve(small ? sample : made);
      report_.rounds = round;
      still = settled && !small;
      tell(round, small);
    }
    City city = replayed(made);
    look_at_targets(city);
    return {std::move(model_), std::move(city), report_};
  }

  City again(const City& found, const City& made, std::uint64_t seed) {
    const FloatRules rules;
    std::unique_ptr<Arm> arm;
    Run run(Blocks(kRowsPerBlock, &threads_));
    begin(run, arm, found);
    rates_ = past_rates(run);
    plan_.study.seed = seed;
    return replayed(made);
  }

 private:
  /// One round: replay, measure, update. True if nothing moved by more than kStill.
  bool improve(const City& made) {
    const City city = replayed(made);
    const double off = look_at_targets(city);
    for (std::size_t i = 0; i < report_.targets.size(); ++i) raise_level(i);
    const CentringSums::Move move = measured(city).settle(model_, levels_);
    report_.largest_move = move.largest;
    report_.mean_move = move.mean;
    return off < kStill && move.mean < kStill;
  }

  City replayed(const City& made) {
    std::unique_ptr<Arm> arm;
    Run run(Blocks(kRowsPerBlock, &threads_));
    begin(run, arm, made);
    if (!rates_) rates_ = past_rates(run);
    replay_past(run, *rates_);
    return std::move(run.city);
  }

  CentringSums measured(const City& city) {
    std::unique_ptr<Arm> arm;
    Run run(Blocks(kRowsPerBlock, &threads_));
    begin(run, arm, city);
    CentringSums sums(model_);
    run.open_year();
    rates_ = past_rates(run);
    for (; run.month < 12; ++run.month) {
      surroundings(run);
      programmes(run);
      stress(run);
      if (run.month % kMeasuredEvery == 0) sums.add(run);
      transitions(run);
      life_events(run);
    }
    return sums;
  }

  void begin(Run& run, std::unique_ptr<Arm>& arm, const City& city) {
    plan_.start = std::shared_ptr<const City>(std::shared_ptr<const City>(), &city);
    plan_.arms[0].model = std::shared_ptr<const Model>(std::shared_ptr<const Model>(), &model_);
    arm = std::make_unique<Arm>(plan_, 0, chosen_isa(""));
    run.start(*arm, 0);
  }

  /// Fills the report; returns how far the farthest target is off, as a share of itself.
  double look_at_targets(const City& city) {
    report_.targets.clear();
    double farthest = 0;
    for (const PrevalenceTarget& target : model_.targets) {
      const auto at = std::find_if(model_.outcomes.begin(), model_.outcomes.end(),
                                   [&](const Outcome& outcome) { return outcome.id == target.outcome; });
      if (at == model_.outcomes.end()) continue;
      TargetFit fit{target.outcome, target.share,
                    share_in(city, model_, static_cast<int>(at - model_.outcomes.begin()), 0), 1};
      const std::int32_t level = levels_[static_cast<std::size_t>(target.state)];
      fit.level = math::exp2(static_cast<double>(level) / kLogUnit);
      farthest = std::max(farthest, std::abs(fit.simulated / fit.published - 1));
      report_.targets.push_back(fit);
    }
    return farthest;
  }

  void raise_level(std::size_t i) {
    const TargetFit& fit = report_.targets[i];
    const double simulated = std::clamp(fit.simulated, 1e-4, 1 - 1e-4);
    const double step = std::clamp(math::log2(odds(fit.published) / odds(simulated)) / 2, -1.0, 1.0);
    std::int32_t& level = levels_[static_cast<std::size_t>(model_.targets[i].state)];
    const std::int32_t before = level;
    level = std::clamp(level + static_cast<std::int32_t>(step * kLogUnit), -6 * kLogUnit, 6 * kLogUnit);
    shift_onset(model_, model_.targets[i].state, level - before);  // else the constants bring it in late, and it swings
  }

  void tell(int round, bool small) const {
    if (!options_.tell) return;
    double farthest = 0;
    for (const TargetFit& fit : report_.targets)
      farthest = std::max(farthest, std::abs(fit.simulated / fit.published - 1));
    options_.tell(fmt::format("  round {} of at most {}{}: rates {:.1f}% off on average, prevalences {:.1f}% at most",
                              round, kMostRounds, small ? ", on a sample" : "", 100 * report_.mean_move,
                              100 * farthest));
  }

  Model model_;
  const StartOptions& options_;
  Threads threads_;
  StudyPlan plan_;
  std::optional<PastRates> rates_;    ///< of the last city that was found
  std::vector<std::int32_t> levels_;  ///< [state] [log2 x 2^20]
  StartReport report_;
};

}  // namespace

Start find_start(const Model& model, const City& made, const City& sample, const Flows& flows,
                 const StartOptions& options) {
  return Search(model, flows, options).find(made, sample);
}

City another_past(const Start& start, const City& made, const Flows& flows, std::uint64_t seed,
                  const StartOptions& options) {
  return Search(start.model, flows, options).again(start.city, made, seed);
}

double share_in(const City& city, const Model& model, int outcome, int month) {
  const Observed observed(model);
  const std::uint64_t bit = std::uint64_t{1} << outcome;
  const Residents& residents = city.residents;
  std::int64_t asked = 0;
  std::int64_t having = 0;
  for (Row row = 0; row < residents.size(); ++row) {
    if (!residents.present(row)) continue;
    const int age = std::clamp(residents.age_months(row, month) / 12, 0, kAgeRows - 1);
    if ((observed.of_age[static_cast<std::size_t>(age)] & bit) == 0) continue;
    if ((observed.per_household & bit) != 0 && !stands_for_household(city, row)) continue;
    ++asked;
    having += (observed.held(residents.states[row], residents.months_in[row]) & bit) != 0;
  }
  return asked == 0 ? 0 : static_cast<double>(having) / static_cast<double>(asked);
}

}  // namespace sleutel
