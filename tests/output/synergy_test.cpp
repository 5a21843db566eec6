// A package against the sum of its parts: numbers planted by hand, and what cannot be asked.
#include "output/compare/synergy.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sleutel/error.h"

namespace sleutel {
namespace {

/// One outcome of one city in one year, in three futures: the baseline is 70, 71, 72; `changes` is what each scenario
/// adds in each future.
Results planted(const std::vector<std::pair<std::string, std::vector<double>>>& changes) {
  Results results;
  results.file = "nowhere/parts.h5";
  results.study = "parts";
  results.question = "Is the whole more than the sum?";
  results.start_year = 2033;
  results.years = 1;
  results.replicates = 3;
  results.scenarios = {"baseline"};
  results.stratifications = {{"district", {"Leiden"}}};
  OutcomeInfo info;
  info.id = "depression";
  info.label_en = "depression";
  info.population = "adults";
  info.unit = "per 1,000";
  info.scale = 1000;
  info.matters = 2;
  results.outcomes = {info};
  Series series;
  const auto add = [&](double change, int replicate) {
    series.denominator.push_back(12000);
    series.numerator.push_back((70 + replicate + change) / 1000 * 12000);
  };
  for (int replicate = 0; replicate < 3; ++replicate) add(0, replicate);
  for (const auto& [name, by_replicate] : changes) {
    results.scenarios.push_back(name);
    for (int replicate = 0; replicate < 3; ++replicate)
      add(by_replicate[static_cast<std::size_t>(replicate)], replicate);
  }
  results.series = {{series}};
  results.notes.resize(results.scenarios.size());
  results.complete.assign(results.scenarios.size() * 3, 1);
  return results;
}

Results loop() { return planted({{"debt", {-3, -4, -5}}, {"mood", {-1, -1, -1}}, {"both", {-9, -10, -11}}}); }

std::vector<Problem> problems_of(const Results& results, const std::string& words) {
  try {
    synergy(results, {{package_of(words)}, {}, {}});
  } catch (const InputError& error) {
    CHECK(error.code == ExitCode::usage);
    return error.problems;
  }
  return {};
}

}  // namespace

TEST_CASE("a package is compared with the sum of its parts, future by future") {
  const auto rows = synergy(loop(), {{package_of("both=debt+mood")}, {}, {}});
  REQUIRE(rows.size() == 1);
  const SynergyRow& row = rows.front();
  CHECK(row.year == 2033);
  CHECK(row.together.mean == Approx(-10));
  CHECK(row.sum.mean == Approx(-5));
  REQUIRE(row.parts.size() == 2);
  CHECK(row.parts[0].mean == Approx(-4));
  CHECK(row.parts[1].mean == Approx(-1));
  // More by -5, -5 and -5: the futures differ, the surplus does not.
  CHECK(row.more.mean == Approx(-5));
  CHECK(row.more.low == Approx(-5));
  CHECK(row.more.high == Approx(-5));
  CHECK(row.ratio == Approx(2));
  CHECK(row.verdict == Verdict::larger);
}

TEST_CASE("the interval of the surplus is that of Student's t over its futures") {
  const auto rows = synergy(planted({{"a", {-1, -1, -1}}, {"b", {-1, -1, -1}}, {"ab", {-2, -3, -4}}}),
                            {{package_of("ab=a+b")}, {}, {}});
  // 0, -1, -2: mean -1, standard error 1/sqrt(3), t of two degrees of freedom 4.302653.
  const double half = 4.302653 / std::sqrt(3.0);
  CHECK(rows.front().more.mean == Approx(-1));
  CHECK(rows.front().more.low == Approx(-1 - half));
  CHECK(rows.front().more.high == Approx(-1 + half));
  CHECK(rows.front().verdict == Verdict::uncertain);
}

TEST_CASE("parts that add up leave nothing, and there is no ratio to a sum that may be zero") {
  const auto adds =
      synergy(planted({{"a", {1, 2, 3}}, {"b", {-4, -5, -6}}, {"ab", {-3, -3, -3}}}), {{package_of("ab=a+b")}, {}, {}});
  CHECK(adds.front().more.identical);
  CHECK(adds.front().verdict == Verdict::identical);
  const auto zero =
      synergy(planted({{"a", {1, 2, 3}}, {"b", {-3, -2, -1}}, {"ab", {1, 1, 1}}}), {{package_of("ab=a+b")}, {}, {}});
  CHECK(std::isnan(zero.front().ratio));
}

TEST_CASE("only futures that are there under all of them count") {
  Results results = loop();
  results.complete[4] = 0;  // debt, the second future
  const auto rows = synergy(results, {{package_of("both=debt+mood")}, {}, {}});
  CHECK(rows.front().more.pairs == 2);
  CHECK(rows.front().parts[0].mean == Approx(-4));  // of -3 and -5
}

TEST_CASE("what cannot be asked of a package is told") {
  CHECK(problems_of(loop(), "both=debt+mod").front().what == "unknown scenario \"mod\"");
  CHECK(problems_of(loop(), "both=debt+mod").front().suggestion == "did you mean \"mood\"?");
  CHECK(problems_of(loop(), "both=debt").front().what == "\"both\" has one part: a sum needs two or more");
  CHECK(problems_of(loop(), "both=debt+both").front().what == "\"both\" cannot be its own part");
  CHECK(problems_of(loop(), "both=debt+baseline").front().what == "\"baseline\" is the baseline");
  for (const char* words : {"both", "both=", "=debt+mood", "both=debt+"})
    CHECK(problems_of(loop(), words).front().what ==
          std::string("expected package=part+part, found \"") + words + "\"");
}

TEST_CASE("a package as text, JSON and CSV") {
  const Results results = loop();
  const auto rows = synergy(results, {{package_of("both=debt+mood")}, {}, {}});
  CHECK(synergy_text(results, rows, {"A note."}) ==
        "parts: Is the whole more than the sum?\n\n"
        "both against debt + mood, in 2033  together  sum of parts  more than the sum (95%, chance only)  of the sum\n"
        "  depression, adults, per 1,000      -10.00         -5.00  -5.00  (-5.00 to -5.00)                     200%  "
        "larger than what matters\n"
        "Differences from the baseline. More than the sum: the package less its parts, future by future.\nA note.\n");
  const auto json = nlohmann::json::parse(synergy_json(rows, {"A note."}));
  CHECK(json[0]["package"] == "both");
  CHECK(json[0]["parts"][0]["scenario"] == "debt");
  CHECK(json[0]["more_than_the_sum"]["mean"].get<double>() == Approx(-5));
  CHECK(json[0]["replicates"] == 3);
  const std::string csv = synergy_csv(rows, {"A note."});
  CHECK(csv.find("\nboth,debt + mood,depression,\"depression, adults, per 1,000\",\"per 1,000\",2033,") !=
        std::string::npos);
}

}  // namespace sleutel
