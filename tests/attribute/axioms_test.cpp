#include <cmath>

#include "tests/attribute/small_question.h"

// What Shapley values must satisfy, asked of real runs of a small town.

using namespace sleutel;
using namespace sleutel::test;

namespace {

TinyOptions town(const std::function<void(TinySpec&)>& change, int replicates) {
  TinyOptions options;
  options.households = 400;
  options.replicates = replicates;
  options.change = change;
  return options;
}

/// A state that begins and ends and does nothing else.
void add_idle(TinySpec& spec) { spec.states.push_back({.name = "idle", .draw = 14, .begin = 0.4, .end = 0.8}); }

/// Two stressors that are the same but for their names, and both raise smoking.
void add_twins(TinySpec& spec) {
  spec.states.push_back({.name = "one", .draw = 20, .begin = 0.5, .end = 0.5});
  spec.states.push_back({.name = "other", .draw = 21, .begin = 0.5, .end = 0.5});
  spec.edges.push_back({"one", "smoking", Change::begin, 4});
  spec.edges.push_back({"other", "smoking", Change::begin, 4});
}

double sum_of(const SharedOut& shared) {
  double sum = 0;
  for (const Share& share : shared.shares) sum += share.shapley.mean;
  return sum;
}

}  // namespace

TEST_CASE("shares sum to all less none, in every group and of every kind of outcome") {
  const StudyPlan plan = tiny_plan(town({}, 3));
  const SmallQuestion question(plan, {"unemployed", "lonely", "problem_debt"},
                               {"smoking", "depression", "new_lonely", "deaths", "eq5d", "pain", "satisfaction"});
  int groups = 0;
  for (const SharedOut& one : question.shares()) {
    if (!one.is) continue;
    ++groups;
    INFO(question.asked.outcomes[one.outcome].id << " " << one.group.name);
    CHECK(std::abs(sum_of(one) - one.together.mean) < 1e-9);
    CHECK(std::abs(one.all.mean - one.none.mean - one.together.mean) < 1e-9);
  }
  CHECK(groups > 50);
}

TEST_CASE("a stressor that does nothing has exactly no share, in every replicate") {
  const StudyPlan plan = tiny_plan(town(add_idle, 3));
  const auto shared = SmallQuestion(plan, {"idle", "lonely"}, {"depression", "satisfaction"}).shares();
  for (const SharedOut& one : shared) {
    if (!one.is) continue;
    CHECK(one.shares[0].shapley.identical);
    CHECK(one.shares[0].removed_alone.identical);
    CHECK(one.shares[0].present_alone.identical);
  }
  CHECK(!city_of(shared).shares[1].shapley.identical);
}

TEST_CASE("stressors that are alike have alike shares, and those that are not have not") {
  // 30 replicates; false alarm 1 in 10,000 (four standard errors and a half).
  const auto difference = [](double ratio) {
    const auto change = [ratio](TinySpec& spec) {
      add_twins(spec);
      spec.edges.back().ratio = ratio;
    };
    const StudyPlan plan = tiny_plan(town(change, 30));
    const SharedOut city = city_of(SmallQuestion(plan, {"one", "other"}, {"smoking"}).shares());
    CHECK(city.shares[0].shapley.low > 0);
    const double error = std::hypot(error_of(city.shares[0].shapley), error_of(city.shares[1].shapley));
    return std::abs(city.shares[0].shapley.mean - city.shares[1].shapley.mean) / error;
  };
  CHECK(difference(4) < 4.5);
  CHECK(difference(2) > 4.5);
}

TEST_CASE("the same shares on one thread and on three") {
  const StudyPlan plan = tiny_plan(town({}, 2));
  const SmallQuestion question(plan, {"lonely", "problem_debt"}, {"depression"});
  const auto one = question.shares(1), three = question.shares(3);
  REQUIRE(one.size() == three.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (!one[i].is) continue;
    CHECK(one[i].all.mean == three[i].all.mean);
    CHECK(one[i].shares[0].shapley.mean == three[i].shares[0].shapley.mean);
  }
}
