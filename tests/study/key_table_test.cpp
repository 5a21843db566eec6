#include "sim/study/key_table.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/base/files.h"
#include "sim/model/model_keys.h"
#include "sim/study/explain.h"
#include "sim/study/read_study.h"
#include "sim/study/schema.h"
#include "sleutel/error.h"

using namespace sleutel;

namespace {

const std::string kProject = SLEUTEL_SOURCE_DIR;
const std::string kSchemaFile = kProject + "/scenarios/study.schema.json";
const std::string kFormatPage = kProject + "/docs/scenario-format.md";
const std::string kBegin = "<!-- keys: made from sim/study/key_table.cpp -->\n";
const std::string kEnd = "<!-- end of keys -->\n";

/// With SLEUTEL_RENEW set, the made files are written again instead of compared.
bool renewing() { return std::getenv("SLEUTEL_RENEW") != nullptr; }

/// The page with the reference between its marks replaced.
std::string with_reference(const std::string& page) {
  const std::size_t begin = page.find(kBegin), end = page.find(kEnd);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  return page.substr(0, begin + kBegin.size()) + study_reference() + page.substr(end);
}

}  // namespace

TEST_CASE("the shipped schema is made from the key table") {
  if (renewing()) std::ofstream(kSchemaFile) << study_schema();
  CHECK(read_file(kSchemaFile) == study_schema());
}

TEST_CASE("the reference on the format page is made from the key table") {
  const std::string page = read_file(kFormatPage);
  if (renewing()) std::ofstream(kFormatPage) << with_reference(page);
  CHECK(read_file(kFormatPage) == with_reference(page));
}

TEST_CASE("every key can be found, explained, and stands within another") {
  for (const StudyKey& key : study_keys()) {
    INFO(key.path);
    CHECK(study_key(key.path) == &key);
    CHECK_THAT(explain_key(key.path), Catch::Contains(key.help) && Catch::Contains(key.example));
    CHECK(std::string(key.help).back() == '.');
    const bool required = key.need == Need::required;
    CHECK(required == std::string(key.otherwise).empty());
    const std::string path = key.path;
    const bool entry = path.back() == ']' || path.back() == '>';
    const std::size_t cut = path.back() == ']' ? path.size() - 2 : path.rfind('.');
    const std::string outer = cut == std::string::npos ? "" : path.substr(0, cut);
    if (!outer.empty()) CHECK(study_key(outer) != nullptr);
    const auto within = keys_within(outer);
    CHECK((entry ? entry_within(outer) == &key : std::count(within.begin(), within.end(), &key) == 1));
  }
}

TEST_CASE("a key is explained by its name, its path, and as an error names it") {
  const std::string expected =
      "coverage: a number between 0 and 1 [share], required\n"
      "  The share of the eligible residents that the programme reaches.\n"
      "  example: coverage: 0.6\n"
      "  full path: scenarios.<scenario>.programmes[].coverage\n";
  CHECK(explain_key("coverage") == expected);
  CHECK(explain_key("scenarios.more.programmes[12].coverage") == expected);
  CHECK(explain_key("scenarios.programmes.coverage") == expected);
  CHECK_THAT(explain_key("scenarios"), Catch::StartsWith("scenarios: "));
  CHECK_THAT(explain_key("scenarios.more"), Catch::StartsWith("<scenario>: "));
  CHECK_THAT(explain_key("scenarios.more.set.states.problem_debt.onset.edges.unemployed"),
             Catch::StartsWith("<parameter>: a number"));
  CHECK_THAT(explain_key("scenarios.more.programmes[0].assume.problem_debt.end.low"), Catch::StartsWith("low: "));
  try {
    explain_key("coverege");
    FAIL("explained a key that is not there");
  } catch (const InputError& error) {
    CHECK(error.code == ExitCode::usage);
    CHECK(error.problems.at(0).suggestion == "did you mean \"coverage\"?");
  }
  try {
    explain_key("scenarios.more.programmes[0].covrage");
    FAIL("explained a path that is not there");
  } catch (const InputError& error) {
    CHECK(error.problems.at(0).suggestion == "did you mean \"coverage\"?");
  }
}

TEST_CASE("keys of models and programmes are explained too") {
  CHECK(explain_key("uptake") ==
        "uptake: a map, required\n"
        "  Share of those reached who join.\n"
        "  keys: value, evidence and note\n"
        "  of a model or programme file, in: programme\n");
  CHECK(explain_key("programme.uptake") == explain_key("uptake"));
  CHECK_THAT(explain_key("applies_to"), Catch::StartsWith("applies_to: a map, may be left out\n"));
  CHECK_THAT(explain_key("states"), Catch::Contains("a map of names that you choose, required\n"));
  CHECK_THAT(explain_key("baseline_risk"), Catch::StartsWith("baseline_risk: a number"));
  for (const ModelKey& key : model_keys()) {
    INFO(key.object << "." << key.key);
    if (key.key != "*") CHECK_FALSE(explain_key(std::string(key.key)).empty());
  }
}

TEST_CASE("the schema says what the check says") {
  const auto schema = nlohmann::json::parse(study_schema());
  CHECK(schema["required"] == nlohmann::json({"study", "question", "years", "replicates", "scenarios"}));
  CHECK(schema["properties"]["years"]["minimum"] == 1);
  CHECK(schema["properties"]["years"]["maximum"] == 100);
  CHECK(schema["properties"]["city"]["default"] == "leiden");
  CHECK(schema["additionalProperties"] == false);
  const auto& scenario = schema["properties"]["scenarios"]["patternProperties"][kNamePattern];
  CHECK_FALSE(scenario.contains("minProperties"));
  const auto& entry = scenario["properties"]["programmes"]["items"];
  CHECK(entry["required"] == nlohmann::json({"programme", "coverage"}));
  CHECK(entry["properties"]["coverage"]["maximum"] == 1);
}

TEST_CASE("the shipped studies are read, and point editors to the schema") {
  const auto files = files_in(kProject + "/scenarios", ".yaml");
  for (const char* name : {"first-look", "young-adults", "older-people", "nothing", "weak"})
    CHECK(std::count(files.begin(), files.end(), std::string(name) + ".yaml") == 1);
  for (const std::string& file : files) {
    INFO(file);
    Study study;
    REQUIRE_NOTHROW(study = read_study(kProject + "/scenarios/" + file));
    CHECK(study.id + ".yaml" == file);
    CHECK_THAT(study.text, Catch::StartsWith("# yaml-language-server: $schema=study.schema.json\n"));
    CHECK((study.scenarios.size() >= 2 || study.id == "fit"));  // asks figures of a baseline alone
    CHECK(study.scenarios[0].programmes.empty());
  }
}

TEST_CASE("names have small letters, digits and hyphens") {
  CHECK(is_name("early-debt-help-2"));
  for (const char* word : {"", "2nd", "Early", "early help", "-a", "../a", "a_b", "\xC3\xA9"})
    CHECK_FALSE(is_name(word));
  CHECK(is_name(std::string(60, 'a')));
  CHECK_FALSE(is_name(std::string(61, 'a')));
}
