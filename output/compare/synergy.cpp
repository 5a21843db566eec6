#include "output/compare/synergy.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "output/compare/gaps.h"
#include "output/compare/replicates.h"
#include "output/compare/selection.h"
#include "sim/base/text.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

constexpr double kRounding = 1e-9;  ///< of sums of differences, in the printed unit

struct Positions {
  int package = 0;
  std::vector<int> parts;
};

int position(const Results& results, const std::string& name) {
  const auto at = std::find(results.scenarios.begin(), results.scenarios.end(), name);
  return at == results.scenarios.end() ? -1 : static_cast<int>(at - results.scenarios.begin());
}

Problem wrong(const Results& results, const std::string& what, const std::string& suggestion) {
  return {results.file, 0, 0, "--synergy", what, suggestion};
}

Positions found(const Results& results, const Package& package, std::vector<Problem>& problems) {
  Positions at;
  std::vector<std::string> all = package.parts;
  all.push_back(package.scenario);
  for (const std::string& name : all) {
    const int scenario = position(results, name);
    if (scenario > 0) continue;
    const std::string nearest = did_you_mean(name, {results.scenarios.begin() + 1, results.scenarios.end()});
    if (scenario == 0)
      problems.push_back(wrong(results, in_quotes(name) + " is the baseline", "name scenarios that change something"));
    else
      problems.push_back(wrong(results, "unknown scenario " + in_quotes(name),
                               nearest.empty() ? "add it to the study and run that again" : nearest));
  }
  if (package.parts.size() < 2)
    problems.push_back(wrong(results, in_quotes(package.scenario) + " has one part: a sum needs two or more",
                             "for example --synergy together=debt+mood"));
  if (std::find(package.parts.begin(), package.parts.end(), package.scenario) != package.parts.end())
    problems.push_back(wrong(results, in_quotes(package.scenario) + " cannot be its own part", ""));
  at.package = position(results, package.scenario);
  for (const std::string& part : package.parts) at.parts.push_back(position(results, part));
  return at;
}

/// What one outcome is under the baseline and a scenario, by replicate.
struct Values {
  std::vector<double> baseline, scenario;
};

Values values(const Results& results, int outcome, bool gap, int scenario, int year,
              const std::vector<int>& replicates) {
  if (gap) {
    auto gaps = gaps_by_replicate(results, outcome, scenario, year, replicates);
    for (auto* side : {&gaps.baseline, &gaps.scenario})
      for (double& value : *side) value *= results.outcomes[static_cast<std::size_t>(outcome)].scale;
    return {gaps.baseline, gaps.scenario};
  }
  const auto by = static_cast<std::size_t>(results.stratification("district"));
  const std::size_t city = results.stratifications[by].labels.size() - 1;
  const Place place{scenario, year, outcome, by, city};
  return {values_of(results, place, 0, replicates), values_of(results, place, scenario, replicates)};
}

std::vector<double> differences(const Values& values) {
  std::vector<double> all;
  for (std::size_t i = 0; i < values.baseline.size(); ++i) all.push_back(values.scenario[i] - values.baseline[i]);
  return all;
}

/// Against nothing: the mean of these numbers and its interval.
PairedDifference mean_of(const std::vector<double>& numbers) {
  return paired_difference(std::vector<double>(numbers.size(), 0.0), numbers);
}

bool holds_zero(const PairedDifference& difference) {
  return !difference.has_interval() || (difference.low <= 0 && difference.high >= 0);
}

SynergyRow row_of(const Results& results, const Package& package, const Positions& at, int outcome, bool gap, int year,
                  const std::vector<int>& replicates) {
  const OutcomeInfo& info = results.outcomes[static_cast<std::size_t>(outcome)];
  SynergyRow row;
  row.package = package;
  row.outcome = info.id + (gap ? kGapEnding : "");
  row.label = gap ? gap_label(info) : level_label(info);
  row.unit = gap ? gap_unit(info) : info.unit;
  row.year = results.start_year + year;
  row.matters = info.matters;
  row.decimals = info.decimals;
  const auto together = differences(values(results, outcome, gap, at.package, year, replicates));
  std::vector<double> sum(together.size(), 0), more = together;
  for (const int part : at.parts) {
    const auto alone = differences(values(results, outcome, gap, part, year, replicates));
    row.parts.push_back(mean_of(alone));
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += alone[i];
  }
  for (std::size_t i = 0; i < more.size(); ++i) {
    more[i] -= sum[i];
    if (std::abs(more[i]) < kRounding) more[i] = 0;
  }
  row.together = mean_of(together);
  row.sum = mean_of(sum);
  row.more = mean_of(more);
  row.ratio = holds_zero(row.sum) ? std::numeric_limits<double>::quiet_NaN() : row.together.mean / row.sum.mean;
  row.verdict = verdict(row.more, row.matters);
  return row;
}

}  // namespace

Package package_of(const std::string& words) {
  Package package;
  const std::size_t equals = words.find('=');
  package.scenario = words.substr(0, equals);
  for (std::size_t from = equals; from != std::string::npos && from < words.size();) {
    const std::size_t end = words.find('+', from + 1);
    package.parts.push_back(words.substr(from + 1, end == std::string::npos ? end : end - from - 1));
    from = end;
  }
  const bool empty = package.scenario.empty() || package.parts.empty() ||
                     std::any_of(package.parts.begin(), package.parts.end(), [](const auto& p) { return p.empty(); });
  if (empty)
    throw InputError({Problem{"", 0, 0, "--synergy", "expected package=part+part, found " + in_quotes(words),
                              "for example --synergy together=debt+mood"}},
                     ExitCode::usage);
  return package;
}

std::vector<SynergyRow> synergy(const Results& results, const SynergyOptions& options) {
  const Selection selected = select(results, {By::city, options.outcomes, options.years, {}});
  std::vector<Problem> problems;
  std::vector<Positions> all;
  for (const Package& package : options.packages) all.push_back(found(results, package, problems));
  if (!problems.empty()) throw InputError(problems, ExitCode::usage);
  std::vector<SynergyRow> rows;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const int year : selected.years) {
      std::vector<int> scenarios = all[i].parts;
      scenarios.insert(scenarios.end(), {0, all[i].package});
      const auto replicates = complete_replicates(results, scenarios, year);
      for (int outcome = 0; outcome < static_cast<int>(results.outcomes.size()) && !replicates.empty(); ++outcome) {
        const auto& wanted = selected.outcomes[static_cast<std::size_t>(outcome)];
        if (wanted.level)
          rows.push_back(row_of(results, options.packages[i], all[i], outcome, false, year, replicates));
        if (wanted.gap) rows.push_back(row_of(results, options.packages[i], all[i], outcome, true, year, replicates));
      }
    }
  return rows;
}

}  // namespace sleutel
