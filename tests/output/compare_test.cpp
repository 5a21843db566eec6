#include "output/compare/compare.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "output/compare/finished_years.h"
#include "output/compare/print.h"
#include "output/compare/print_summary.h"
#include "output/measures/income_gap.h"
#include "sleutel/error.h"
#include "sleutel/residents.h"

namespace sleutel {
namespace {

/// Results made by hand: two districts and the city, three replicates, two years (2032, 2033), values as planted.
class Planted {
 public:
  Planted() {
    results.file = "nowhere/first-look.h5";
    results.study = "first-look";
    results.question = "Does reaching households in debt early improve health, and for whom?";
    results.city_name = "Leiden";
    results.residents = 130108;
    results.start_year = 2032;
    results.years = 2;
    results.replicates = 3;
    results.scenarios = {"baseline", "early-debt-help"};
    results.notes = {{}, {"The effect of vroegsignalering is assumed, not measured."}};
    results.complete.assign(12, 1);
    std::vector<std::string> people(kIncomeGroups * kAgeSexCells, "cell");
    results.stratifications = {{"district", {"Noord", "Zuid", "Leiden"}},
                               {"buurt", {"Hof"}},
                               {"income", std::vector<std::string>(kIncomeGroups, "fifth")},
                               {"life_stage", std::vector<std::string>(kLifeStages, "stage")},
                               {"income_age_sex", people}};
    results.series.resize(5);
  }

  /// Adds an outcome whose value is `baseline` + noise(replicate) under the baseline and `difference` more under help.
  void add(OutcomeInfo info, double baseline, const std::vector<double>& differences) {
    info.population = "adults";
    for (std::size_t by = 0; by < results.stratifications.size(); ++by) {
      Series series;
      for (int run = 0; run < 12; ++run) {
        const double shared = baseline + 0.25 * (run / 2 % 3);
        const double difference = run < 6 ? 0 : differences[static_cast<std::size_t>(run / 2 % 3)];
        for (std::size_t i = 0; i < results.stratifications[by].labels.size(); ++i) {
          series.denominator.push_back(1000);
          series.numerator.push_back((shared + difference) / info.scale * 1000);
        }
      }
      results.series[by].push_back(series);
    }
    results.outcomes.push_back(info);
  }

  Results results;
};

OutcomeInfo info(const std::string& id, const std::string& label, const std::string& unit, double scale, int decimals,
                 double matters) {
  OutcomeInfo made;
  made.id = id;
  made.label_en = label;
  made.unit = unit;
  made.scale = scale;
  made.decimals = decimals;
  made.matters = matters;
  return made;
}

Results example() {
  Planted planted;
  planted.add(info("problem_debt", "problem debt", "per 1,000", 1000, 1, 2), 70.95, {-12.6, -12.8, -13.0});
  planted.add(info("depression", "depression", "per 1,000", 1000, 1, 2), 61.95, {-0.9, -0.8, -1.0});
  planted.add(info("life_satisfaction", "life satisfaction", "(0-10)", 1, 2, 0.1), 7.1, {0.01, 0.02, 0.0});
  auto health = info("good_health", "good health", "%", 100, 1, 1);
  health.also_gap = true;
  health.higher_is_better = true;
  planted.add(health, 81.95, {0, 0, 0});
  return planted.results;
}

std::vector<Problem> problems_of(const Results& results, const CompareOptions& options) {
  try {
    compare(results, options);
  } catch (const InputError& error) {
    CHECK(error.code == ExitCode::usage);
    return error.problems;
  }
  return {};
}

}  // namespace

TEST_CASE("a comparison reads as the guide shows it") {
  const Results results = example();
  const std::string expected =
      "early-debt-help against baseline, in 2033           baseline  scenario  difference (95%, chance only)\n"
      "  problem debt, adults, per 1,000                       71.2      58.4  -12.8  (-13.3 to -12.3)   larger "
      "than "
      "what matters (2)\n"
      "  depression, adults, per 1,000                         62.2      61.3   -0.9  ( -1.1 to  -0.7)   real but "
      "too small to matter (2)\n"
      "  life satisfaction (0-10)                              7.35      7.36  +0.01  (-0.01 to +0.03)   no "
      "difference larger than what matters (0.1)\n"
      "  good health, adults, %                                82.2      82.2    0.0  (  0.0 to   0.0)   identical "
      "in every replicate\n"
      "  good health, gap between income fifths, points         0.0       0.0    0.0  (  0.0 to   0.0)   identical "
      "in every replicate\n"
      "The effect of vroegsignalering is assumed, not measured.  nowhere/first-look.h5.  Next: sleutel compare "
      "nowhere/first-look.h5 --by district (or --by life_stage)\n";
  CHECK(comparison_text(results, compare(results, {}), By::city) == expected);
}

TEST_CASE("an interval without 0 is never printed with a bound of 0") {
  Planted planted;
  planted.add(info("depression", "depression", "per 1,000", 1000, 1, 2), 61.95, {-0.010, -0.011, -0.012});
  const auto text = comparison_text(planted.results, compare(planted.results, {}), By::city);
  CHECK(text.find("-0.01  (-0.01 to -0.01)   real but too small to matter (2)") != std::string::npos);
}

TEST_CASE("a run ends with its question, its cost and the headlines") {
  const Results results = example();
  const std::string text = summary_text(results, {468'000'000, 17.26});
  CHECK(
      text.starts_with("first-look: Does reaching households in debt early improve health, and for whom?\n"
                       "Leiden, 130,108 residents, 2032-2033, 2 scenarios x 3 replicates: 468 million resident-months "
                       "in 17.3 s\n\nearly-debt-help against baseline, in 2033 "));
  const std::string stored = summary_text(results, {});
  CHECK(stored.find("2 scenarios x 3 replicates\n\n") != std::string::npos);
  CHECK(headline_outcomes(results) ==
        std::vector<std::string>{"problem_debt", "depression", "life_satisfaction", "good_health", "good_health_gap"});
}

TEST_CASE("a run ends with vitality beside wellbeing and health, with its unit and what matters for it") {
  Planted planted;
  planted.add(info("life_satisfaction", "life satisfaction", "(0-10)", 1, 2, 0.1), 7.1, {0.01, 0.02, 0.0});
  auto vitality = info("vitality", "vitality", "(0-100)", 1, 1, 1);
  vitality.is_assumption = vitality.also_gap = true;
  planted.add(vitality, 63.95, {0.1, 0.2, 0.3});
  const std::string text = summary_text(planted.results, {});
  CHECK(text.find("  vitality (0-100) ") != std::string::npos);
  CHECK(text.find("no difference larger than what matters (1)\n") != std::string::npos);
  CHECK(text.find("How vitality is computed is an assumption.") != std::string::npos);
  CHECK(text.find("How vitality_gap") == std::string::npos);  // the same, said once
}

TEST_CASE("districts are labelled as predictions, the city is not") {
  const Results results = example();
  const auto rows = compare(results, {By::district, {"depression"}, {}, {}});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].group == "Noord");
  CHECK(rows[0].is_prediction);
  CHECK(rows[2].group == "Leiden");
  CHECK(!rows[2].is_prediction);
  const std::string text = comparison_text(results, rows, By::district);
  CHECK(text.starts_with("early-debt-help against baseline, in 2033: depression, adults, per 1,000  "));
  CHECK(text.find(kPredictionNote) != std::string::npos);
  CHECK(text.find("  Noord  ") != std::string::npos);
  CHECK(comparison_text(results, compare(results, {}), By::city).find(kPredictionNote) == std::string::npos);
}

namespace {

/// Three scenarios of two replicates: one assumes the effect of a, all use b, which is hypothetical.
Results of_three() {
  Planted planted;
  planted.results.scenarios = {"baseline", "assumes", "measured", "assumes-too"};
  const std::string b = "b is hypothetical: it selects on what its partner may not see.";
  const std::string a = "The effect of a is assumed, not measured.";
  planted.results.notes = {{}, {a, b}, {b}, {a, b}};
  planted.results.complete.assign(24, 1);
  planted.add(info("depression", "depression", "per 1,000", 1000, 1, 2), 62, {-1, -1, -1});
  for (auto& of_group : planted.results.series)
    for (auto* column : {&of_group.front().numerator, &of_group.front().denominator}) {
      const auto half = *column;  // of two scenarios
      column->insert(column->end(), half.begin(), half.end());
    }
  return planted.results;
}

nlohmann::json notes_of_rows(const Results& results, const CompareOptions& options) {
  nlohmann::json notes;
  for (const auto& row : nlohmann::json::parse(comparison_json(results, compare(results, options))))
    notes[row.at("scenario").get<std::string>()] = row.at("notes");
  return notes;
}

}  // namespace

TEST_CASE("a note stands beside the scenarios it is about, and no others") {
  const Results results = of_three();
  const std::string a = "The effect of a is assumed, not measured.";
  const auto text_of = [&](const CompareOptions& options) {
    return comparison_text(results, compare(results, options), By::city);
  };
  CHECK(text_of({By::city, {}, {}, {"measured"}}).find(a) == std::string::npos);
  CHECK_THAT(text_of({By::city, {}, {}, {"assumes"}}), Catch::Contains("\n" + a + "\n"));
  CHECK_THAT(text_of({By::city, {}, {}, {"assumes", "assumes-too"}}), Catch::Contains("\n" + a + "\n"));
  const std::string all = text_of({});
  CHECK_THAT(all, Catch::Contains("\nassumes and assumes-too: " + a + "\nb is hypothetical"));
  const auto notes = notes_of_rows(results, {});
  CHECK(notes.at("assumes").size() == 2);
  CHECK(notes.at("measured") == nlohmann::json({"b is hypothetical: it selects on what its partner may not see."}));
  CHECK(comparison_csv(results, compare(results, {By::city, {}, {}, {"measured"}})).find(a) == std::string::npos);
}

TEST_CASE("what is said of the baseline is about every comparison") {
  Results results = of_three();
  results.notes = {{"The effect of c is assumed, not measured."}, {}, {}, {}};
  CHECK(notes_of_rows(results, {}).at("measured").size() == 1);
}

TEST_CASE("which years are in a file is told by scenario, year and replicate") {
  Results results;
  results.scenarios = {"baseline", "help", "both"};
  results.start_year = 2024;
  results.years = 4;
  results.replicates = 3;
  results.complete.assign(36, 0);
  CHECK(finished_years_text(results) == "0 of 36 years of runs are in the file: baseline, help and both none.");
  std::fill_n(results.complete.begin(), 20, 1);  // the baseline, and two replicates of help
  results.complete[9] = 0;                       // the second year of the baseline's last replicate
  CHECK(finished_years_text(results) ==
        "19 of 36 years of runs are in the file: baseline 2024-2027 in replicates 0-1, 2024, 2026-2027 in replicate 2; "
        "help 2024-2027 in replicates 0-1; both none.");
  std::fill(results.complete.begin(), results.complete.end(), 1);
  CHECK(finished_years_text(results) ==
        "36 of 36 years of runs are in the file: baseline, help and both 2024-2027 in all 3 replicates.");
}

TEST_CASE("income groups are told to be those of the start, other groups and the gap not") {
  const Results results = example();
  const auto notes = [&](By by) { return comparison_text(results, compare(results, {by, {}, {}, {}}), by); };
  CHECK_THAT(notes(By::income), Catch::Contains(kFrozenNote));
  CHECK_THAT(notes(By::city), !Catch::Contains(kFrozenNote));
  CHECK_THAT(notes(By::life_stage), !Catch::Contains(kFrozenNote));
}

TEST_CASE("JSON rows have every field") {
  const Results results = example();
  const auto json = nlohmann::json::parse(comparison_json(results, compare(results, {By::district, {}, {2032}, {}})));
  REQUIRE(json.size() == 12);
  const auto& row = json.at(0);
  for (const char* key : {"scenario", "outcome", "unit", "group", "year", "baseline", "value", "difference", "low",
                          "high", "replicates", "verdict"})
    CHECK(row.contains(key));
  CHECK(row.at("scenario") == "early-debt-help");
  CHECK(row.at("outcome") == "problem_debt");
  CHECK(row.at("unit") == "per 1,000");
  CHECK(row.at("group") == "Noord");
  CHECK(row.at("year") == 2032);
  CHECK(row.at("baseline").get<double>() == Approx(71.2));
  CHECK(row.at("difference").get<double>() == Approx(-12.8));
  CHECK(row.at("value").get<double>() - row.at("baseline").get<double>() == Approx(-12.8));
  CHECK(row.at("replicates") == 3);
  CHECK(row.at("verdict") == "larger than what matters");
  CHECK(row.at("notes").at(1) == kPredictionNote);
}

TEST_CASE("CSV quotes what has commas") {
  const Results results = example();
  const std::string csv = comparison_csv(results, compare(results, {By::city, {"problem_debt"}, {}, {}}));
  CHECK(
      csv.starts_with("scenario,outcome,label,unit,group,year,baseline,value,difference,low,high,replicates,verdict,"));
  CHECK(csv.find("\nearly-debt-help,problem_debt,\"problem debt, adults, per 1,000\",\"per 1,000\",Leiden,2033,71.") !=
        std::string::npos);
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 2);
}

TEST_CASE("one replicate has no interval and says so") {
  Results results = example();
  for (std::size_t run : {1, 2, 4, 5}) results.complete[run * 2 + 1] = 0;  // of 2033 only replicate 0 is there
  const auto rows = compare(results, {By::city, {"problem_debt"}, {}, {}});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].year == 2033);
  CHECK(rows[0].difference.pairs == 1);
  CHECK(rows[0].verdict == Verdict::uncertain);
  const std::string text = comparison_text(results, rows, By::city);
  CHECK(text.find("(no interval)   too uncertain to say\n") != std::string::npos);
  CHECK(text.find("An interval needs at least two replicates") != std::string::npos);
  CHECK(
      text.find("8 of 12 years of runs are in the file: baseline and early-debt-help 2032-2033 in replicate 0, 2032 in "
                "replicates 1-2.") != std::string::npos);
  const auto json = nlohmann::json::parse(comparison_json(results, rows));
  CHECK(json.at(0).at("low").is_null());
  CHECK(comparison_csv(results, rows).find(",,,1,too uncertain to say,") != std::string::npos);
}

TEST_CASE("the last year that has pairs is compared, other years on request") {
  Results results = example();
  for (std::size_t run = 0; run < 6; ++run) results.complete[run * 2 + 1] = 0;
  CHECK(compare(results, {}).front().year == 2032);
  CHECK(compare(results, {By::city, {}, {2033}, {}}).empty());
  CHECK(comparison_text(results, {}, By::city).starts_with("No year is in the file under both"));
}

TEST_CASE("a study with only a baseline has nothing to compare") {
  Results results = example();
  results.scenarios.pop_back();
  results.notes.pop_back();
  results.complete.resize(6);
  const std::string text = comparison_text(results, compare(results, {}), By::city);
  CHECK_THAT(text, Catch::StartsWith("There is only a baseline: nothing to compare.\n"));
  CHECK_THAT(text, Catch::EndsWith("Next: add a scenario to the study; sleutel explain scenarios\n"));
  CHECK_THAT(text, !Catch::Contains("sleutel compare"));
}

TEST_CASE("unknown outcomes, years and scenarios are told all at once") {
  const Results results = example();
  const auto problems = problems_of(results, {By::city, {"problem_dept", "xyz"}, {2031}, {"early", "baseline"}});
  REQUIRE(problems.size() == 5);
  CHECK(problems[0].what == "unknown outcome \"problem_dept\"");
  CHECK(problems[0].suggestion == "did you mean \"problem_debt\"?");
  CHECK(problems[1].suggestion ==
        "the file has problem_debt, depression, life_satisfaction, good_health and good_health_gap");
  CHECK(problems[2].what == "unknown scenario \"early\"");
  CHECK(problems[3].what == "baseline is the baseline: it is compared with itself");
  CHECK(problems[4].what == "year 2031 is not in the study");
  CHECK(problems[4].suggestion == "it runs from 2032 to 2033");
}

TEST_CASE("the gap of a file is the gap worked by hand") {
  Planted planted;
  auto health = info("good_health", "good health", "%", 100, 1, 1);
  health.also_gap = true;
  health.higher_is_better = true;
  planted.add(health, 50, {0, 0, 0});
  Series& series = planted.results.series[4][0];
  // Lowest fifth 30% well at stage 0, 60% at stage 1; highest 70% and 80%; under help the lowest gains 10 points.
  const auto cell = [](int run, int fifth, int age_sex) {
    return static_cast<std::size_t>((run * kIncomeGroups + fifth) * kAgeSexCells + age_sex);
  };
  std::fill(series.denominator.begin(), series.denominator.end(), 0);
  for (int run = 0; run < 12; ++run) {
    for (int fifth : {0, 4, 5})
      for (int age_sex : {0, 2}) series.denominator[cell(run, fifth, age_sex)] = age_sex == 0 ? 300 : 100;
    const double gain = run < 6 ? 0 : 0.1;
    series.numerator[cell(run, 0, 0)] = (0.3 + gain) * 300;
    series.numerator[cell(run, 0, 2)] = (0.6 + gain) * 100;
    series.numerator[cell(run, 4, 0)] = 0.7 * 300;
    series.numerator[cell(run, 4, 2)] = 0.8 * 100;
    series.numerator[cell(run, 5, 0)] = 0;  // students would widen nothing: they are left out
  }
  const auto rows = compare(planted.results, {By::city, {"good_health_gap"}, {}, {}});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].unit == "points");
  // (3 * 70 + 80) / 4 - (3 * 30 + 60) / 4 = 72.5 - 37.5 = 35
  CHECK(rows[0].baseline == Approx(35));
  CHECK(rows[0].difference.mean == Approx(-10));
}

TEST_CASE("groups are named as on the command line") {
  CHECK(by_named("life_stage") == By::life_stage);
  CHECK(by_named("city") == By::city);
  CHECK(!by_named("origin").has_value());
}

}  // namespace sleutel
