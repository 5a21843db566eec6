#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/cli/bench_cases.h"

namespace sleutel {
namespace {

constexpr int kMostDecimals = 8;

/// So many that the standard error shows two digits that count.
int decimals_for(const CaseFinding& finding) {
  if (!(finding.standard_error > 0)) return 6;
  int decimals = 1;
  for (double error = finding.standard_error; error < 1 && decimals < kMostDecimals; error *= 10) ++decimals;
  return decimals;
}

std::string difference_text(const CaseValue& value, const CaseFinding& finding) {
  if (!std::isfinite(finding.simulated)) return "no value";
  if (value.exact) return finding.agrees ? "exactly" : "not exact";
  if (!std::isfinite(finding.difference)) return "no spread";
  return fmt::format("{}{}", finding.difference < 0 ? "" : "+", fixed_text(finding.difference, 1));
}

std::string value_line(const CaseValue& value, const CaseFinding& finding, std::size_t width) {
  const int decimals = decimals_for(finding);
  const auto number = [&](double x) -> std::string {
    if (!std::isfinite(x)) return "-";  // divided by nothing, or the logarithm of nothing
    return value.exact ? fmt::format("{:.9g}", x) : fixed_text(x, decimals);
  };
  const std::string error = value.exact ? "-" : number(finding.standard_error);
  return fmt::format("  {:{}}  {:>13}  {:>13}  {:>11}  {:>10}{}\n", value.says, width, number(value.expected),
                     number(finding.simulated), error, difference_text(value, finding),
                     finding.agrees ? "" : "  DIFFERS");
}

double speed_of(const CaseRun& run) {
  return run.seconds > 0 ? static_cast<double>(run.resident_months) / run.seconds : 0;
}

nlohmann::ordered_json finite_or_null(double number) {
  return std::isfinite(number) ? nlohmann::ordered_json(number) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json value_json(const CaseValue& value, const CaseFinding& finding) {
  return {{"value", value.name},
          {"says", value.says},
          {"unit", value.unit},
          {"expected", value.expected},
          {"simulated", finite_or_null(finding.simulated)},
          {"standard_error", finite_or_null(finding.standard_error)},
          {"difference_in_standard_errors", finite_or_null(finding.difference)},
          {"limit", value.exact ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(finding.limit)},
          {"exact", value.exact},
          {"agrees", finding.agrees}};
}

nlohmann::ordered_json case_json(const CaseRun& run) {
  nlohmann::ordered_json all = {{"case", run.known.name},
                                {"title", run.known.title},
                                {"study", run.known.study.file},
                                {"scenarios", run.known.study.scenarios.size()},
                                {"replicates", run.known.study.replicates},
                                {"years", run.known.study.years},
                                {"residents", run.residents},
                                {"resident_months", run.resident_months},
                                {"seconds", run.seconds},
                                {"resident_months_per_second", speed_of(run)},
                                {"false_alarm", run.known.false_alarm},
                                {"agrees", run.agrees()},
                                {"values", nlohmann::ordered_json::array()}};
  for (std::size_t i = 0; i < run.findings.size(); ++i)
    all["values"].push_back(value_json(run.known.values[i], run.findings[i]));
  return all;
}

/// The page beside the case that says where its values come from; empty if it has none.
std::string page_of(const BenchmarkCase& known) {
  std::error_code ignored;
  const std::filesystem::path page = std::filesystem::path(known.file).parent_path() / "README.md";
  return std::filesystem::is_regular_file(page, ignored) ? page.string() : std::string();
}

/// The first that differs, else the first.
const CaseRun& run_to_look_at(const std::vector<CaseRun>& runs) {
  const auto differs = std::find_if(runs.begin(), runs.end(), [](const CaseRun& run) { return !run.agrees(); });
  return differs == runs.end() ? runs.front() : *differs;
}

double largest_limit(const CaseRun& run) {
  double limit = 0;
  for (const CaseFinding& finding : run.findings) limit = std::max(limit, finding.limit);
  return limit;
}

}  // namespace

std::string case_text(const CaseRun& run) {
  const Study& study = run.known.study;
  std::string text = fmt::format("\n{}: {}\n", run.known.name, run.known.title);
  text += fmt::format("  {}, {} x {} of {}; {:.1f} million resident-months per second\n",
                      with_thousands(run.residents) + " residents", counted(study.scenarios.size(), "scenario"),
                      counted(static_cast<std::size_t>(study.replicates), "replicate"),
                      counted(static_cast<std::size_t>(study.years), "year"), speed_of(run) / 1e6);
  if (const std::string page = page_of(run.known); !page.empty()) text += "  derived in " + page + "\n";
  std::size_t width = 0;
  for (const CaseValue& value : run.known.values) width = std::max(width, value.says.size());
  text += fmt::format("  {:{}}  {:>13}  {:>13}  {:>11}  {:>10}\n", "", width, "expected", "simulated", "std. error",
                      "difference");
  for (std::size_t i = 0; i < run.findings.size(); ++i) text += value_line(run.known.values[i], run.findings[i], width);
  return text;
}

std::string cases_summary(const std::vector<CaseRun>& runs) {
  std::size_t values = 0, differ = 0;
  double false_alarm = 0, limit = 0, months = 0, seconds = 0;
  for (const CaseRun& run : runs) {
    values += run.findings.size();
    for (const CaseFinding& finding : run.findings) differ += finding.agrees ? 0 : 1;
    false_alarm += run.known.false_alarm;
    limit = std::max(limit, largest_limit(run));
    months += static_cast<double>(run.resident_months);
    seconds += run.seconds;
  }
  std::string text = fmt::format(
      "\n{}, {}: {}.\nDifferences are in standard errors. By chance alone a right program differs in at "
      "most {} of 1,000 such tests (limits up to {}).\n",
      counted(runs.size(), "case"), counted(values, "value"),
      differ == 0 ? "all agree" : counted(differ, "value") + (differ == 1 ? " DIFFERS" : " DIFFER"),
      number_text(std::round(1e6 * false_alarm) / 1e3), fixed_text(limit, 1));
  text += fmt::format("{:.0f} million resident-months in {:.1f} s.  Next: sleutel run {}\n", months / 1e6, seconds,
                      shell_word(run_to_look_at(runs).known.study.file));
  return text;
}

std::string cases_json(const std::vector<CaseRun>& runs) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const CaseRun& run : runs) all.push_back(case_json(run));
  return all.dump(2) + "\n";
}

}  // namespace sleutel
