#include "sim/study/read_study.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "sim/base/files.h"
#include "sim/base/problems.h"

using namespace sleutel;

namespace {

const std::string kSource = SLEUTEL_SOURCE_DIR;

KnownNames names_of_leiden() {
  KnownNames known;
  known.programmes = {
      "vroegsignalering",  "ouderschap-na-scheiding",   "schuldhulpverlening",          "eenzaamheid-aanpak",
      "stoppen-met-roken", "preventiecursus-depressie", "begeleide-zelfhulp-studenten", "ips",
      "informatiepunt"};
  known.without_effect = {"informatiepunt"};
  known.states = {"problem_debt", "depressed", "lonely", "smoking", "separated"};
  known.parameters = {"states.problem_debt.onset.edges.unemployed", "stress.half_life_fast.months",
                      "stress.half_life_slow.months"};
  known.cities = {"leiden"};
  known.start = CalendarMonth{2024, 1};
  return known;
}

std::vector<Problem> problems_of(const std::string& text, const std::string& file) {
  std::vector<Problem> problems;
  const Study study = parse_study(text, file, problems);
  check_names(study, names_of_leiden(), problems);
  return problems;
}

/// A study that uses every key; the truncated and flipped ones are made from it.
const std::string kFull = R"(study: full-study
question: "Does it: all of it, help?"
city: leiden
model: model.yaml
start: 2024-01
years: 10
replicates: 20
seed: 20241
city_seed: 7
residents: 2000
switches: {ties: false, surroundings: no, competition: true, life_events: yes, arrivals: false}
scenarios:
  baseline: {}
  both:
    extends: early
    programmes:
      - programme: ouderschap-na-scheiding
        coverage: 0.5
  early:
    programmes:
      - programme: vroegsignalering
        coverage: 0.6
        from: 2025-01
        until: 2027-01
        assume:
          problem_debt.end: {hazard_ratio: 1.25, low: 0.9, high: 1.7}
    set: {stress.half_life_slow.months: 8}
  twin: {effect: none}
)";

Study good(const std::string& text) {
  std::vector<Problem> problems;
  Study study = parse_study(text, "good.yaml", problems);
  check_names(study, names_of_leiden(), problems);
  INFO(problems_text(problems));
  REQUIRE(problems.empty());
  return study;
}

}  // namespace

TEST_CASE("every key of a study is read") {
  const Study study = good(kFull);
  CHECK(study.id == "full-study");
  CHECK(study.question == "Does it: all of it, help?");
  CHECK(study.start == CalendarMonth{2024, 1});
  CHECK(std::tie(study.years, study.replicates, study.residents) == std::make_tuple(10, 20, 2000));
  CHECK(std::tie(study.seed, study.city_seed) == std::make_tuple(20241u, 7u));
  CHECK(study.switches == Switches{false, false, true, true, false});
  CHECK(study.text == kFull);
  REQUIRE(study.scenarios.size() == 4);
  CHECK(study.scenarios[0].programmes.empty());
  const ScenarioEntry& early = study.scenarios[2];
  REQUIRE(early.programmes.size() == 1);
  CHECK(early.programmes[0].coverage == 0.6);
  CHECK(early.programmes[0].from == CalendarMonth{2025, 1});
  CHECK(early.programmes[0].until == CalendarMonth{2027, 1});
  CHECK(std::tie(early.programmes[0].line, early.programmes[0].column) == std::make_tuple(21, 20));
  REQUIRE(early.programmes[0].assume.size() == 1);
  const auto& assumed = early.programmes[0].assume[0];
  CHECK(assumed.path == "problem_debt.end");
  CHECK(std::tie(assumed.hazard_ratio, assumed.low, assumed.high) == std::make_tuple(1.25, 0.9, 1.7));
  CHECK(std::tie(assumed.line, assumed.column) == std::make_tuple(26, 11));
  CHECK(study.scenarios[3].effect_none);
  CHECK(study.places.at("residents") == std::array<int, 2>{10, 12});
  CHECK(study_problem(study, "residents", "x").line == 10);
}

TEST_CASE("an extending scenario has the programmes and changes of the other before its own") {
  const Study study = good(kFull);
  const ScenarioEntry& both = study.scenarios[1];
  REQUIRE(both.programmes.size() == 2);
  CHECK(both.programmes[0].programme == "vroegsignalering");
  CHECK(both.programmes[0].assume.size() == 1);
  CHECK(both.programmes[1].programme == "ouderschap-na-scheiding");
  CHECK(both.programmes[1].from == study.start);
  REQUIRE(both.set.size() == 1);
  CHECK(both.set[0].path == "stress.half_life_slow.months");
  CHECK(both.set[0].value == 8);
}

TEST_CASE("what a study does not say has the default of the key table") {
  const Study study = good("study: a\nquestion: b?\nyears: 1\nreplicates: 1\nscenarios: {baseline: {}}\n");
  CHECK(study.city == "leiden");
  CHECK(study.model == "model.yaml");
  CHECK(study.start == CalendarMonth{2024, 1});
  CHECK(std::tie(study.seed, study.city_seed, study.residents) == std::make_tuple(1u, 1u, 0));
  CHECK(study.switches == Switches{});
}

TEST_CASE("each bad study gives its message, word for word") {
  const std::string folder = "tests/bad_input/";
  const auto files = files_in(kSource + "/" + folder, ".yaml");
  CHECK(files.size() >= 30);
  std::set<std::string> messages;
  for (const std::string& file : files) {
    const std::string expected = read_file(kSource + "/" + folder + file + ".txt");
    const std::string said = problems_text(problems_of(read_file(kSource + "/" + folder + file), folder + file));
    CHECK(said == expected);
    messages.insert(said);
  }
  CHECK(messages.size() == files.size());
}

TEST_CASE("a file that is not there is told apart, with the nearest name") {
  const std::string wrong = kSource + "/tests/bad_input/emtpy.yaml";
  try {
    read_study(wrong);
    FAIL("read a file that is not there");
  } catch (const InputError& error) {
    CHECK(error.code == ExitCode::input_missing);
    REQUIRE(error.problems.size() == 1);
    CHECK(error.problems[0].what == "there is no such file");
    CHECK(error.problems[0].suggestion == "did you mean \"" + kSource + "/tests/bad_input/empty.yaml\"?");
  }
}

TEST_CASE("problems of the file and of its names come at once, also those of the place that knows the names") {
  const std::string file = kSource + "/tests/bad_input/many-at-once.yaml";
  const auto count = [&](const std::function<KnownNames(const Study&)>& known) {
    try {
      read_study(file, known);
    } catch (const InputError& error) {
      return error.problems.size();
    }
    return std::size_t{0};
  };
  CHECK(count([](const Study&) { return names_of_leiden(); }) == 7);
  CHECK(count([](const Study&) { return KnownNames{}; }) == 6);
  CHECK(count([](const Study&) -> KnownNames { throw InputError({{"model.yaml", 1, 1, "", "broken", ""}}); }) == 7);
}

TEST_CASE("a study cut off anywhere is a study or an InputError") {
  for (std::size_t length = 0; length < kFull.size(); ++length) {
    const auto problems = problems_of(kFull.substr(0, length), "cut.yaml");
    for (const Problem& problem : problems) {
      CHECK_FALSE(problem.what.empty());
      CHECK(problem.file == "cut.yaml");
    }
  }
}

TEST_CASE("a study with any byte changed is a study or an InputError") {
  int refused = 0;
  for (std::size_t at = 0; at < kFull.size(); ++at)
    for (const char byte : {'\0', '\t', '\n', ' ', '"', '\'', '{', '}', '[', ']', ':',    '-',   '#',
                            '&',  '*',  '!',  '|', '>', '%',  '@', ',', '0', 'z', '\x80', '\xFF'}) {
      std::string text = kFull;
      text[at] = byte;
      const auto problems = problems_of(text, "flipped.yaml");
      refused += problems.empty() ? 0 : 1;
      for (const Problem& problem : problems) REQUIRE_FALSE(problem.what.empty());
    }
  CHECK(refused > 1000);
}
