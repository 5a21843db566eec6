// Every rule of the model file, broken once, with its message word for word: line: where: what | suggestion.
#include <catch2/catch.hpp>

#include "small_model.h"

using namespace sleutel;

namespace {

/// One broken file: what is replaced by what, and what is then said.
struct Broken {
  const char* old_text;
  const char* new_text;
  const char* problems;
  const char* file = "model.yaml";
};

constexpr const char* kRows = "evidence/rows.csv";
constexpr const char* kHalf = "unemployed: {hazard_ratio: 2, evidence: E-HR}\n        problem";

const Broken kNames[] = {
    {"visible_to: [gp]", "visibel_to: [gp]",
     "model.yaml:46: states.lonely.visibel_to: unknown key | did you mean \"visible_to\"?"},
    {"visible_to: [debt_office]", "visible_to: [debt_ofice]",
     "model.yaml:67: states.problem_debt.visible_to[0]: unknown partner \"debt_ofice\" | did you mean "
     "\"debt_office\"?"},
    {"visible_to: [gp]", "visible_to: [gp, astrologer]",
     "model.yaml:46: states.lonely.visible_to[1]: unknown partner \"astrologer\" | add it to `partners:` of the model"},
    {"step: 0.25, levels: 33", "step: 0.0001, levels: 33",
     "model.yaml:11: predictors.stress_slow.step: 0.0001 (must be at least 0.000244140625, the smallest step that a "
     "resident's column can hold) | write a larger step"},
    {"step: 0.25, levels: 33", "step: 0.01, levels: 33",
     "model.yaml:11: predictors.stress_slow.step: 0.01 (33 levels then end at 0.32 points; they must reach 1, the load "
     "of one severe event) | write a larger step or more levels, at most 64"},
    {"unit: share, levels: 33", "unit: share, step: 0.01, levels: 33",
     "model.yaml:12: predictors.friends.lonely.step: 0.01 (must be at least 0.03125, the smallest step that a "
     "resident's column can hold) | write a larger step"},
    {"duration: lonely", "duration: lonly",
     "model.yaml:15: derived.lonely_over_a_year.duration: unknown state \"lonly\" | did you mean \"lonely\"?"},
    {"        stress_slow: {hazard_ratio", "        stress_slwo: {hazard_ratio",
     "model.yaml:52: states.lonely.onset.edges.stress_slwo: unknown predictor \"stress_slwo\" | did you mean "
     "\"stress_slow\"?"},
    {"[lonely, problem_debt, unemployed]", "[lonely, problem_debt, employed]",
     "model.yaml:14: derived.two_of_three.of[2]: \"employed\" is the rest of its group and has no bit | name the other "
     "members of the group"},
    {"[lonely, problem_debt, unemployed]", "[lonely, problem_debt, death]",
     "model.yaml:14: derived.two_of_three.of[2]: \"death\" is an event: it lasts no time and cannot be on | name a "
     "state"},
    {"draw: 18", "draw: 4",
     "model.yaml:19: states.unemployed: draw 4 is already that of \"lonely\" | take a number that was never used: 42"},
    {"two_of_three: {at_least", "lonely: {at_least",
     "model.yaml:14: derived.lonely: \"lonely\" is already the name of a state | rename it\nmodel.yaml:55: "
     "states.lonely.onset.edges.two_of_three: unknown predictor \"two_of_three\""},
    {"  death: {draw", "  deaht: {draw",
     "model.yaml:80: events.deaht: no life event is called \"deaht\" | did you mean \"death\"?"},
    {"kind: history, draw: 41", "kind: situation, domain: money, draw: 41",
     "model.yaml:77: states.problem_debt.marks.on_end: \"past_debt\" is not a history state | give it kind: history"},
    {"    marks: {on_end: past_debt}\n", "",
     "model.yaml:77: states.past_debt: nothing ever begins \"past_debt\" | let a state mark it: marks: {on_end: "
     "past_debt}"},
    {"needs: [adult_18_plus]", "needs: [stress_slow]",
     "model.yaml:72: states.problem_debt.onset.needs[0]: \"stress_slow\" has levels and can open or close nothing | "
     "name a state or a trait"},
    {"members: [unemployed, inactive]", "members: [unemployed, lonely, lonely]",
     "model.yaml:17: groups.work.members[2]: \"lonely\" is already in a group | a state is in one group at most"},
};

const Broken kRates[] = {
    {"onset: {per_year: {value: 0.05, evidence: R-1}}", "onset: {per_year: 0.05}",
     "model.yaml:25: states.unemployed.onset.per_year: no number without evidence: found '0.05' alone | write {value: "
     "0.05, evidence: ...}"},
    {"onset: {per_year: {value: 0.05, evidence: R-1}}", "onset: {per_month: {value: 0.05, evidence: R-1}}",
     "model.yaml:25: states.unemployed.onset.per_month: a rate is written per year, never as \"per_month\" | a chance "
     "over a period is probability: {value: ..., years: ...}"},
    {"onset: {per_year: {value: 0.05, evidence: R-1}}", "onset: {per_year: {value: 0.05}}",
     "model.yaml:25: states.unemployed.onset.per_year: no number without evidence: the key \"evidence\" is missing | "
     "name a row of the evidence registry, or add a row assumption-... with an interval"},
    {"onset: {per_year: {value: 0.05, evidence: R-1}}", "onset: {per_year: {value: -0.05, evidence: R-1}}",
     "model.yaml:25: states.unemployed.onset.per_year.value: -0.05 (must be between 0 and 1000)"},
    {"onset: {per_year: {value: 0.05, evidence: R-1}}", "onset: {per_year: {value: 0, evidence: R-1}}",
     "model.yaml:25: states.unemployed.onset.per_year: the rate is 0 everywhere: this can never happen | take it away"},
    {"{value: 0.5, years: 2, evidence: R-1}", "{value: 0.5, evidence: R-1}",
     "model.yaml:40: states.inactive.end.probability: a chance needs the years it is over | write years: 1 for a "
     "chance in a year"},
    {"table: lonely_onset", "table: lonely_onsets",
     "model.yaml:48: states.lonely.onset.per_year.table: there is no table tables/lonely_onsets.csv | did you mean "
     "\"lonely_onset\"?"},
    {"{by: [debt_class], values: {short: 2, long: 0.125}", "{by: [debt_clas], values: {short: 2, long: 0.125}",
     "model.yaml:76: states.problem_debt.end.per_year.by[0]: unknown column \"debt_clas\" in by | did you mean "
     "\"debt_class\"?"},
    {"{by: [debt_class], values: {short: 2, long: 0.125}", "{by: [debt_class], values: {short: 2}",
     "model.yaml:76: states.problem_debt.end.per_year: there is no rate for age 18, male, income_group 1, debt_class "
     "long | complete the table, or say in applies_to for whom it is"},
    {"18-64,male,0.125,", "18-63,male,0.125,",
     "model.yaml:48: states.lonely.onset.per_year: there is no rate for age 64, male | complete the table, or say in "
     "applies_to for whom it is",
     "tables/lonely_onset.csv"},
    {"18-64,male,0.125,", "18-65,male,0.125,",
     "tables/lonely_onset.csv:6: per_year: the row \"65+, all\" gives a cell that another row gives too",
     "tables/lonely_onset.csv"},
    {"18-64,male,0.125,", "18-64,man,0.125,",
     "model.yaml:48: states.lonely.onset.per_year: there is no rate for age 18, male | complete the table, or say in "
     "applies_to for whom it is\ntables/lonely_onset.csv:4: per_year: unknown value \"man\" of sex",
     "tables/lonely_onset.csv"},
    {"18-64,male,0.125,", "18-64,male,twelve,",
     "tables/lonely_onset.csv:4: per_year: expected a number, found 'twelve'", "tables/lonely_onset.csv"},
};

const Broken kEffects[] = {
    {kHalf, "unemployed: {hazard_ratio: 2}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed: no number without evidence: the key \"evidence\" is missing "
     "| name a row of the evidence registry, or add a row assumption-... with an interval"},
    {kHalf, "unemployed: {hazard_ratio: 2, evidence: E-HRR}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed.evidence: unknown evidence \"E-HRR\" | did you mean "
     "\"E-HR\"?"},
    {kHalf, "unemployed: {hazard_ratio: 3, evidence: E-HR}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed: the file says 3, evidence \"E-HR\" says 2 (1.5 to 2.5) | "
     "write the published value, or say in transferred: why it differs"},
    {kHalf, "unemployed: {relative_risk: 2, evidence: E-HR}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed: relative_risk cannot become a hazard ratio without "
     "baseline_risk and window_years | give it in the edge or its evidence row, name a row in baseline_from:, or make "
     "the edge an assumption\nmodel.yaml:50: states.lonely.onset.edges.unemployed: relative_risk is not what evidence "
     "\"E-HR\" gives: HR | write it as hazard_ratio: it is converted by the documented formula"},
    {kHalf, "unemployed: {hazard_ratio: 2, odds_ratio: 2, evidence: E-HR}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed.odds_ratio: an effect has one measure, and this is a second "
     "| keep the one that was published"},
    {kHalf, "unemployed: {hazard_ratio: 2, evidence: R-1}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed: evidence \"R-1\" is a rate, not an effect | cite a row with "
     "OR, RR, HR, IRR or d, or say in transferred: how this one is used"},
    {kHalf, "unemployed: {hazard_ratio: 2, evidence: E-SIGN}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed: evidence \"E-SIGN\" gives a direction only, no size | cite "
     "a row assumption-... with an interval beside it"},
    {kHalf, "unemployed: {relative_risk: 1.5, evidence: E-RR}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed: relative_risk cannot become a hazard ratio without "
     "baseline_risk and window_years | give it in the edge or its evidence row, name a row in baseline_from:, or make "
     "the edge an assumption"},
    {kHalf, "unemployed: {hazard_ratio: 2, per: point, evidence: E-HR}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.unemployed.per: \"unemployed\" is on or off: per has no meaning | take "
     "per away"},
    {kHalf, "lonely: {hazard_ratio: 2, evidence: E-HR}\n        problem",
     "model.yaml:50: states.lonely.onset.edges.lonely: \"lonely\" is no predictor of its own beginning or end | a "
     "duration of it may be: declare one under derived"},
    {"stress_slow: {hazard_ratio: 1.5, per: point,", "stress_slow: {hazard_ratio: 1.5,",
     "model.yaml:52: states.lonely.onset.edges.stress_slow: \"stress_slow\" has levels: for how much of it is this "
     "effect? | add per: point, or per: full"},
    {"stress_slow: {hazard_ratio: 1.5, per: point,", "stress_slow: {hazard_ratio: 1.5, per: sd,",
     "model.yaml:52: states.lonely.onset.edges.stress_slow.per: unknown unit \"sd\" of \"stress_slow\" | its unit is "
     "point; full means from its lowest to its highest level"},
    {"male + unemployed:", "inactive + unemployed:",
     "model.yaml:54: states.lonely.onset.edges.inactive + unemployed: \"inactive + unemployed\" can never be: two "
     "members of one group exclude each other"},
    {"male + unemployed:", "stress_slow + unemployed:",
     "model.yaml:54: states.lonely.onset.edges.stress_slow + unemployed: a pair cannot have the quantised predictor "
     "\"stress_slow\" | declare a derived predictor, or pair two states"},
    {"lonely_over_a_year: {hazard_ratio: 0.5, evidence: E-HR-INV}", "problem_debt: {odds_ratio: 0.5, evidence: E-OR}",
     "model.yaml:59: states.lonely.end.edges.problem_debt: the cross-sectional row \"E-OR\" acts in full on both onset "
     "and end | write share: 0.5 in both edges, or keep one of them"},
    {"baseline_from: E-OR}", "baseline_from: E-ORR}",
     "model.yaml:74: states.problem_debt.onset.edges.unemployed: baseline_from: unknown evidence \"E-ORR\" | did you "
     "mean \"E-OR\"?"},
};

const Broken kEvidence[] = {
    {"E-SIGN,measured,cohort", "E-SIGN,measured,kohort",
     "evidence/rows.csv:11: design: unknown design 'kohort' | did you mean \"cohort\"?", kRows},
    {"E-SIGN,measured,cohort", "E-D,measured,cohort",
     "evidence/rows.csv:11: id: the id \"E-D\" stands twice; the first stands at evidence/rows.csv:10", kRows},
    {"assumption-friends,assumption", "assumption-friends,measured",
     "evidence/rows.csv:13: id: an id begins with assumption- if and only if the kind is assumption | rename it or "
     "change its kind\nevidence/rows.csv:13: study: no source: study and reference are both empty\n"
     "evidence/rows.csv:13: year: no year, yet states.lonely.onset.edges.friends.lonely uses this row | write that of "
     "the figure, or of its publication",
     kRows},
    {"HR,4,1,6", "HR,4,,", "evidence/rows.csv:13: low: an assumption needs its interval: low and high", kRows},
    {"HR,4,1,6", "HR,4,5,6", "evidence/rows.csv:13: value: the value lies outside its interval", kRows},
    {"E-TRIAL,measured,trial,total,cause,outcome,,HR,1.5,1.2,1.9,,,,,A trial,2020,NL,a reference",
     "E-TRIAL,measured,trial,total,cause,outcome,,HR,1.5,1.2,1.9,,,,,,2020,NL,",
     "evidence/rows.csv:7: study: no source: study and reference are both empty", kRows},
    {"rate,0.1,unknown,unknown,1/year", "rate,0.1,unknown,unknown,",
     "evidence/rows.csv:4: unit: no unit, yet states.unemployed.onset.per_year uses this row | write it, such as "
     "1/year "
     "or share",
     kRows},
    {"A register,2023", "A register,",
     "evidence/rows.csv:4: year: no year, yet states.unemployed.onset.per_year uses this row | write that of the "
     "figure, or of its publication",
     kRows},
    {"HR,2,1.5,2.5", "HR,2,,",
     "evidence/rows.csv:5: low: no interval, yet states.lonely.onset.edges.unemployed uses this row | write low and "
     "high, or unknown in both where none is known",
     kRows},
    {"HR,2,1.5,2.5", "HR,2,1.5,",
     "evidence/rows.csv:5: low: no interval, yet states.lonely.onset.edges.unemployed uses this row | write low and "
     "high, or unknown in both where none is known",
     kRows},
    {"HR,2,1.5,2.5", "HR,2,unknown,2.5",
     "evidence/rows.csv:5: low: one bound of the interval is unknown, the other is not | write two numbers, or unknown "
     "in both",
     kRows},
    {"OR,2,1.5,2.6,,0.2,1,,A survey,2020", "OR,2,1.5,2.6,,0.2,1,,A survey,",
     "evidence/rows.csv:8: year: no year, yet states.lonely.onset.edges.problem_debt uses this row | write that of the "
     "figure, or of its publication",
     kRows},
};

const Broken kOutputs[] = {
    {"response: good_health, from: 1", "response: goodhealth, from: 1",
     "model.yaml:90: outcomes.good_health.of.response: unknown response \"goodhealth\" | did you mean "
     "\"good_health\"?"},
    {"response: good_health, from: 1", "response: good_health, from: 3",
     "model.yaml:90: outcomes.good_health.of.response: \"good_health\" has no level 3"},
    {"cuts: {values: [0, 1]", "cuts: {values: [1, 0]",
     "model.yaml:87: responses.good_health.cuts.values: the numbers must rise"},
    {"outcome: problem_debt, share", "outcome: problem_dept, share",
     "model.yaml:92: targets[0].outcome: unknown outcome \"problem_dept\" | did you mean \"problem_debt\"?"},
    {"{any: [problem_debt]}, population", "{al: [problem_debt]}, population",
     "model.yaml:89: outcomes.problem_debt.of: an outcome is of any, within_year, response, utility, begin or flow"},
};

template <std::size_t n>
void check_all(const Broken (&all)[n]) {
  for (const Broken& broken : all) {
    small::Copy copy;
    copy.replace(broken.file, broken.old_text, broken.new_text);
    INFO(broken.new_text);
    CHECK(copy.problems() == broken.problems);
  }
}

}  // namespace

TEST_CASE("the small model has no problem") { CHECK(small::Copy().problems().empty()); }
TEST_CASE("names that are wrong") { check_all(kNames); }
TEST_CASE("rates and tables that are wrong") { check_all(kRates); }
TEST_CASE("effects that break the rules of evidence") { check_all(kEffects); }
TEST_CASE("evidence rows that are wrong") { check_all(kEvidence); }
TEST_CASE("outputs that are wrong") { check_all(kOutputs); }

TEST_CASE("what a row lacks is told at its cell, and only if a number stands on it") {
  small::Copy copy;
  copy.replace(kRows, "points,1,,,points,,,,A study,2020", "points,1,,,,,,,A study,");
  copy.replace(kRows, "d,0.5,0.3,0.7,,0.1,1,,A trial,2020", "d,0.5,,,,0.1,1,,A trial,");  // nothing cites E-D
  try {
    copy.model();
    FAIL("the model was compiled");
  } catch (const InputError& error) {
    REQUIRE(error.problems.size() == 2);  // once each, however many numbers cite the row
    CHECK(std::pair(error.problems[0].line, error.problems[0].column) == std::pair(3, 44));
    CHECK(error.problems[0].what == "no unit, yet stress.half_life_fast uses this row");
    CHECK(std::pair(error.problems[1].line, error.problems[1].column) == std::pair(3, 56));
    CHECK(error.problems[1].what == "no year, yet stress.half_life_fast uses this row");
  }
}

TEST_CASE("evidence that could not be read is told, not also every number that stands on it") {
  const char* const broken[][3] = {
      {"baseline_risk", "risk", "evidence/rows.csv:2: : the column \"baseline_risk\" is missing"},
      {"E-OR,measured,cross_sectional,", "E-OR,measured,",
       "evidence/rows.csv:8: : 20 fields where the header has 21 | write a comma for an empty field"},
  };
  for (const auto& [old_text, new_text, problems] : broken) {
    small::Copy copy;
    copy.replace(kRows, old_text, new_text);
    CHECK(copy.problems() == problems);
  }
}

TEST_CASE("a programme cites complete rows too") {
  small::Copy copy;
  copy.replace(kRows, "d,0.5,0.3,0.7", "d,0.5,,");
  copy.replace("programmes/debt-help.yaml", "{hazard_ratio: 2, evidence: E-HR}", "{d: 0.5, evidence: E-D}");
  CHECK(copy.problems_of([&] { copy.programmes(); }) ==
        "evidence/rows.csv:10: low: no interval, yet effect.problem_debt.end uses this row | write low and high, or "
        "unknown in both where none is known");
}

TEST_CASE("more than one edge in three assumed is refused") {
  small::Copy copy;
  copy.replace("model.yaml", kHalf,
               "unemployed: {hazard_ratio: 2, evidence: [E-HR, assumption-friends]}\n        problem");
  copy.replace("model.yaml", "male + unemployed: {hazard_ratio: 2, evidence: E-HR}",
               "male + unemployed: {hazard_ratio: 2, evidence: [E-HR, assumption-friends]}");
  copy.replace("model.yaml", "two_of_three: {hazard_ratio: 1.5, evidence: E-TRIAL}",
               "two_of_three: {hazard_ratio: 1.5, evidence: [E-TRIAL, assumption-friends]}");
  copy.replace(kRows, "A trial,2020,NL,a reference,no,", "A trial,2020,NL,a reference,yes,");
  CHECK(copy.model()->share_assumed == Approx(4.0 / 13));
  copy.replace("model.yaml", "edges: {lonely: {hazard_ratio: 2, evidence: E-HR}}",
               "edges: {lonely: {hazard_ratio: 2, evidence: [E-HR, assumption-friends]}}");
  CHECK(copy.problems() ==
        "model.yaml:18: states: 38.5% of the edges are assumptions or stand on evidence that is not verified (at most "
        "one in "
        "three); assumptions alone: 38.5% | find evidence for some of them, check it against the publication, or leave "
        "them out");
}

TEST_CASE("an edge on a row that is not verified counts as assumed") {
  small::Copy copy;
  copy.replace(kRows, "A survey,2020,NL,a reference,yes", "A survey,2020,NL,a reference,no");  // one edge more
  CHECK(copy.model()->share_assumed == Approx(1.0 / 13));
  CHECK(copy.model()->share_assumed_or_unverified == Approx(4.0 / 13));
  copy.replace(kRows, "1.8,2.2,,,,,A register,2020,NL,a reference,yes",
               "1.8,2.2,,,,,A register,2020,NL,a reference,no");
  CHECK(copy.problems() ==
        "model.yaml:18: states: 53.8% of the edges are assumptions or stand on evidence that is not verified (at most "
        "one in "
        "three); assumptions alone: 7.7% | find evidence for some of them, check it against the publication, or leave "
        "them out");
}

TEST_CASE("a number that is of no row it cites counts as assumed, whatever is said beside it") {
  const auto kind = [](const std::string& edge) {
    small::Copy copy;
    copy.replace("model.yaml", kHalf, "unemployed: {" + edge + "}\n        problem");
    const auto model = copy.model();
    const std::string path = "states.lonely.onset.edges.unemployed";
    std::string found;
    for (const Edge& at : model->edges)
      if (at.path == path) found = at.kind;
    for (const Parameter& at : model->parameters)
      if (at.path == path) CHECK(at.is_assumption == (found == "assumption"));
    CHECK(model->share_assumed == Approx((found == "assumption" ? 2.0 : 1.0) / 13));
    return found;
  };
  CHECK(kind("hazard_ratio: 9.9, evidence: E-HR, transferred: \"a test\"") == "assumption");
  CHECK(kind("hazard_ratio: 2.1, evidence: E-HR") == "assumption");  // within the interval is not the value
  CHECK(kind("hazard_ratio: 2, evidence: E-HR, transferred: \"a test\"") == "transferred");
  CHECK(kind("hazard_ratio: 0.50, evidence: E-HR, transferred: \"a test\"") == "transferred");
  CHECK(kind("hazard_ratio: 0.67, evidence: [E-HR, E-RR], transferred: \"a test\"") == "transferred");
  CHECK(kind("hazard_ratio: 0.7, evidence: [E-HR, E-RR], transferred: \"a test\"") == "assumption");  // 5% off
  CHECK(kind("hazard_ratio: 0.1, evidence: R-1, transferred: \"a test\"") == "assumption");  // a rate is no effect
  CHECK(kind("d: -0.5, evidence: E-D, transferred: \"a test\"") == "transferred");
  CHECK(kind("d: 0.4, evidence: E-D, transferred: \"a test\"") == "assumption");
  small::Copy weight;
  weight.replace("model.yaml", "{add: -0.25, evidence: W-1}", "{add: -0.25, evidence: E-D}");
  CHECK(weight.model()->share_assumed == Approx(2.0 / 13));
}

TEST_CASE("sums that could overflow are refused") {
  const char* const line = "stress_slow: {source: stress_slow, unit: points, step: 0.25, levels: 33}";
  const char* const edge = "stress_slow: {hazard_ratio: 1.5, per: point, evidence: E-TRIAL}";
  const char* const strong =
      "stress_slow: {hazard_ratio: 1000, per: point, evidence: E-TRIAL, transferred: \"a test\"}";
  small::Copy fits;  // 200 points of 9.966 doublings: 1,993 of 2,048
  fits.replace("model.yaml", line, "stress_slow: {source: stress_slow, unit: points, step: 50, levels: 5}");
  fits.replace("model.yaml", edge, strong);
  CHECK(fits.problems().find("32 bits") == std::string::npos);
  small::Copy overflows;  // 250 points
  overflows.replace("model.yaml", line, "stress_slow: {source: stress_slow, unit: points, step: 50, levels: 6}");
  overflows.replace("model.yaml", edge, strong);
  CHECK(overflows.problems() ==
        "model.yaml:41: states.lonely: the effects on the onset of \"lonely\" could add to more than 32 bits hold "
        "(2,048 doublings of a rate) | look for a large effect per point of a predictor with many points");
}

TEST_CASE("loops that explode are refused") {
  small::Copy copy;
  copy.replace(kRows, "A trial,2020,NL,a reference,no,", "A trial,2020,NL,a reference,yes,");
  copy.replace("model.yaml", kHalf,
               "unemployed: {hazard_ratio: 1000, evidence: E-TRIAL, transferred: \"a test\"}\n        problem");
  copy.replace("model.yaml", "onset: {per_year: {value: 0.05, evidence: R-1}}",
               "onset: {per_year: {value: 0.05, evidence: R-1}, edges: {lonely: {hazard_ratio: 1000, evidence: "
               "E-TRIAL, transferred: \"a test\"}}}");
  CHECK(copy.problems() ==
        "model.yaml:18: states: the loops among states explode: the spectral radius of the gain is 1.204 (must be "
        "below 1) | "
        "look at the strongest edges in both directions between two states");
}
