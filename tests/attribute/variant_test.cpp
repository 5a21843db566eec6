#include "sim/attribute/variant.h"

#include <catch2/catch.hpp>

#include "tests/support/digest.h"
#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

/// Two years of the tiny town; at the start half of the adults are lonely, some in debt, separated or without work.
StudyPlan town_with_states(const std::function<void(TinySpec&)>& change = {}) {
  TinyOptions options;
  options.change = change;
  StudyPlan plan = tiny_plan(options);
  const Model& model = *plan.arms[0].model;
  auto start = std::make_shared<City>(*plan.start);
  for (Row row = 0; row < start->residents.size(); ++row) {
    if (start->residents.birth_month[row] > -18 * 12) continue;
    if (row % 2 == 0) start->residents.states[row].set(model.state("lonely"));
    if (row % 3 == 0) start->residents.states[row].set(model.state("separated"));
    if (row % 5 == 0) start->residents.states[row].set(model.state("unemployed"));
  }
  plan.start = start;
  return plan;
}

StateMask mask_of(const Model& model, const std::vector<const char*>& names) {
  StateMask mask;
  for (const char* name : names) mask.set(model.state(name));
  return mask;
}

StudyPlan without(const StudyPlan& plan, const StateMask& absent) {
  StudyPlan other = plan;
  other.arms.resize(1);
  other.arms[0].model = without_states(*plan.arms[0].model, absent);
  return other;
}

int count_with(const City& city, const StateMask& mask) {
  int count = 0;
  for (Row row = 0; row < city.residents.size(); ++row)
    count += city.residents.present(row) && city.residents.states[row].any_of(mask);
  return count;
}

}  // namespace

TEST_CASE("what is absent nobody has: not at the start, not by a draw, a life event or an arrival") {
  const StudyPlan plan = town_with_states();
  const Model& model = *plan.arms[0].model;
  const StateMask absent = mask_of(model, {"lonely", "separated", "bereaved", "unemployed", "problem_debt"});
  const StudyPlan bare = without(plan, absent);
  CHECK(count_with(*plan.start, absent) > 100);
  CHECK(count_with(final_city(plan, 0, 0, {}), absent) > 100);
  int separations = 0, arrivals = 0;
  for (const Event& event : event_history(bare, 0, 0, {})) {
    CHECK(!absent.test(event.state));
    separations += event.state == model.state("separating");
  }
  const City end = final_city(bare, 0, 0, {});
  for (const std::uint64_t id : end.residents.id) arrivals += id >> 62 == 1;
  CHECK(separations > 3);  // after which nobody is separated
  CHECK(arrivals > 50);    // copies of residents of the start, of whom many were lonely
  CHECK(count_with(end, absent) == 0);
}

TEST_CASE("without anything absent no bit differs") {
  const StudyPlan plan = town_with_states();
  CHECK(same_city(final_city(plan, 0, 1, {}), final_city(without(plan, {}), 0, 1, {})));
}

TEST_CASE("the absence of a state that nothing reads changes no bit but its own") {
  const auto idle = [](TinySpec& spec) {
    spec.states.push_back({.name = "idle", .draw = 14, .begin = 0.4, .end = 0.8});
  };
  const StudyPlan plan = town_with_states(idle);
  const int state = plan.arms[0].model->state("idle");
  City with = final_city(plan, 0, 0, {});
  const City bare = final_city(without(plan, mask_of(*plan.arms[0].model, {"idle"})), 0, 0, {});
  int had = 0;
  for (Row row = 0; row < with.residents.size(); ++row) {
    had += with.residents.states[row].test(state);
    with.residents.states[row].reset(state);
  }
  CHECK(had > 50);
  CHECK(same_city(with, bare));
}

TEST_CASE("incomes follow who is without work no longer") {
  const StudyPlan plan = town_with_states();
  StudyPlan bare = without(plan, mask_of(*plan.arms[0].model, {"unemployed", "inactive"}));
  bare.study.years = 0;
  StudyPlan same = plan;
  same.study.years = 0;
  std::int64_t more = 0, less = 0;
  const City before = final_city(same, 0, 0, {}), after = final_city(bare, 0, 0, {});
  for (Row home = 0; home < before.households.count(); ++home) {
    bool unemployed = false;
    for (Row row = before.households.first_member[home]; row != kNone; row = before.residents.next_in_household[row])
      unemployed = unemployed || before.residents.states[row].test(plan.arms[0].model->state("unemployed"));
    if (!unemployed) CHECK(before.households.income[home] == after.households.income[home]);
    more += after.households.income[home] > before.households.income[home];
    less += after.households.income[home] < before.households.income[home];
  }
  CHECK(more + less > 20);
}
