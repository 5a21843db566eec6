// A program of somebody else: reads the installed model, draws a named number, runs the baseline of a shipped study.
#include <sleutel/random.h>
#include <sleutel/simulation.h>

#include <cstdio>

#include "output/compare/compare.h"
#include "output/hdf5/digest.h"
#include "sim/model/read_model.h"
#include "sim/study/make_plan.h"

int main() {
  const std::string scenarios = SCENARIOS;
  const auto model = sleutel::read_model(scenarios + "/leiden/model.yaml", {.evidence = scenarios + "/evidence"});
  const sleutel::Draw draw{sleutel::stream_key(1, 0, 0), 7, 0, sleutel::Purpose::event(0)};
  std::printf("model %s\nstates %zu\ndraw %a\n", model->id.c_str(), model->states.size(), sleutel::uniform(draw));
  const sleutel::StudyPlan plan = sleutel::make_plan(sleutel::read_checked_study(scenarios + "/weak.yaml"), {});
  const auto events = sleutel::event_history(plan, 0, 0, {});
  std::printf("residents %zu\nevents %zu\n", plan.start->residents.size(), events.size());
  return sleutel::by_named("district") ? 0 : 1;
}
