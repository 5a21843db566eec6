#include "sim/study/settings.h"

#include <catch2/catch.hpp>

#include "sim/base/problems.h"
#include "sim/study/read_study.h"

using namespace sleutel;

namespace {

const std::string kText = R"(study: small
question: Does it help?
city: leiden
years: 10
replicates: 20
scenarios:
  baseline: {}
  more:
    programmes:
      - programme: vroegsignalering   # a comment goes
        coverage: 0.6
  dearer:
    extends: more
    set: {stress.half_life_fast.months: 1}
)";

struct Read {
  Study study;
  std::string said;  ///< every problem as the program prints it
};

Read read(const Settings& settings) {
  Read read;
  std::vector<Problem> problems;
  const auto work = [&] {
    read.study = parse_study(kText, "small.yaml", problems, settings);
    KnownNames known;
    known.programmes = {"vroegsignalering"};
    known.parameters = {"stress.half_life_fast.months", "stress.half_life_slow.months"};
    check_names(read.study, known, problems);
    throw_if_any(problems);
  };
  try {
    in_terms_of_settings(settings, "small.yaml", work);
  } catch (const InputError& error) {
    read.said = problems_text(error);
  }
  return read;
}

}  // namespace

TEST_CASE("a setting takes the place of a value, or adds a key that the file leaves out") {
  const Read changed = read({"years=5", "seed=7", "scenarios.more.programmes[0].coverage=0.4", "switches.ties=false",
                             "question=Does it: really, help?", "scenarios.more.set.stress.half_life_slow.months=8"});
  REQUIRE(changed.said.empty());
  CHECK(changed.study.years == 5);
  CHECK(changed.study.seed == 7);
  CHECK(changed.study.scenarios[1].programmes[0].coverage == 0.4);
  CHECK(!changed.study.switches.ties);
  CHECK(changed.study.question == "Does it: really, help?");
  CHECK(changed.study.scenarios[1].set[0].path == "stress.half_life_slow.months");
  CHECK(changed.study.scenarios[2].programmes[0].coverage == 0.4);  // inherited
}

TEST_CASE("the text of a changed study is that study") {
  const Read changed = read({"years=5", "scenarios.more.programmes[0].coverage=0.4"});
  CHECK(changed.study.text.starts_with("# A study file, as changed by\n#   --set years=5\n"));
  std::vector<Problem> problems;
  const Study again = parse_study(changed.study.text, "again.yaml", problems);
  CHECK(problems_text(problems) == "");
  CHECK(again.years == 5);
  CHECK(again.scenarios[1].programmes[0].coverage == 0.4);
  CHECK(again.scenarios[2].set.size() == 1);
  CHECK(read({}).study.text == kText);  // untouched without settings
}

TEST_CASE("a parameter of the model is set in every scenario, the baseline too") {
  const Read changed = read({"stress.half_life_slow.months=8"});
  REQUIRE(changed.said.empty());
  for (const ScenarioEntry& scenario : changed.study.scenarios) {
    INFO(scenario.name);
    CHECK(scenario.set.back().value == (scenario.name == "dearer" ? 1 : 8));
    CHECK(scenario.set.front().path == "stress.half_life_slow.months");
  }
}

TEST_CASE("everything that is wrong with settings is told of them, and at once") {
  CHECK(read({"years=0", "sed=7", "scenarios.more.programmes[0].coverage=1.4", "scenarios.mor.set.x=1",
              "scenarios.more.programmes=none", "stress.half_life_slwo.months=8", "stress.half_life_fast.months=2",
              "stress.half_life_slow.months=long", "years=3", "scenarios.more.programmes[0].programme=vroeg"})
            .said == R"(--set: 10 problems, nothing was run

  1:7    years: 0 (must be between 1 and 100)
  2:1    sed: unknown key
         did you mean "seed"?
  3:39   scenarios.more.programmes[0].coverage: 1.4 (must be between 0 and 1, the share of eligible residents reached)
  4:1    scenarios.mor.set.x: there is nothing of this path in the study
         paths are those of messages: scenarios.more.programmes[0].coverage
  5:1    scenarios.more.programmes: holds a list, of which one value at a time can be set
         for example --set scenarios.more.programmes[0].programme=...
  6:30   stress.half_life_slwo.months: unknown parameter "stress.half_life_slwo.months"
         did you mean "stress.half_life_slow.months"?  (`sleutel model --parameters` shows all 2)
  7:1    stress.half_life_fast.months: scenario "dearer" sets it already
         write --set scenarios.dearer.set.stress.half_life_fast.months=... for that scenario
  8:30   stress.half_life_slow.months: expected a number, found 'long'
  9:1    years: this path is set twice
         keep one of them
  10:40  scenarios.more.programmes[0].programme: unknown programme "vroeg"
         `sleutel list programmes` shows all 1
)");
}

TEST_CASE("a parameter is set for a model without a study") {
  std::vector<Problem> problems;
  const auto changes = parameter_settings({"stress.half_life_slow.months=8", "x.y=z"}, problems);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].path == "stress.half_life_slow.months");
  CHECK(changes[0].value == 8);
  CHECK(problems_text(problems, "") == "--set: 1 problem\n\n  2:5  x.y: expected a number, found 'z'\n");
}
