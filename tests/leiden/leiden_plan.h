#pragma once
/// \file
/// The real city under the real model for tests of what they do together. The start is the cached one, or is found on
/// first use (a minute or two). Short forms use samples and few replicates; cases tagged [long] do the full numbers.

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "sim/city/make_city.h"
#include "sim/engine/float_rules.h"
#include "sim/engine/hazards.h"
#include "sim/engine/start.h"
#include "sim/engine/years.h"
#include "sim/study/make_plan.h"
#include "sim/study/read_study.h"

namespace sleutel::test {

/// The plan of a study of Leiden from January 2024; `lines` are further keys of the study file.
inline StudyPlan leiden_plan(const std::string& lines) {
  const std::string text =
      "study: test\nquestion: Does the model keep its word?\ncity: leiden\nstart: 2024-01\n" + lines;
  std::vector<Problem> problems;
  const Study study = parse_study(text, SLEUTEL_SOURCE_DIR "/scenarios/test.yaml", problems);
  for (const Problem& problem : problems) FAIL(problem.where << ": " << problem.what);
  return make_plan(study, {});
}

/// Baseline only, the whole city.
inline const StudyPlan& whole_leiden() {
  static const StudyPlan plan = leiden_plan("years: 1\nreplicates: 1\nseed: 7\nscenarios: {baseline: {}}\n");
  return plan;
}

/// One run on all threads, started.
struct OneRun {
  explicit OneRun(const StudyPlan& plan, int scenario = 0, int replicate = 0)
      : arm(plan, scenario, chosen_isa("")), threads(allowed_threads(0)), run(Blocks(1024, &threads)) {
    run.start(arm, replicate);
    run.open_year();
  }
  FloatRules rules;
  Arm arm;
  Threads threads;
  Run run;
};

/// The phases before the transitions of this month.
inline void until_transitions(Run& run) {
  surroundings(run);
  programmes(run);
  stress(run);
}

/// The transitions of this month and what follows, as far as states go.
inline void rest_of_month(Run& run) {
  transitions(run);
  life_events(run);
  ++run.month;
}

/// Mean and standard error of a few numbers.
struct Mean {
  double mean = 0, error = 0;
};
inline Mean mean_of(const std::vector<double>& values) {
  Mean of;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) of.mean += value / n;
  for (const double value : values) of.error += (value - of.mean) * (value - of.mean);
  of.error = values.size() > 1 ? std::sqrt(of.error / (n - 1) / n) : 0;
  return of;
}

}  // namespace sleutel::test
