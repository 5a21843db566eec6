// Programme files: what they compile to, and every rule broken once.
#include <catch2/catch.hpp>

#include "small_model.h"

using namespace sleutel;

namespace {

struct BrokenProgramme {
  const char* old_text;
  const char* new_text;
  const char* problems;
};

constexpr const char* kEffect = "effect: {problem_debt.end: {hazard_ratio: 2, evidence: E-HR}}";
constexpr const char* kWho = "who: {any: [problem_debt], age: [18, 68]}";

const BrokenProgramme kBroken[] = {
    {kWho, "who: {any: [problem_dept], age: [18, 68]}",
     "programmes/debt-help.yaml:6: who.any[0]: unknown state or trait \"problem_dept\" | did you mean "
     "\"problem_debt\"?"},
    {"partner: debt_office", "partner: debt_ofice",
     "programmes/debt-help.yaml:4: partner: unknown partner \"debt_ofice\": no state of the model is visible to it | "
     "did "
     "you mean \"debt_office\"?"},
    {kWho, "who: {any: [lonely], age: [18, 68]}",
     "programmes/debt-help.yaml:6: who: the partner \"debt_office\" may not see \"lonely\" | write hypothetical: true, "
     "so that every result says so, or choose another partner"},
    {kWho, "who: {any: [problem_debt], age: [68, 18]}",
     "programmes/debt-help.yaml:6: who: this programme could never reach anyone: the first age is not below the "
     "second"},
    {kWho, "who: {all: [unemployed, inactive]}\nhypothetical: true",
     "programmes/debt-help.yaml:6: who: this programme could never reach anyone: all names two that exclude each "
     "other"},
    {kWho, "who: {any: [problem_debt], none: [problem_debt]}",
     "programmes/debt-help.yaml:6: who: this programme could never reach anyone: none rules out all that any names"},
    {kWho, "who: {all: [stage_child], age: [18, 68]}",
     "programmes/debt-help.yaml:6: who: this programme could never reach anyone: no age fits"},
    {kWho, "who: {all: [unemployed], age: [0, 5]}\nhypothetical: true",
     "programmes/debt-help.yaml:6: who: this programme could never reach anyone: \"unemployed\" begins at 18 at the "
     "earliest"},
    {kWho, "who: {all: [lone_parent, partnered], any: [problem_debt]}",
     "programmes/debt-help.yaml:6: who: this programme could never reach anyone: all names two that exclude each "
     "other"},
    {kWho, "who: {all: [child_at_home, lives_alone], any: [problem_debt]}",
     "programmes/debt-help.yaml:6: who: this programme could never reach anyone: all names two that exclude each "
     "other"},
    {kWho, "who: {all: [lone_parent], any: [problem_debt], age: [4, 18]}",
     "programmes/debt-help.yaml:6: who: this programme could never reach anyone: no age fits"},
    {kWho, "who: {any: [problem_debt], districts: [Nord]}",
     "programmes/debt-help.yaml:6: who.districts[0]: unknown district \"Nord\" | did you mean \"Noord\"?"},
    {kWho, "who: {any: [problem_debt]}\nhypothetical: true",
     "programmes/debt-help.yaml:7: hypothetical: nothing here is hypothetical: the partner may see all that who names "
     "| take hypothetical away"},
    {kEffect, "effect: {}", "programmes/debt-help.yaml:9: effect: no effects | write effect: none, or effect: unknown"},
    {kEffect, "effect: {problem_debt.start: {hazard_ratio: 2, evidence: E-HR}}",
     "programmes/debt-help.yaml:9: effect.problem_debt.start: unknown transition \"problem_debt.start\""},
    {kEffect, "effect: {death: {hazard_ratio: 2}}",
     "programmes/debt-help.yaml:9: effect.death: no number without evidence: the key \"evidence\" is missing | name a "
     "row of the evidence registry, or add a row assumption-... with an interval"},
    {kEffect, "effect: {past_debt.end: {hazard_ratio: 2, evidence: E-HR}}",
     "programmes/debt-help.yaml:9: effect.past_debt.end: \"past_debt.end\" never happens in the model | a programme "
     "acts on a rate that is there"},
    {kEffect, "effect: unknown\nassume: {problem_debt.end: {hazard_ratio: 1.3, low: 1.1, high: 1.8}}",
     "programmes/debt-help.yaml:10: assume.problem_debt.end: the interval of an assumed effect must include 1: nobody "
     "has measured it"},
    {kEffect, "effect: none\nassume: {problem_debt.end: {hazard_ratio: 1.3, low: 0.9, high: 1.8}}",
     "programmes/debt-help.yaml:10: assume: assume stands beside effect: unknown only | write effect: unknown, or take "
     "assume away"},
    {"months: 12", "months: 12\nwhile_eligible: true",
     "programmes/debt-help.yaml:1: : how long taking part lasts is not clear | give one of months: 12 and "
     "while_eligible: true"},
    {"uptake: {value: 0.4, evidence: R-1}", "uptake: {value: 1.4, evidence: R-1}",
     "programmes/debt-help.yaml:7: uptake.value: 1.4 (must be between 0 and 1)"},
    {"domain: money", "domain: mony",
     "programmes/debt-help.yaml:3: domain: unknown domain 'mony' | did you mean \"money\"?"},
    {"domain: money", "domian: money",
     "programmes/debt-help.yaml:3: domian: unknown key | did you mean \"domain\"?\nprogrammes/debt-help.yaml:1: : the "
     "key \"domain\" is missing | \"domian\" looks like it"},
};

}  // namespace

TEST_CASE("a programme as its file says") {
  const auto programmes = small::Copy().programmes();
  REQUIRE(programmes.size() == 1);
  const Programme& help = programmes[0];
  CHECK(help.id == "debt-help");
  CHECK(help.name_nl == "Hulp bij schulden");
  CHECK(help.who.any.test(5));
  CHECK(help.who.age_from == 18);
  CHECK(help.who.age_until == 68);
  CHECK(help.selects_on == std::vector<std::string>{"problem_debt"});
  CHECK(help.uptake == 0.4);
  CHECK(help.months == 12);
  CHECK(help.cost_cents_per_start == 50050);
  REQUIRE(help.effects.size() == 1);
  CHECK(help.effects[0].change == Change::end);
  CHECK(help.effects[0].hazard_ratio == Approx(1.4142135624));  // 2, a cohort: shrunk by half
  CHECK(help.effects[0].low == Approx(1.2247448714));
  CHECK(help.effects[0].high == Approx(1.5811388301));
  CHECK_FALSE(help.effects[0].assumed);
}

TEST_CASE("an effect whose number is of none of its rows is an assumption") {
  small::Copy copy;
  copy.replace("programmes/debt-help.yaml", kEffect,
               "effect: {problem_debt.end: {hazard_ratio: 5, evidence: E-HR, transferred: \"a test\"}}");
  CHECK(copy.programmes().front().effects.at(0).assumed);
}

TEST_CASE("an unknown effect does nothing until it is assumed") {
  small::Copy copy;
  copy.replace("programmes/debt-help.yaml", kEffect, "effect: unknown");
  const auto model = copy.model();
  Programme help = copy.programmes().front();
  CHECK(help.effects.empty());
  CHECK(assume_effect(help, *model, "problem_debt.end", 1.3, 0.9, 1.8).empty());
  REQUIRE(help.effects.size() == 1);
  CHECK(help.effects[0].assumed);
  CHECK(assume_effect(help, *model, "problem_debt.end", 1.5, 1.1, 1.8) ==
        "the interval of an assumed effect must include 1: nobody has measured it");
  CHECK(assume_effect(help, *model, "problem_debt.stop", 1.5, 0.9, 1.8) == "unknown transition \"problem_debt.stop\"");
}

TEST_CASE("broken programme files") {
  for (const BrokenProgramme& broken : kBroken) {
    small::Copy copy;
    copy.replace("programmes/debt-help.yaml", broken.old_text, broken.new_text);
    INFO(broken.new_text);
    CHECK(copy.problems_of([&] { copy.programmes(); }) == broken.problems);
  }
}

TEST_CASE("a number that two programmes have is told with its line; one that is missing is told once") {
  small::Copy copy;
  const std::string text = read_file(copy.path("programmes/debt-help.yaml"));
  copy.add("programmes/more-help.yaml", text);
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find("draw: ")), '\n');
  CHECK(copy.problems_of([&] { copy.programmes(); }) ==
        "programmes/more-help.yaml:" + std::to_string(line) +
            ": draw: draw 0 is already that of \"debt-help\" | take a number that was never used: 1");
  copy.replace("programmes/more-help.yaml", "draw: 0\n", "");
  CHECK(copy.problems_of([&] { copy.programmes(); }) == "programmes/more-help.yaml:1: : the key \"draw\" is missing");
}
