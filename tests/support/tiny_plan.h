#pragma once
/// \file
/// A study of a tiny town under a tiny model with every kind of thing in it: groups, households, couples, events,
/// pairs, counts, durations, partners, parents, friends, places, stress, responses, a programme.

#include <functional>
#include <map>
#include <memory>

#include "sleutel/recorder.h"
#include "sleutel/simulation.h"
#include "tests/support/tiny_model.h"
#include "tests/support/tiny_town.h"

namespace sleutel::test {

namespace tiny {

inline Derived ask(const char* name, DerivedKind kind, int which = 0) {
  Derived derived;
  derived.name = name;
  derived.kind = kind;
  derived.which = which;
  return derived;
}

inline LevelPredictor level_of(const char* name, LevelSource source, float step, int levels) {
  LevelPredictor predictor;
  predictor.name = name;
  predictor.source = source;
  predictor.step = step;
  predictor.levels = levels;
  return predictor;
}

}  // namespace tiny

inline TinySpec standard_spec() {
  using tiny::ask;
  using tiny::level_of;
  TinySpec spec;
  const auto household = Level::household;
  spec.states = {
      {.name = "well", .draw = 0, .group = "mood", .is_rest = true},
      {.name = "subthreshold", .draw = 1, .begin = 0.3, .end = 1.5, .from_age = 12, .group = "mood"},
      {.name = "depressed",
       .draw = 2,
       .begin = 0.1,
       .end = 0.8,
       .from_age = 12,
       .group = "mood",
       .counts_months = true,
       .mark_on_end = "past_depression"},
      {.name = "employed", .draw = 3, .group = "work", .is_rest = true},
      {.name = "unemployed",
       .draw = 4,
       .begin = 0.2,
       .end = 0.9,
       .from_age = 18,
       .until_age = 67,
       .group = "work",
       .fast = 1,
       .slow = 0.5,
       .holds = 1},
      {.name = "inactive", .draw = 5, .begin = 0.05, .end = 0.2, .from_age = 18, .until_age = 67, .group = "work"},
      {.name = "lonely", .draw = 8, .begin = 0.2, .end = 0.7, .from_age = 12, .slow = 0.4},
      {.name = "smoking", .draw = 9, .begin = 0.1, .end = 0.3, .from_age = 16},
      {.name = "diabetes", .draw = 10, .begin = 0.01, .end = 0, .from_age = 20, .doubles_every = 20},
      {.name = "past_depression", .draw = 11, .is_history = true, .counts_months = true},
      {.name = "bereaved", .draw = 12, .end = 0.5, .fast = 3, .slow = 1},
      {.name = "separated", .draw = 13, .end = 0.4, .fast = 2, .slow = 1},
      {.name = "death", .draw = 16, .begin = 0.0002, .doubles_every = 8, .is_event = true},
      {.name = "giving_birth",
       .draw = 17,
       .begin = 0.12,
       .from_age = 20,
       .until_age = 42,
       .is_event = true,
       .only_women = true},
      {.name = "partnering", .draw = 18, .begin = 0.3, .from_age = 18, .until_age = 70, .is_event = true},
      {.name = "leaving_home", .draw = 19, .begin = 0.3, .from_age = 18, .until_age = 30, .is_event = true},
      {.name = "problem_debt",
       .draw = 32,
       .level = household,
       .begin = 0.1,
       .end = 0.4,
       .from_age = 18,
       .has_class = true,
       .fast = 1,
       .slow = 1,
       .holds = 1},
      {.name = "low_income", .draw = 33, .level = household, .begin = 0.1, .end = 0.4, .from_age = 18},
      {.name = "moving", .draw = 34, .level = household, .begin = 0.1, .is_event = true},
      {.name = "leaving_city", .draw = 35, .level = household, .begin = 0.05, .is_event = true},
      {.name = "separating", .draw = 48, .level = Level::couple, .begin = 0.05, .is_event = true},
  };
  spec.derived = {ask("male", DerivedKind::trait, static_cast<int>(Trait::male)),
                  ask("partnered", DerivedKind::trait, static_cast<int>(Trait::partnered)),
                  ask("student", DerivedKind::trait, static_cast<int>(Trait::student)),
                  ask("male + lonely", DerivedKind::pair),
                  ask("two_stressors", DerivedKind::at_least),
                  ask("depressed_long", DerivedKind::duration),
                  ask("partner_smokes", DerivedKind::partner_has),
                  ask("parent_depressed", DerivedKind::parent_has),
                  ask("both_distressed", DerivedKind::both_have)};
  spec.derived[3].derived_mask = 1;
  spec.derived[4].count = 2;
  spec.derived[5].from_month = 3;
  spec.derived[5].until_month = 12;
  spec.derived_states = {{"male + lonely", {"lonely"}},
                         {"two_stressors", {"unemployed", "problem_debt", "lonely", "separated", "bereaved"}},
                         {"depressed_long", {"depressed"}},
                         {"partner_smokes", {"smoking"}},
                         {"parent_depressed", {"depressed", "subthreshold"}},
                         {"both_distressed", {"depressed", "subthreshold"}}};
  spec.predictors = {level_of("stress_fast", LevelSource::stress_fast, 0.25F, 33),
                     level_of("stress_slow", LevelSource::stress_slow, 0.25F, 33),
                     level_of("mastery", LevelSource::mastery, 1, 33),
                     level_of("support", LevelSource::support, 1, 9),
                     level_of("friends.lonely", LevelSource::friends_have, 0.03125F, 33),
                     level_of("place.smoking", LevelSource::place_has, 0.03125F, 33),
                     level_of("home.lonely", LevelSource::household_has, 0.03125F, 33)};
  spec.predictor_states = {{"friends.lonely", {"lonely"}}, {"place.smoking", {"smoking"}}, {"home.lonely", {"lonely"}}};
  spec.edges = {{"unemployed", "problem_debt", Change::begin, 2},
                {"problem_debt", "subthreshold", Change::begin, 1.5},
                {"depressed", "problem_debt", Change::end, 0.7},
                {"lonely", "depressed", Change::begin, 1.5},
                {"two_stressors", "depressed", Change::begin, 1.4},
                {"depressed_long", "depressed", Change::end, 0.6},
                {"partner_smokes", "smoking", Change::begin, 2},
                {"parent_depressed", "lonely", Change::begin, 1.5},
                {"both_distressed", "separating", Change::begin, 2},
                {"male + lonely", "smoking", Change::begin, 1.3},
                {"stress_fast", "subthreshold", Change::begin, 1.1},
                {"stress_slow", "diabetes", Change::begin, 1.03},
                {"stress_slow", "depressed", Change::begin, 1.1},
                {"support", "lonely", Change::begin, 0.9},
                {"mastery", "subthreshold", Change::begin, 0.99},
                {"friends.lonely", "lonely", Change::begin, 1.02},
                {"place.smoking", "smoking", Change::begin, 1.01},
                {"home.lonely", "lonely", Change::end, 0.99},
                {"smoking", "death", Change::begin, 2},
                {"problem_debt", "moving", Change::begin, 1.5},
                {"low_income", "problem_debt", Change::begin, 2},
                {"student", "low_income", Change::begin, 1.5}};
  const auto outcome = [](std::string id, OutcomeKind kind, int from, int until) {
    Outcome made;
    made.id = std::move(id);
    made.kind = kind;
    made.age_from = from;
    made.age_until = until;
    return made;
  };
  spec.outcomes = {outcome("problem_debt", OutcomeKind::prevalence, 18, 200),
                   outcome("smoking", OutcomeKind::prevalence, 18, 75),
                   outcome("depression", OutcomeKind::within_year, 18, 75),
                   outcome("new_lonely", OutcomeKind::begin, 18, 200),
                   outcome("deaths", OutcomeKind::deaths, 0, 200),
                   outcome("births", OutcomeKind::births, 0, 200),
                   outcome("moves_in", OutcomeKind::moves_in, 0, 200),
                   outcome("moves_out", OutcomeKind::moves_out, 0, 200),
                   outcome("eq5d", OutcomeKind::utility, 18, 200),
                   outcome("pain", OutcomeKind::response, 18, 200),
                   outcome("satisfaction", OutcomeKind::response, 18, 200),
                   outcome("low_income", OutcomeKind::prevalence, 0, 200)};
  spec.outcomes[9].response = 0;
  spec.outcomes[9].min_level = 1;
  spec.outcomes[10].response = 1;
  spec.outcomes[11].per_household = true;
  return spec;
}

/// Two responses: pain in five levels (of EQ-5D) and life satisfaction.
inline void add_responses(Model& model) {
  model.responses.responses = {{"eq5d_pain", "sd", 1, 0, {0, 1, 2, 3}, 0, 0, false},
                               {"life_satisfaction", "points", 1, 1, {}, 0, 10, false}};
  for (int i = 0; i < (kMaxAge + 1) * 2; ++i) {
    model.responses.base[static_cast<std::size_t>(i)].at[0] = kIndexUnit / 128 * (i / 2) - kIndexUnit;
    model.responses.base[static_cast<std::size_t>(i)].at[1] = kIndexUnit * 7;
  }
  for (const char* bad : {"diabetes", "depressed", "lonely"}) {
    if (model.state(bad) < 0) continue;
    model.responses.rows[static_cast<std::size_t>(model.state(bad))].at[0] = kIndexUnit / 2;
    model.responses.rows[static_cast<std::size_t>(model.state(bad))].at[1] = -kIndexUnit;
  }
  model.tariff.constant = -0.05F;
  model.tariff.decrement[3] = {0, -0.03F, -0.06F, -0.2F, -0.4F};
}

inline Programme debt_help(const Model& model) {
  Programme programme;
  programme.id = "debt-help";
  programme.draw = 0;
  programme.who.any = tiny::mask_of(model, {"problem_debt"});
  programme.who.age_from = 18;
  programme.uptake = 0.8;
  programme.months = 6;
  programme.cost_cents_per_start = 240000;
  return programme;
}

struct TinyOptions {
  int households = 300;
  int years = 2;
  int replicates = 2;
  double programme_ratio = 2;                  ///< of the programme in the second scenario; 1: it does nothing
  std::function<void(TinySpec&)> change = {};  ///< of the model, in both scenarios
  Switches switches = {};
};

/// A plan with a baseline and a scenario with debt help.
inline StudyPlan tiny_plan(const TinyOptions& options) {
  StudyPlan plan;
  plan.study.id = "tiny";
  plan.study.years = options.years;
  plan.study.replicates = options.replicates;
  plan.study.seed = 11;
  plan.study.switches = options.switches;
  plan.start = std::make_shared<const City>(tiny_town(options.households));
  plan.flows.arrivals = 0.085;
  plan.flows.arrival_propensity.fill(1);
  const auto model_with = [&](double ratio) {
    TinySpec spec = standard_spec();
    if (options.change) options.change(spec);
    spec.programme_ratio = ratio;
    auto model = std::make_shared<Model>(compile(std::move(spec)));
    add_responses(*model);
    return model;
  };
  const auto baseline = model_with(1);
  plan.programmes = {debt_help(*baseline)};
  plan.arms.push_back({"baseline", baseline, {}, {}, false});
  plan.arms.push_back({"debt-help", model_with(options.programme_ratio), {{0, 0.9, 3, 1 << 30}}, {}, true});
  return plan;
}

/// Keeps every year that it is told of.
class Kept : public Recorder {
 public:
  struct Year {
    Tally tally;
    std::vector<ProgrammeYear> programmes;
    Books books;
    std::int64_t clipped = 0;
  };
  void year_done(const YearRecord& r) override {
    years[{r.scenario, r.replicate, r.year}] = {*r.tally, *r.programmes, r.books, r.clipped};
  }
  std::map<std::tuple<int, int, int>, Year> years;  ///< by scenario, replicate, year
};

inline Kept simulated(const StudyPlan& plan, const RunOptions& options = {}) {
  Kept kept;
  Progress progress;
  const std::atomic<bool> stop{false};
  simulate(plan, options, kept, progress, stop);
  return kept;
}

}  // namespace sleutel::test
