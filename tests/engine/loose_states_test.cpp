// Which states the bounds of households and couples leave open.
#include "sim/engine/loose_states.h"

#include <catch2/catch.hpp>

#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

bool is_loose(const Model& model, Level level, const char* state) {
  return loose_states(model, level).test(model.state(state));
}

}  // namespace

TEST_CASE("states that only lower the hazards of a household are left open") {
  const StudyPlan plan = tiny_plan({});
  const Model& model = *plan.arms[0].model;
  REQUIRE(is_loose(model, Level::household, "depressed"));  // makes the end of debt slower
  REQUIRE(is_loose(model, Level::household, "diabetes"));   // adds nothing
}

TEST_CASE("states that raise hazards by much are not left open") {
  const StudyPlan plan = tiny_plan({});
  const Model& model = *plan.arms[0].model;
  REQUIRE_FALSE(is_loose(model, Level::household, "unemployed"));  // doubles an onset of 0.1 a year
  REQUIRE_FALSE(is_loose(model, Level::couple, "subthreshold"));   // by both_distressed, which doubles separating
}

TEST_CASE("a level's own states are never left open, and of residents nothing is") {
  const StudyPlan plan = tiny_plan({});
  const Model& model = *plan.arms[0].model;
  for (std::size_t state = 0; state < model.states.size(); ++state)
    REQUIRE_FALSE(loose_states(model, model.states[state].level).test(static_cast<int>(state)));
  REQUIRE(loose_states(model, Level::resident) == StateMask{});
}
