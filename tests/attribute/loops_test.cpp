#include "sim/attribute/loops.h"

#include <set>

#include "sim/attribute/compounding.h"
#include "tests/attribute/planted.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

using Names = std::vector<std::string>;

/// The nodes of each loop, by name.
std::set<Names> named(const Model& model, const CausalLoops& found) {
  std::set<Names> all;
  for (const CausalLoop& loop : found.loops) {
    Names names;
    for (const std::size_t edge : loop) {
      const int from = found.edges[edge].from;
      names.push_back(from == kStressNode ? "stress" : model.states[static_cast<std::size_t>(from)].name);
    }
    all.insert(names);
  }
  return all;
}

}  // namespace

TEST_CASE("the loops of a small model are those that can be counted by hand") {
  // Edges: debt -> subthreshold, depressed -> debt, lonely -> depressed, subthreshold and depressed -> separating
  // (both_distressed), depressed (of a parent) and subthreshold -> lonely, separated and debt, lonely, unemployed,
  // bereaved -> depressed (two_stressors), unemployed -> debt, low_income -> debt; stress from unemployed, lonely,
  // bereaved, separated, debt; stress -> subthreshold, depressed, diabetes.
  const StudyPlan plan = tiny_plan({});
  const auto found = named(*plan.arms[0].model, causal_loops(*plan.arms[0].model));
  const std::set<Names> of_two = {{"depressed", "lonely"}, {"depressed", "separated"}, {"depressed", "problem_debt"}};
  std::set<Names> two;
  for (const Names& loop : found)
    if (loop.size() == 2) two.insert(loop);
  CHECK(two == of_two);
  CHECK(found.count({"stress", "subthreshold", "lonely"}) == 1);
  CHECK(found.count({"stress", "depressed", "problem_debt"}) == 1);
  CHECK(found.count({"stress", "depressed", "separated"}) == 1);
  CHECK(found.count({"stress", "diabetes"}) == 0);
  for (const Names& loop : found) CHECK(std::set<std::string>(loop.begin(), loop.end()).size() == loop.size());
}

TEST_CASE("cutting one edge of a planted loop changes what the chain says") {
  // Two changes within 4.5 standard errors of 39 degrees of freedom: a false alarm in less than 1 in 5,000.
  Planted loop, one, other;
  loop.loop = 5;
  one.loop = 1, one.back = 5;  // a -> b is cut
  other.loop = 5, other.back = 1;
  const StudyPlan plan = closed_town(loop, 400, 40);
  const Model& model = *plan.arms[0].model;
  const CausalLoops found = causal_loops(model);
  REQUIRE(named(model, found) == std::set<Names>{{"a", "b"}});
  std::vector<Problem> problems;
  const auto outcomes = asked_outcomes(model, {"ill"}, problems);
  const auto variant = [&](std::size_t which) {
    return which < 2 ? without_edge(model, found.edges[which]) : compounding_model(model, Compounding::whole);
  };
  Progress progress;
  const std::atomic<bool> stop{false};
  const SumsOfRuns sums = live_variants({plan, 3, variant, {outcomes[0].outcome}}, {}, progress, stop);
  const auto ranked = ranked_loops(model, found, outcomes, sums);
  REQUIRE(ranked.size() == 1);
  const double whole = expected_ill(loop, 3);
  CHECK(off(ranked[0].changes[0], whole - expected_ill(one, 3)) < 4.5);
  CHECK(off(ranked[0].changes[1], whole - expected_ill(other, 3)) < 4.5);
  CHECK(off(ranked[0].changes[0], whole - expected_ill({}, 3)) > 4.5);
  const std::size_t weakest = ranked[0].weakest[0];
  CHECK(ranked[0].changes[weakest].mean <= ranked[0].changes[1 - weakest].mean);
}
