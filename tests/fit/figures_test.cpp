// Files of figures, broken once each, with the message word for word: line: where: what | suggestion.
#include <catch2/catch.hpp>
#include <fstream>

#include "sim/fit/fit.h"
#include "tests/model/small_model.h"

using namespace sleutel;

namespace {

constexpr const char* kTargets = R"(label: calibrated on
figures:
  lonely_in_debt:
    name: {en: lonely and in debt, nl: eenzaam en in de schulden}
    stratum: adults
    group: social
    measure: share
    among: {all: [problem_debt], age: [18, 200]}
    of: {all: [lonely]}
    published: 0.3
    standard_error: {value: 0.01, from: interval}
    source: "A survey, 2020"
    evidence: E-D
)";
constexpr const char* kHeld = R"(label: held out
within: {relative: 0.2, points: 3, at_least: 1}
figures:
  lonely_out_of_work:
    name: {en: lonely and out of work, nl: eenzaam en zonder werk}
    stratum: adults
    group: social
    measure: share
    contrast: ratio
    among: {all: [unemployed]}
    of: {all: [lonely]}
    against: {among: {none: [unemployed], age: [18, 67]}}
    published: 2
    standard_error: {value: 0.1, from: sample}
    source: "A survey, 2021"
    evidence: E-SIGN
)";

constexpr const char* kEffects = R"(label: repeated
at_least: 0.8
figures:
  lonely_unemployed:
    name: {en: lonely when out of work, nl: eenzaam zonder werk}
    stratum: adults
    group: social
    measure: share
    contrast: ratio
    after_months: 12
    among: {all: [unemployed]}
    of: {all: [lonely]}
    against: {among: {none: [unemployed], age: [18, 67]}}
    evidence: E-HR
)";

struct BrokenFigure {
  const char *file, *old_text, *new_text, *problems;
};

const BrokenFigure kLabels[] = {
    {"targets.yaml", "E-D", "R-1",
     "targets.yaml:3: figures.lonely_in_debt: has two labels: calibrated on, and input, as "
     "states.unemployed.onset.per_year cites R-1 | an input is met by construction: take the figure out"},
    {"targets.yaml", "E-D", "W-1",
     "targets.yaml:3: figures.lonely_in_debt: has two labels: calibrated on, and input, as "
     "responses.good_health.edges.lonely cites W-1 | an input is met by construction: take the figure out"},
    {"targets.yaml", "E-D", "E-HR", ""},  // what an edge was made from may be calibrated on
    {"held_out.yaml", "E-SIGN", "E-HR",
     "held_out.yaml:4: figures.lonely_out_of_work: has two labels: held out, and input, as "
     "states.lonely.onset.edges.unemployed cites E-HR | what an edge was made from can be a target, but not held out"},
    {"held_out.yaml", "lonely_out_of_work:", "lonely_in_debt:",
     "targets.yaml:3: figures.lonely_in_debt: has two labels: calibrated on, and held out at held_out.yaml:4 "
     "(lonely_in_debt) | keep it in one of the two files"},
    {"targets.yaml", "calibrated on", "held out",
     "targets.yaml:1: within: the key is missing | write {relative: 0.2, points: 3, at_least: 10}\n"
     "targets.yaml:1: label: held out (the file of targets is calibrated on) | the figures that are held out stand in "
     "held_out.yaml"},
};

const BrokenFigure kFigures[] = {
    {"targets.yaml", "    source: \"A survey, 2020\"\n", "",
     "targets.yaml:3: figures.lonely_in_debt: the key \"source\" is missing | write who published the figure, where "
     "and "
     "when"},
    {"targets.yaml", "    standard_error: {value: 0.01, from: interval}\n", "",
     "targets.yaml:3: figures.lonely_in_debt: the key \"standard_error\" is missing | write standard_error: {value: "
     "0.01, from: rounding}; from: interval, sample or rounding"},
    {"targets.yaml", "value: 0.01", "value: 0",
     "targets.yaml:11: figures.lonely_in_debt.standard_error.value: 0 (must be above 0, what the published figure may "
     "be off by)"},
    {"targets.yaml", "from: interval", "from: guess",
     "targets.yaml:11: figures.lonely_in_debt.standard_error.from: unknown from 'guess' | it is one of interval, "
     "sample "
     "or rounding"},
    {"targets.yaml", "of: {all: [lonely]}", "of: {all: [lonley]}",
     "targets.yaml:9: figures.lonely_in_debt.of.all[0]: unknown state or trait \"lonley\" | did you mean \"lonely\"?"},
    {"targets.yaml", "of: {all: [lonely]}", "of: {months: {unemployed: [0, 12]}}",
     "targets.yaml:9: figures.lonely_in_debt.of.months.unemployed: nothing counts how long \"unemployed\" lasts | what "
     "is counted is lonely"},
    {"targets.yaml", "of: {all: [lonely]}", "of: {outcome: good_helth}",
     "targets.yaml:9: figures.lonely_in_debt.of.outcome: unknown outcome \"good_helth\" | did you mean "
     "\"good_health\"?"},
    {"targets.yaml", "age: [18, 200]", "age: [200, 18]",
     "targets.yaml:8: figures.lonely_in_debt.among: nobody could ever meet this: the first age is not below the "
     "second"},
    {"targets.yaml", "measure: share", "measure: mean",
     "targets.yaml:9: figures.lonely_in_debt.of: a mean is of an outcome that persons have as a number | this model "
     "has "
     "none"},
    {"targets.yaml", "measure: share", "measure: rate",
     "targets.yaml:3: figures.lonely_in_debt: the key \"begins\" is missing | write a state or life event, such as "
     "begins: death"},
    {"targets.yaml", "measure: share", "contrast: ratio\n    measure: share",
     "targets.yaml:3: figures.lonely_in_debt: a contrast is between two sides | give both of contrast and against, or "
     "neither"},
    {"targets.yaml", "evidence: E-D", "evidence: E-DD",
     "targets.yaml:13: figures.lonely_in_debt.evidence: unknown evidence \"E-DD\" | did you mean \"E-D\"?"},
    {"targets.yaml", "label: calibrated on\n", "label: calibrated on\nemerges: {}\n",
     "targets.yaml:2: emerges: only in the file of what is held out | move it to held_out.yaml"},
    {"held_out.yaml", "within: {relative: 0.2, points: 3, at_least: 1}\n", "",
     "held_out.yaml:1: within: the key is missing | write {relative: 0.2, points: 3, at_least: 10}"},
};

const BrokenFigure kStudies[] = {
    {"effects.yaml", "evidence: E-HR", "evidence: E-HRX",
     "effects.yaml:14: figures.lonely_unemployed.evidence: unknown evidence \"E-HRX\" | did you mean \"E-HR\"?"},
    {"effects.yaml", "    evidence: E-HR\n", "",
     "effects.yaml:4: figures.lonely_unemployed: the key \"evidence\" is missing | name the row of the study that is "
     "repeated"},
    {"effects.yaml", "evidence: E-HR", "evidence: R-1",
     "effects.yaml:14: figures.lonely_unemployed.evidence: \"R-1\" has no interval, so nothing can lie within it | "
     "repeat a study that published one"},
    {"effects.yaml", "contrast: ratio", "contrast: difference",
     "effects.yaml:4: figures.lonely_unemployed: a study that is repeated has a ratio | write contrast: ratio or "
     "odds_ratio"},
    {"effects.yaml", "label: repeated", "label: calibrated on",
     "effects.yaml:2: at_least: only in a file of studies that are repeated\n"
     "effects.yaml:4: figures.lonely_unemployed: the key \"source\" is missing | write who published the figure, where "
     "and when\n"
     "effects.yaml:5: figures.lonely_unemployed: the key \"published\" is missing\n"
     "effects.yaml:4: figures.lonely_unemployed: the key \"standard_error\" is missing | write standard_error: {value: "
     "0.01, from: rounding}; from: interval, sample or rounding\n"
     "effects.yaml:1: label: calibrated on (the file of studies that are repeated) | targets stand in targets.yaml"},
    {"effects.yaml", "at_least: 0.8", "at_least: 8", "effects.yaml:2: at_least: 8 (must be at most 1 and above 0)"},
};

std::string problems_of(const small::Copy& copy) {
  return copy.problems_of([&] {
    read_lists(
        {copy.path("targets.yaml"), copy.path("held_out.yaml"), copy.path("effects.yaml"), copy.path("evidence")},
        *copy.model(), {"Noord", "Zuid"});
  });
}

void write(const small::Copy& copy) {
  std::ofstream(copy.path("targets.yaml")) << kTargets;
  std::ofstream(copy.path("held_out.yaml")) << kHeld;
  std::ofstream(copy.path("effects.yaml")) << kEffects;
}

template <std::size_t N>
void check_each(const BrokenFigure (&all)[N]) {
  for (const BrokenFigure& broken : all) {
    small::Copy copy;
    write(copy);
    copy.replace(broken.file, broken.old_text, broken.new_text);
    INFO(broken.new_text);
    CHECK(problems_of(copy) == broken.problems);
  }
}

}  // namespace

TEST_CASE("figures with one label each have no problem") {
  small::Copy copy;
  write(copy);
  CHECK(problems_of(copy).empty());
}
TEST_CASE("a figure with two labels is refused") { check_each(kLabels); }
TEST_CASE("a figure that is not whole is refused") { check_each(kFigures); }
TEST_CASE("a study that cannot be repeated is refused") { check_each(kStudies); }
TEST_CASE("all that is wrong is told at once") {
  small::Copy copy;
  write(copy);
  copy.replace("targets.yaml", "value: 0.01", "value: -1").replace("held_out.yaml", "E-SIGN", "R-1");
  const std::string problems = problems_of(copy);
  CHECK(problems.find("targets.yaml:11") != std::string::npos);
  CHECK(problems.find("held_out.yaml:4") != std::string::npos);
}
