#include "output/compare/measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "output/compare/measure_list.h"
#include "output/compare/selection.h"
#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sleutel/recorder.h"

namespace sleutel {
namespace {

constexpr double kNoError = std::numeric_limits<double>::quiet_NaN();
constexpr int kFifthsMeasured = kIncomeGroups - 1;
constexpr int kAnySex = -1;

/// Who is measured; for a gap, the highest fifth behind the lowest.
struct MeasuredGroup {
  Whom whom;
  std::optional<Whom> highest;
};

/// One cell of the table to be made.
struct Asked {
  const Results& results;
  const Measure& measure;
  const MeasuredGroup& group;
  std::vector<int> years;
};

std::vector<int> sexes_of(int sex) { return sex == kAnySex ? std::vector{0, 1} : std::vector{sex}; }

std::string with_sex(const std::string& label, int sex) {
  constexpr std::array<const char*, 2> names = {"male", "female"};
  if (sex == kAnySex) return label;
  return (label.empty() ? "" : label + ", ") + names[static_cast<std::size_t>(sex)];
}

void add_incomes(const Results& results, int sex, std::vector<MeasuredGroup>& groups) {
  for (int income = 0; income < kIncomeGroups; ++income)
    groups.push_back(
        {{with_sex(results.ages.incomes[static_cast<std::size_t>(income)], sex), {income}, sexes_of(sex)}, {}});
  const Whom highest{"", {kFifthsMeasured - 1}, sexes_of(sex)};
  groups.push_back({{with_sex("gap between highest and lowest fifth", sex), {0}, sexes_of(sex)}, highest});
}

std::vector<MeasuredGroup> groups_of(const Results& results, MeasuresBy by) {
  std::vector<int> all(kIncomeGroups);
  for (int i = 0; i < kIncomeGroups; ++i) all[static_cast<std::size_t>(i)] = i;
  std::vector<MeasuredGroup> groups;
  if (by == MeasuresBy::income) add_incomes(results, kAnySex, groups);
  if (by == MeasuresBy::income_sex)
    for (const int sex : {0, 1}) add_incomes(results, sex, groups);
  if (by == MeasuresBy::sex)
    for (const int sex : {0, 1}) groups.push_back({{with_sex("", sex), all, {sex}}, {}});
  if (by == MeasuresBy::city) groups.push_back({{results.city_name, all, {0, 1}}, {}});
  return groups;
}

/// Replicates whose years are all there under both scenarios.
std::vector<int> whole_pairs(const Results& results, int scenario, const std::vector<int>& years) {
  std::vector<int> whole;
  for (int replicate = 0; replicate < results.replicates; ++replicate)
    if (std::all_of(years.begin(), years.end(), [&](int year) {
          return results.has_year(0, replicate, year) && results.has_year(scenario, replicate, year);
        }))
      whole.push_back(replicate);
  return whole;
}

/// Sums of each replicate; of a gap those of the lowest fifth and behind them those of the highest.
std::vector<SumsOfRun> sums_of(const Asked& asked, int scenario, const std::vector<int>& replicates) {
  std::vector<SumsOfRun> all;
  for (const int replicate : replicates) {
    const RunYears run{scenario, replicate, asked.years};
    SumsOfRun sums = asked.measure.sums(run, asked.group.whom);
    if (asked.group.highest) {
      const SumsOfRun behind = asked.measure.sums(run, *asked.group.highest);
      sums.insert(sums.end(), behind.begin(), behind.end());
    }
    all.push_back(std::move(sums));
  }
  return all;
}

/// The measure of these sums; of a gap, how much more the highest fifth has.
Expectancy value_of(const Asked& asked, const SumsOfRun& sums) {
  if (!asked.group.highest) return asked.measure.of(sums);
  const auto middle = sums.begin() + static_cast<std::ptrdiff_t>(sums.size() / 2);
  const Expectancy lowest = asked.measure.of({sums.begin(), middle}), highest = asked.measure.of({middle, sums.end()});
  if (lowest.why_not != NoExpectancy::none) return lowest;
  return {highest.years - lowest.years, std::hypot(lowest.standard_error, highest.standard_error), highest.why_not,
          highest.band};
}

std::string band_text(int band) {
  const std::string from = std::to_string(life_table_band_from(band));
  if (band + 1 == kLifeTableBands) return from + " and over";
  return from + " to " + std::to_string(life_table_band_from(band + 1) - 1);
}

std::string why_not_text(const Expectancy& value) {
  if (value.why_not == NoExpectancy::none) return "";
  if (value.band < 0) return "nobody is in the group, or nothing began";
  if (value.why_not == NoExpectancy::no_deaths)
    return "nobody of " + band_text(value.band) + " died, so the last band has no end";
  return "nobody of " + band_text(value.band) + " was seen";
}

MeasureRow measured(const Asked& asked, int scenario, const std::vector<int>& replicates) {
  const auto baseline = sums_of(asked, 0, replicates), other = sums_of(asked, scenario, replicates);
  const SumsOfRun all = added_up(baseline);
  const Expectancy before = value_of(asked, all), after = value_of(asked, added_up(other));
  const Measure& measure = asked.measure;
  MeasureRow made;
  ComparisonRow& row = made.row;
  row.scenario = asked.results.scenarios[static_cast<std::size_t>(scenario)];
  row.outcome = measure.id + (asked.group.highest ? kGapEnding : "");
  row.label = measure.label + ", " + measure.unit;
  row.unit = measure.unit;
  row.group = asked.group.whom.label;
  row.year = asked.results.start_year + asked.years.front();
  row.baseline = before.years;
  row.value = after.years;
  row.decimals = measure.decimals;
  row.is_gap = asked.group.highest.has_value();
  row.is_frozen = asked.group.whom.incomes.size() == 1;
  row.is_assumption = measure.is_assumption;
  row.definition = measure.definition;
  row.matters = measure.matters_of(all);
  row.difference = {kNoError, kNoError, kNoError, static_cast<int>(replicates.size()), false};
  if (scenario > 0) {
    row.difference =
        pooled_difference(baseline, other, [&](const SumsOfRun& sums) { return value_of(asked, sums).years; });
    row.verdict = verdict(row.difference, row.matters);
  }
  made.years = std::to_string(row.year);
  if (asked.years.size() > 1) made.years += "-" + std::to_string(asked.results.start_year + asked.years.back());
  made.baseline_error = measure.is_expectancy ? before.standard_error : kNoError;
  made.value_error = measure.is_expectancy ? after.standard_error : kNoError;
  made.missing = why_not_text(before).empty() ? why_not_text(after) : why_not_text(before);
  return made;
}

/// Places in the study of the years asked for, in order; all if none are.
std::vector<int> years_asked(const Results& results, const MeasuresOptions& options) {
  std::vector<int> years;
  for (int year = 0; year < results.years; ++year)
    if (options.years.empty() ||
        std::find(options.years.begin(), options.years.end(), results.start_year + year) != options.years.end())
      years.push_back(year);
  return years;
}

bool is_asked_for(const MeasuresOptions& options, const std::string& id) {
  return options.measures.empty() ||
         std::find(options.measures.begin(), options.measures.end(), id) != options.measures.end();
}

void refuse_unknown(const Results& results, const std::vector<Measure>& known, const MeasuresOptions& options) {
  std::vector<std::string> ids;
  for (const Measure& one : known) ids.push_back(one.id);
  std::vector<Problem> problems;
  for (const std::string& id : options.measures) {
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
    const std::string near = did_you_mean(id, ids);
    problems.push_back({results.file, 0, 0, "--measure", "unknown measure " + in_quotes(id),
                        near.empty() ? "the file has " + listed(ids, "and") : near});
  }
  if (!problems.empty()) throw InputError(problems, ExitCode::usage);
}

}  // namespace

std::optional<MeasuresBy> measures_by_named(std::string_view word) {
  constexpr std::array<std::string_view, 4> names = {"city", "sex", "income", "income_sex"};
  const auto found = std::find(names.begin(), names.end(), word);
  if (found == names.end()) return std::nullopt;
  return static_cast<MeasuresBy>(found - names.begin());
}

std::vector<MeasureRow> measure(const Results& results, const MeasuresOptions& options) {
  const Selection selected = select(results, {By::city, {}, options.years, options.scenarios});
  const std::vector<Measure> known = measures_of(results);
  refuse_unknown(results, known, options);
  const std::vector<int> years = years_asked(results, options);
  std::vector<int> scenarios = {0};
  scenarios.insert(scenarios.end(), selected.scenarios.begin(), selected.scenarios.end());
  std::vector<MeasureRow> rows;
  for (const int scenario : scenarios) {
    const auto replicates = whole_pairs(results, scenario, years);
    if (replicates.empty()) continue;
    for (const Measure& one : known)
      for (const MeasuredGroup& group : groups_of(results, options.by))
        if (is_asked_for(options, one.id) && (one.is_expectancy || !group.highest))
          rows.push_back(measured({results, one, group, years}, scenario, replicates));
  }
  return rows;
}

}  // namespace sleutel
