#include "sim/trace/story.h"

#include <catch2/catch.hpp>
#include <set>

#include "sim/trace/sequence.h"
#include "sleutel/error.h"
#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

TinyOptions strong() {
  TinyOptions options;
  options.years = 4;
  options.programme_ratio = 30;
  return options;
}

/// Stressors, conditions and moods, month by month.
std::int64_t burden_of(const Model& model, const Life& life) {
  std::int64_t sum = 0;
  for (const Situation& now : life.months)
    for (std::size_t i = 0; i < model.states.size(); ++i) {
      const StateKind kind = model.states[i].kind;
      const bool counts = kind == StateKind::stressor || kind == StateKind::condition || kind == StateKind::mood;
      sum += counts && now.states.test(static_cast<int>(i));
    }
  return sum;
}

/// Whether the states begin in this order, each in a later month than the one before.
bool holds(const Life& life, const std::vector<int>& sequence) {
  std::size_t step = 0;
  int last = -1;
  for (const Entry& entry : life.entries) {
    if (step == sequence.size() || entry.what != sequence[step] || entry.month <= last) continue;
    if (entry.kind != Entry::Kind::begin && entry.kind != Entry::Kind::event) continue;
    last = entry.month;
    ++step;
  }
  return step == sequence.size();
}

}  // namespace

TEST_CASE("a life beside itself has no difference; beside one without any effect, none but the programme") {
  TinyOptions idle;
  idle.programme_ratio = 1;
  const auto plan = tiny_plan(idle);
  const Follower baseline(plan, 0, {}), scenario(plan, 1, {});
  int joined = 0;
  for (Row row = 0; row < plan.start->residents.size(); row += 11) {
    const std::uint64_t id = plan.start->residents.id[row];
    const Life one = baseline.life(0, id), other = scenario.life(0, id);
    CHECK(!first_differences(baseline, one, baseline, baseline.life(0, id)).any);
    const LifeDifferences both = first_differences(baseline, one, scenario, other);
    CHECK(!both.event);
    if (!both.any) continue;
    CHECK(both.any->entry.kind == Entry::Kind::joins);
    CHECK(!both.any->in_first);
    ++joined;
  }
  CHECK(joined > 3);
}

TEST_CASE("of who leaves debt earlier by a programme, the programme is the cause") {
  const auto plan = tiny_plan(strong());
  const Follower baseline(plan, 0, {}), scenario(plan, 1, {});
  const int debt = plan.arms[0].model->state("problem_debt");
  int seen = 0;
  for (Row row = 0; row < plan.start->residents.size() && seen < 5; row += 3) {
    const std::uint64_t id = plan.start->residents.id[row];
    const Life one = baseline.life(0, id), other = scenario.life(0, id);
    const auto event = first_differences(baseline, one, scenario, other).event;
    if (!event || event->entry.kind != Entry::Kind::end || event->entry.what != debt || event->in_first) continue;
    REQUIRE(event->drawn);
    REQUIRE(event->why.size() == 1);
    CHECK(event->why[0].name == "debt-help");
    CHECK(event->why[0].programme);
    CHECK(event->second.per_year() / event->first.per_year() == Approx(30).epsilon(1e-5));
    ++seen;
  }
  CHECK(seen == 5);
}

TEST_CASE("the lives that are found are those that hold the sequence") {
  const auto plan = tiny_plan(strong());
  const auto sequence = read_sequence(*plan.arms[0].model, "Lonely then debt");
  REQUIRE(sequence == std::vector<int>{plan.arms[0].model->state("lonely"), plan.arms[0].model->state("problem_debt")});
  const auto lives = find_lives(plan, 0, 0, sequence, {});
  std::set<std::uint64_t> found;
  for (const FoundLife& life : lives) {
    found.insert(life.resident);
    CHECK(life.months[0] < life.months[1]);
  }
  CHECK(found.size() > 10);
  const Follower follower(plan, 0, {});
  for (Row row = 0; row < plan.start->residents.size(); row += 9) {
    const std::uint64_t id = plan.start->residents.id[row];
    CHECK(holds(follower.life(0, id), sequence) == (found.count(id) == 1));
  }
}

TEST_CASE("words that name no state, or more than one, are all told at once") {
  const auto plan = tiny_plan({});
  try {
    read_sequence(*plan.arms[0].model, "lonley then depressed then then xyzzy");
    FAIL("nothing was told");
  } catch (const InputError& error) {
    REQUIRE(error.problems.size() == 2);
    CHECK(error.code == ExitCode::usage);
    CHECK(error.problems[0].what == "unknown state \"lonley\"");
    CHECK(error.problems[0].suggestion == "did you mean \"lonely\"?");
  }
}

TEST_CASE("a picked life is one whom its rule is about") {
  const auto plan = tiny_plan(strong());
  const Follower baseline(plan, 0, {}), scenario(plan, 1, {});
  for (const Pick pick : {Pick::median_benefit, Pick::not_helped}) {
    const auto picked = pick_life(plan, 1, 0, 0, pick, {});
    REQUIRE(picked);
    const Life with = scenario.life(0, picked->resident), without = baseline.life(0, picked->resident);
    CHECK(burden_of(*plan.arms[1].model, with) == picked->burden);
    CHECK(burden_of(*plan.arms[0].model, without) == picked->other_burden);
    CHECK((picked->burden < picked->other_burden) == (pick == Pick::median_benefit));
    CHECK(with.months.back().here);
    CHECK(without.months.back().here);
    CHECK(std::any_of(with.months.begin(), with.months.end(), [](const Situation& s) { return s.programmes != 0; }));
    CHECK(picked->among <= picked->asked);
  }
}
