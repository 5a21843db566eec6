#include "sim/attribute/many_runs.h"

#include <algorithm>

#include "sleutel/error.h"

namespace sleutel {
namespace {

constexpr std::size_t kTogether = 16;  ///< variants in memory at once

/// Adds up the years of the runs of one plan, whose arms are the variants from `first` on.
class SumsRecorder : public Recorder {
 public:
  SumsRecorder(const ManyRuns& runs, std::size_t first, SumsOfRuns& to, const Progress& part, Progress& whole)
      : runs_(runs), first_(first), to_(to), part_(part), whole_(whole), lived_before_(whole.resident_months) {}

  void year_done(const YearRecord& record) override {
    const TallyShape& shape = record.tally->shape;
    const auto variant = first_ + static_cast<std::size_t>(record.scenario);
    for (std::size_t which = 0; which < runs_.outcomes.size(); ++which) {
      StrataSums& sums = to_.at(variant, static_cast<std::size_t>(record.replicate), which);
      for (int cell = 0; cell < shape.cells(); ++cell) {
        const auto stratum = static_cast<std::size_t>(cell % kStrataCells);
        sums.numerator[stratum] += record.tally->at(cell, 2 * runs_.outcomes[which]);
        sums.denominator[stratum] += record.tally->at(cell, 2 * runs_.outcomes[which] + 1);
      }
    }
    whole_.run_months_done += 12;
    whole_.resident_months = lived_before_ + part_.resident_months;
  }

 private:
  const ManyRuns& runs_;
  std::size_t first_;
  SumsOfRuns& to_;
  const Progress& part_;
  Progress& whole_;
  std::int64_t lived_before_;
};

/// The plan of some of the variants.
StudyPlan plan_of(const ManyRuns& runs, std::size_t first, std::size_t last) {
  StudyPlan plan = runs.plan;
  const StudyPlan::Arm arm = runs.plan.arms.front();
  plan.arms.clear();
  plan.panel.clear();
  for (std::size_t variant = first; variant < last; ++variant) {
    plan.arms.push_back(arm);
    plan.arms.back().model = runs.model(variant);
  }
  return plan;
}

}  // namespace

SumsOfRuns live_variants(const ManyRuns& runs, const RunOptions& options, Progress& progress,
                         const std::atomic<bool>& stop) {
  const Study& study = runs.plan.study;
  const auto replicates = static_cast<std::size_t>(study.replicates);
  SumsOfRuns sums(runs.variants, replicates, runs.outcomes.size());
  progress.run_months_all = static_cast<std::int64_t>(runs.variants * replicates) * runs.plan.months();
  for (std::size_t first = 0; first < runs.variants; first += kTogether) {
    const StudyPlan plan = plan_of(runs, first, std::min(runs.variants, first + kTogether));
    Progress part;
    SumsRecorder recorder(runs, first, sums, part, progress);
    if (simulate(plan, options, recorder, part, stop).interrupted || stop)
      throw EnvironmentError(ExitCode::interrupted, "stopped: nothing of it is kept");
  }
  return sums;
}

}  // namespace sleutel
