#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "output/compare/measures.h"
#include "output/compare/notes.h"
#include "output/compare/print_fields.h"
#include "output/compare/table.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr const char* kErrorNote =
    "Standard errors are those of Sullivan's method for all replicates together: of the deaths and the shares seen, "
    "not "
    "of the model's numbers.";
constexpr const char* kOpenNote =
    "QALYs are those of the residents of the city, an open population; the cohort's years end when somebody moves "
    "away.";
constexpr const char* kDurationNote = "Durations are prevalence / incidence.";

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, width_of(text)), ' ');
}

std::string label_in_block(const MeasureRow& row, MeasuresBy by) {
  return by == MeasuresBy::city ? row.row.label : row.row.group;
}

bool same_measures_block(const MeasureRow& one, const MeasureRow& other, MeasuresBy by) {
  return one.row.scenario == other.row.scenario && (by == MeasuresBy::city || one.row.label == other.row.label);
}

std::string measures_heading(const Results& results, const MeasureRow& row, MeasuresBy by) {
  const std::string& baseline = results.scenarios.front();
  const std::string whom = row.row.scenario == baseline ? baseline : row.row.scenario + " against " + baseline;
  const std::string heading = whom + ", " + row.years;
  return by == MeasuresBy::city ? heading : heading + ": " + row.row.label;
}

/// Levels of the baseline: no difference, but a standard error where the method has one.
std::string level_lines(const std::string& heading, const std::vector<const MeasureRow*>& rows, MeasuresBy by) {
  std::size_t label = width_of(heading), value = 8;
  for (const MeasureRow* row : rows) {
    label = std::max(label, width_of(label_in_block(*row, by)) + 2);
    value = std::max(value, printed(row->row.value, row->row.decimals).size());
  }
  std::string text = padded(heading, label + 2) + std::string(value - 5, ' ') + "value  standard error\n";
  for (const MeasureRow* row : rows) {
    const std::string number = printed(row->row.value, row->row.decimals);
    text += padded("  " + label_in_block(*row, by), label + 2) + std::string(value - number.size(), ' ') + number;
    text += std::isnan(row->value_error) ? "\n" : "  " + printed(row->value_error, row->row.decimals) + "\n";
  }
  return text;
}

std::string block_lines(const Results& results, const std::vector<const MeasureRow*>& rows, MeasuresBy by) {
  const std::string heading = measures_heading(results, *rows.front(), by);
  if (rows.front()->row.scenario == results.scenarios.front()) return level_lines(heading, rows, by);
  Block block{heading, {}, {}};
  for (const MeasureRow* row : rows) {
    block.labels.push_back(label_in_block(*row, by));
    block.rows.push_back(&row->row);
  }
  return block_text(block);
}

/// Which measures of whom could not be computed, by the reason.
std::vector<std::string> missing_lines(const std::vector<MeasureRow>& rows) {
  std::map<std::string, std::vector<std::string>> of_whom;
  for (const MeasureRow& row : rows) {
    if (row.missing.empty()) continue;
    auto& names = of_whom[row.missing];
    const std::string name = row.row.outcome + " of " + row.row.group;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::vector<std::string> lines;
  for (const auto& [why, names] : of_whom)
    lines.push_back("Not computed, as " + why + ": " + listed(names, "and") + ".");
  return lines;
}

bool any(const std::vector<MeasureRow>& rows, const char* part) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const MeasureRow& row) { return row.row.outcome.find(part) != std::string::npos; });
}

/// "How a and b are computed is an assumption."
void add_assumptions(const std::vector<MeasureRow>& rows, std::vector<std::string>& notes) {
  std::vector<std::string> assumed;
  for (const MeasureRow& row : rows)
    if (row.row.is_assumption && std::find(assumed.begin(), assumed.end(), row.row.outcome) == assumed.end())
      assumed.push_back(row.row.outcome);
  if (assumed.empty()) return;
  notes.push_back("How " + listed(assumed, "and") + (assumed.size() == 1 ? " is" : " are") +
                  " computed is an assumption.");
}

/// Those of comparisons, of the scenarios among these rows, and those of measures.
std::vector<std::string> notes_of_measures(const Results& results, const std::vector<MeasureRow>& rows) {
  std::vector<ComparisonRow> compared;
  for (const MeasureRow& row : rows) {
    if (row.row.scenario == results.scenarios.front() || !row.missing.empty()) continue;
    compared.push_back(row.row);
    compared.back().is_assumption = false;  // said of all measures at once
    compared.back().is_frozen = false;
  }
  std::vector<std::string> notes = notes_for(results, compared);
  add_assumptions(rows, notes);
  const bool frozen = std::any_of(rows.begin(), rows.end(), [](const MeasureRow& row) { return row.row.is_frozen; });
  if (frozen) notes.emplace_back(kFrozenNote);
  if (any(rows, "life_expectancy") || any(rows, "years_")) notes.emplace_back(kErrorNote);
  if (any(rows, "qalys_") || any(rows, "cohort_")) notes.emplace_back(kOpenNote);
  if (any(rows, "_duration")) notes.emplace_back(kDurationNote);
  return notes;
}

nlohmann::ordered_json json_or_null(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

}  // namespace

std::string measures_text(const Results& results, const std::vector<MeasureRow>& rows, MeasuresBy by) {
  if (rows.empty()) return "No replicate has all of these years in the file.\n";
  std::string text;
  std::vector<const MeasureRow*> block;
  for (const MeasureRow& row : rows) {
    if (!block.empty() && !same_measures_block(*block.front(), row, by)) {
      text += block_lines(results, block, by) + "\n";
      block.clear();
    }
    block.push_back(&row);
  }
  text += block_lines(results, block, by);
  for (const std::string& line : missing_lines(rows)) text += line + "\n";
  for (const std::string& note : notes_of_measures(results, rows)) text += note + "\n";
  const std::string next = by == MeasuresBy::city ? " --by income (or --by sex)" : " --json";
  return text + "Next: sleutel measures " + shell_word(results.file) + next + "\n";
}

std::string measures_json(const Results& results, const std::vector<MeasureRow>& rows) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const MeasureRow& one : rows) {
    const ComparisonRow& row = one.row;
    all.push_back({{"scenario", row.scenario},
                   {"measure", row.outcome},
                   {"label", row.label},
                   {"unit", row.unit},
                   {"group", row.group},
                   {"years", one.years},
                   {"baseline", json_or_null(row.baseline)},
                   {"baseline_standard_error", json_or_null(one.baseline_error)},
                   {"value", json_or_null(row.value)},
                   {"value_standard_error", json_or_null(one.value_error)},
                   {"difference", json_or_null(row.difference.mean)},
                   {"low", json_or_null(row.difference.low)},
                   {"high", json_or_null(row.difference.high)},
                   {"replicates", row.difference.pairs},
                   {"verdict", row.scenario == results.scenarios.front() ? "" : words(row.verdict)},
                   {"matters", json_or_null(row.matters)},
                   {"missing", one.missing},
                   {"definition", row.definition},
                   {"notes", notes_of_measures(results, {one})}});
  }
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string measures_csv(const Results& results, const std::vector<MeasureRow>& rows) {
  std::string text =
      "scenario,measure,label,unit,group,years,baseline,baseline_standard_error,value,value_standard_error,difference,"
      "low,high,replicates,verdict,matters,missing,definition,notes\n";
  for (const MeasureRow& one : rows) {
    const ComparisonRow& row = one.row;
    const PairedDifference& d = row.difference;
    text += csv_row({csv_field(row.scenario), csv_field(row.outcome), csv_field(row.label), csv_field(row.unit),
                     csv_field(row.group), one.years, csv_field(row.baseline), csv_field(one.baseline_error),
                     csv_field(row.value), csv_field(one.value_error), csv_field(d.mean), csv_field(d.low),
                     csv_field(d.high), std::to_string(d.pairs),
                     row.scenario == results.scenarios.front() ? "" : csv_field(words(row.verdict)),
                     csv_field(row.matters), csv_field(one.missing), csv_field(row.definition),
                     csv_field(joined_notes(notes_of_measures(results, {one})))});
  }
  return text;
}

}  // namespace sleutel
