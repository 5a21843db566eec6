#include "output/compare/print_summary.h"

#include <algorithm>

#include "output/compare/print.h"
#include "output/compare/selection.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr std::size_t kMostHeadlines = 8;

/// "Leiden, 130,108 residents, 2024-2033, 3 scenarios x 10 replicates: 468 million resident-months in 17.3 s"
std::string what_was_run(const Results& results, const RunCost& cost) {
  std::string text = results.city_name + ", " + with_thousands(results.residents) + " residents, " +
                     std::to_string(results.start_year);
  if (results.years > 1) text += "-" + std::to_string(results.start_year + results.years - 1);
  text += ", " + counted(results.scenarios.size(), "scenario") + " x " +
          counted(static_cast<std::size_t>(results.replicates), "replicate");
  if (cost.seconds <= 0) return text;
  return text + ": " + many_text(cost.resident_months) + " resident-months in " + fixed_text(cost.seconds, 1) + " s";
}

}  // namespace

std::string many_text(std::int64_t count) {
  if (count < 1'000'000) return with_thousands(count);
  return with_thousands(static_cast<double>(count) / 1e6, count < 10'000'000 ? 1 : 0) + " million";
}

std::vector<std::string> headline_outcomes(const Results& results) {
  const std::vector<std::string> wanted = {"problem_debt",      "depression", "severe_loneliness",
                                           "life_satisfaction", "vitality",   "good_health",
                                           "good_health_gap",   "eq5d",       "deaths"};
  std::vector<std::string> found;
  for (const auto& id : wanted)
    for (const auto& outcome : results.outcomes)
      if (id == outcome.id || (outcome.also_gap && id == outcome.id + kGapEnding)) found.push_back(id);
  if (!found.empty()) return found;
  for (const auto& outcome : results.outcomes)
    if (found.size() < kMostHeadlines) found.push_back(outcome.id);
  return found;
}

std::string summary_text(const Results& results, const RunCost& cost) {
  CompareOptions options;
  options.outcomes = headline_outcomes(results);
  return results.study + ": " + results.question + "\n" + what_was_run(results, cost) + "\n\n" +
         comparison_text(results, compare(results, options), By::city);
}

}  // namespace sleutel
