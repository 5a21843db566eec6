#include "sim/attribute/compounding.h"

#include "sim/attribute/variant.h"
#include "tests/attribute/planted.h"
#include "tests/support/digest.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

/// The ill are no stressor.
StudyPlan with_a_condition(const Planted& planted, int households, int replicates) {
  StudyPlan plan = closed_town(planted, households, replicates);
  auto model = std::make_shared<Model>(*plan.arms[0].model);
  model->states[static_cast<std::size_t>(model->state("ill"))].kind = StateKind::condition;
  plan.arms[0].model = std::move(model);
  return plan;
}

/// The city as a whole.
Compounded compounding_of(const StudyPlan& plan, const std::string& outcome) {
  const Model& model = *plan.arms[0].model;
  std::vector<Problem> problems;
  const auto outcomes = asked_outcomes(model, {outcome}, problems);
  REQUIRE(problems.empty());
  const auto variant = [&](std::size_t which) { return compounding_model(model, static_cast<Compounding>(which)); };
  Progress progress;
  const std::atomic<bool> stop{false};
  const SumsOfRuns sums = live_variants({plan, kCompoundings, variant, {outcomes[0].outcome}}, {}, progress, stop);
  const auto found = compounded(model, outcomes, sums);
  REQUIRE(found.front().is);
  return found.front();
}

}  // namespace

TEST_CASE("knock-on and super-additivity of a planted loop are those of the chain") {
  // Three numbers within 4.5 standard errors of 39 degrees of freedom: a false alarm in less than 1 in 3,000.
  Planted loop, bare, adds_up;
  loop.loop = adds_up.loop = 5;
  adds_up.adds_up = true;
  const Compounded city = compounding_of(with_a_condition(loop, 400, 40), "ill");
  const double whole = expected_ill(loop, 3);
  CHECK(off(city.knock_on, whole - expected_ill(bare, 3)) < 4.5);
  CHECK(off(city.super_additivity, whole - expected_ill(adds_up, 3)) < 4.5);
  CHECK(off(city.stressors, whole - expected_ill(loop, 0)) < 4.5);
  CHECK(city.knock_on.low > 0);
  CHECK(city.super_additivity.low > 0);
  Planted weaker = loop;
  weaker.loop = 3;
  CHECK(off(city.knock_on, expected_ill(weaker, 3) - expected_ill(bare, 3)) > 4.5);
  Planted milder = adds_up;
  milder.a_ill = 2;
  CHECK(off(city.super_additivity, whole - expected_ill(milder, 3)) > 4.5);
}

TEST_CASE("independent stressors have no knock-on, and an additive outcome no super-additivity, in no replicate") {
  const Compounded city = compounding_of(with_a_condition({}, 100, 3), "satisfaction");
  CHECK(city.knock_on.identical);
  CHECK(city.super_additivity.identical);
  CHECK(city.stressors.high < 0);
  Planted one_acts;
  one_acts.b_ill = 1;
  CHECK(compounding_of(with_a_condition(one_acts, 100, 3), "ill").super_additivity.identical);
}

TEST_CASE("a pair term between stressors is what goes when their effects add up") {
  // Effects of 3 and 2 with a pair term of 4/6 are those that add up to 4: the two models are one, to the last bit but
  // one.
  StudyPlan plan = with_a_condition({}, 100, 2);
  auto model = std::make_shared<Model>(*plan.arms[0].model);
  Matrix& matrix = model->matrix[0];
  Derived pair;
  pair.name = "a + b";
  pair.kind = DerivedKind::pair;
  pair.mask.set(model->state("a"));
  pair.mask.set(model->state("b"));
  matrix.derived.push_back(pair);
  matrix.edge_begin[kMaxStates].at[static_cast<std::size_t>(model->state("ill"))] = log_step(4.0 / 6);
  const auto added = with_additive_effects(*model, stressors_of(*model)).model;
  const std::size_t lane = static_cast<std::size_t>(model->state("ill"));
  CHECK(added->matrix[0].edge_begin[kMaxStates].at[lane] == 0);
  REQUIRE(added->matrix[0].derived.size() == 2);
  CHECK(std::abs(added->matrix[0].edge_begin[kMaxStates + 1].at[lane] - log_step(4.0 / 6)) <= 2);
}

TEST_CASE("three effects add up, whichever are on") {
  StudyPlan plan = with_a_condition({}, 50, 1);
  auto model = std::make_shared<Model>(*plan.arms[0].model);
  const auto lane = static_cast<std::size_t>(model->state("ill"));
  Matrix& matrix = model->matrix[0];
  StateMask three;
  const std::array<double, 3> ratios = {3, 2, 0.5};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t state = i < 2 ? i : 40;  // a state that is only a row
    three.set(static_cast<int>(state));
    matrix.edge_begin[state].at[lane] = log_step(ratios[i]);
  }
  const auto added = with_additive_effects(*model, three).model;
  const Matrix& to = added->matrix[0];
  CHECK(to.derived.size() == 4);
  for (std::size_t subset = 0; subset < 8; ++subset) {
    StateMask on;
    double sum = 1;
    std::int64_t rows = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      if ((subset >> i & 1) == 0) continue;
      const std::size_t state = i < 2 ? i : 40;
      on.set(static_cast<int>(state));
      sum += ratios[i] - 1;
      rows += to.edge_begin[state].at[lane];
    }
    for (std::size_t bit = 0; bit < to.derived.size(); ++bit)
      if (on.contains(to.derived[bit].mask)) rows += to.edge_begin[kMaxStates + bit].at[lane];
    CHECK(std::abs(rows - log_step(sum)) <= 4);
  }
}

TEST_CASE("with no room for sets of three, sets of two add up and that is said") {
  StudyPlan plan = with_a_condition({}, 50, 1);
  auto model = std::make_shared<Model>(*plan.arms[0].model);
  const auto lane = static_cast<std::size_t>(model->state("ill"));
  Matrix& matrix = model->matrix[0];
  StateMask three;
  for (const std::size_t state : {std::size_t{0}, std::size_t{1}, std::size_t{40}}) {
    three.set(static_cast<int>(state));
    matrix.edge_begin[state].at[lane] = log_step(2);
  }
  const auto fill = [&](std::size_t predictors) {
    matrix.derived.clear();
    for (std::size_t i = 0; i < predictors; ++i) {
      Derived other;
      other.kind = DerivedKind::pair;
      other.mask.set(60);
      other.mask.set(static_cast<int>(61 + i));
      matrix.derived.push_back(other);
    }
  };
  fill(kMaxDerived - 4);
  CHECK(with_additive_effects(*model, three).exact_up_to == kAllSizes);
  fill(kMaxDerived - 3);
  const AdditiveModel pairs = with_additive_effects(*model, three);
  CHECK(pairs.exact_up_to == 2);
  for (std::size_t bit = kMaxDerived - 3; bit < kMaxDerived; ++bit)
    CHECK(std::abs(pairs.model->matrix[0].edge_begin[kMaxStates + bit].at[lane] - log_step(3.0 / 4)) <= 2);
  fill(kMaxDerived - 2);
  CHECK(with_additive_effects(*model, three).exact_up_to == 1);
}

TEST_CASE("edges are cut between stressors only") {
  const StudyPlan plan = tiny_plan({});
  const Model& model = *plan.arms[0].model;
  StateMask stressors;
  for (const char* name : {"unemployed", "problem_debt", "low_income", "lonely"}) stressors.set(model.state(name));
  const auto cut = without_edges_among(model, stressors);
  const auto row = [](const Model& of, const char* from, const char* to, Level level, Change change) {
    const Matrix& matrix = of.matrix[static_cast<std::size_t>(level)];
    const auto [v, lane] = tiny::place_of(matrix, of.state(to));
    std::size_t which = static_cast<std::size_t>(std::max(0, of.state(from)));
    for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p)
      if (matrix.level_predictors[p].name == from) which = static_cast<std::size_t>(matrix.level_first_row[p]) + 3;
    const auto& table = change == Change::begin ? matrix.edge_begin : matrix.edge_end;
    return table[which * static_cast<std::size_t>(matrix.vectors) + v].at[lane];
  };
  struct Asked {
    const char *from, *to;
    Level level;
    Change change;
    bool is_cut;
  };
  for (const Asked& asked : {Asked{"unemployed", "problem_debt", Level::household, Change::begin, true},
                             Asked{"low_income", "problem_debt", Level::household, Change::begin, true},
                             Asked{"friends.lonely", "lonely", Level::resident, Change::begin, true},
                             Asked{"home.lonely", "lonely", Level::resident, Change::end, true},
                             Asked{"depressed", "problem_debt", Level::household, Change::end, false},
                             Asked{"problem_debt", "subthreshold", Level::resident, Change::begin, false},
                             Asked{"lonely", "depressed", Level::resident, Change::begin, false},
                             Asked{"support", "lonely", Level::resident, Change::begin, false}}) {
    INFO(asked.from << " to " << asked.to);
    const auto before = row(model, asked.from, asked.to, asked.level, asked.change);
    CHECK(before != 0);
    CHECK(row(*cut, asked.from, asked.to, asked.level, asked.change) == (asked.is_cut ? 0 : before));
  }
}
