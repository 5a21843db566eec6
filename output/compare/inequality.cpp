#include "output/compare/inequality.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "output/compare/inequality_list.h"
#include "output/compare/inequality_societies.h"
#include "output/compare/selection.h"
#include "sim/base/math.h"
#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kAllMeasures = "all";

/// One scenario in one year, with its outcome.
struct Part {
  const Results& results;
  const InequalityOptions& options;
  int outcome = 0, scenario = 0, year = 0;
  std::vector<SocietyPair> pairs;
};

const OutcomeInfo& outcome_of(const Part& block) {
  return block.results.outcomes[static_cast<std::size_t>(block.outcome)];
}

std::vector<int> pairs_there(const Results& results, int scenario, int year) {
  std::vector<int> replicates;
  for (int replicate = 0; replicate < results.replicates; ++replicate)
    if (results.has_year(0, replicate, year) && results.has_year(scenario, replicate, year))
      replicates.push_back(replicate);
  return replicates;
}

double value_of(const InequalityMeasure& measure, const Society& society) {
  return society.empty() ? kNoNumber : measure.of(society) * measure.factor;
}

double mean_where_both(const std::vector<double>& values, const std::vector<double>& others) {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i]) || std::isnan(others[i])) continue;
    sum += values[i];
    count += 1;
  }
  return count > 0 ? sum / count : kNoNumber;
}

/// Three digits are enough.
double rounded(double value) {
  if (!(value > 0)) return 0;
  double scale = 1;
  while (value * scale < 100) scale *= 10;
  while (value * scale >= 1000 && scale > 1) scale /= 10;
  return std::round(value * scale) / scale;
}

std::vector<double> printed_levels(const Society& society, double scale) {
  std::vector<double> levels;
  for (const RankedGroup& group : society) levels.push_back(group.level * scale);
  return levels;
}

std::string label_of_outcome(const OutcomeInfo& outcome) {
  const bool limits = outcome.unit.starts_with("(");
  return outcome.label_en + ", " + outcome.population + (limits ? " " : ", ") + outcome.unit;
}

/// What does not depend on the measure.
InequalityRow begun(const Part& block) {
  const OutcomeInfo& outcome = outcome_of(block);
  const bool income = block.options.by == InequalityBy::income;
  InequalityRow made;
  made.row.scenario = block.results.scenarios[static_cast<std::size_t>(block.scenario)];
  made.row.outcome = outcome.id;
  made.row.unit = outcome.unit;
  made.row.group = income ? "income" : "district";
  made.row.year = block.results.start_year + block.year;
  made.row.is_assumption = outcome.is_assumption;
  made.row.is_prediction = !income;
  made.row.is_frozen = income;
  made.outcome_label = label_of_outcome(outcome);
  if (!income) return made;
  made.fifths_of_baseline = printed_levels(mean_society(block.pairs, true), outcome.scale);
  made.fifths = printed_levels(mean_society(block.pairs, false), outcome.scale);
  return made;
}

InequalityRow measured_row(const Part& block, const InequalityMeasure& measure) {
  std::vector<double> baseline, scenario;
  for (const SocietyPair& pair : block.pairs) {
    baseline.push_back(value_of(measure, pair.baseline));
    scenario.push_back(value_of(measure, pair.scenario));
  }
  InequalityRow made = begun(block);
  ComparisonRow& row = made.row;
  made.measure = measure.id;
  row.label = measure.label;
  row.decimals = measure.decimals;
  row.definition = measure.definition + " " + outcome_of(block).definition;
  row.baseline = mean_where_both(baseline, scenario);
  row.value = mean_where_both(scenario, baseline);
  const Society usual = mean_society(block.pairs, true);
  row.matters = usual.empty() ? 0 : rounded(measure.matters_from(usual));
  row.difference = paired_difference(baseline, scenario);
  row.verdict = verdict(row.difference, row.matters);
  if (block.scenario == 0) row.difference = {kNoNumber, kNoNumber, kNoNumber, row.difference.pairs, false};
  return made;
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_wanted(const InequalityMeasure& measure, const InequalityOptions& options) {
  if (options.measures.empty()) return measure.shown_first;
  return has(options.measures, measure.id) || has(options.measures, kAllMeasures);
}

/// Ids that any outcome of the file has.
std::vector<std::string> known_measures(const Results& results, const InequalityOptions& options) {
  std::vector<std::string> ids;
  for (const OutcomeInfo& outcome : results.outcomes)
    for (const InequalityMeasure& measure : inequality_measures(outcome, options))
      if (!has(ids, measure.id)) ids.push_back(measure.id);
  return ids;
}

void refuse_measures(const Results& results, const InequalityOptions& options) {
  std::vector<std::string> known = known_measures(results, options);
  known.emplace_back(kAllMeasures);
  std::vector<Problem> problems;
  for (const std::string& id : options.measures) {
    if (has(known, id)) continue;
    const std::string near = did_you_mean(id, known);
    problems.push_back({results.file, 0, 0, "--measure", "unknown measure " + in_quotes(id),
                        near.empty() ? "there are " + listed(known, "and") : near});
  }
  if (!problems.empty()) throw InputError(problems, ExitCode::usage);
}

void refuse_education(const Results& results, const InequalityOptions& options) {
  if (options.by != InequalityBy::education) return;
  throw InputError({{results.file, 0, 0, "--by",
                     "results files hold no sums by education, so nothing can be computed between its levels",
                     "--by income or --by district can be"}},
                   ExitCode::usage);
}

/// Outcomes to be shown: those asked for; else those that the model gives a gap, or all if it gives none one.
std::vector<int> outcomes_wanted(const Results& results, const InequalityOptions& options, const Selection& selected) {
  std::vector<int> with_gap, all;
  for (std::size_t i = 0; i < results.outcomes.size(); ++i) {
    const auto& wanted = selected.outcomes[i];
    if (wanted.level || wanted.gap) all.push_back(static_cast<int>(i));
    if (results.outcomes[i].also_gap) with_gap.push_back(static_cast<int>(i));
  }
  return options.outcomes.empty() && !with_gap.empty() ? with_gap : all;
}

void add_rows(Part block, std::vector<InequalityRow>& rows) {
  const PairsAsked asked{block.outcome, block.scenario, block.year,
                         pairs_there(block.results, block.scenario, block.year)};
  if (asked.replicates.empty()) return;
  const bool income = block.options.by == InequalityBy::income;
  block.pairs = income ? societies_by_income(block.results, asked) : societies_by_district(block.results, asked);
  for (const InequalityMeasure& measure : inequality_measures(outcome_of(block), block.options))
    if (is_wanted(measure, block.options)) rows.push_back(measured_row(block, measure));
}

}  // namespace

std::optional<InequalityBy> inequality_by_named(std::string_view word) {
  constexpr std::array<std::string_view, 3> names = {"income", "district", "education"};
  const auto found = std::find(names.begin(), names.end(), word);
  if (found == names.end()) return std::nullopt;
  return static_cast<InequalityBy>(found - names.begin());
}

std::vector<InequalityRow> inequality(const Results& results, const InequalityOptions& options) {
  refuse_education(results, options);
  refuse_measures(results, options);
  const Selection selected = select(results, {By::city, options.outcomes, options.years, options.scenarios});
  std::vector<int> scenarios = {0};
  scenarios.insert(scenarios.end(), selected.scenarios.begin(), selected.scenarios.end());
  std::vector<InequalityRow> rows;
  for (const int outcome : outcomes_wanted(results, options, selected))
    for (const int year : selected.years)
      for (const int scenario : scenarios) add_rows({results, options, outcome, scenario, year, {}}, rows);
  const auto compared = std::count_if(rows.begin(), rows.end(), [&](const InequalityRow& row) {
    return row.row.scenario != results.scenarios.front();
  });
  for (InequalityRow& row : rows) row.comparisons = static_cast<int>(compared);
  return rows;
}

}  // namespace sleutel
