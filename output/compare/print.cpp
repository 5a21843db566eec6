#include "output/compare/print.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <set>

#include "output/compare/table.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

/// "early-debt-help against baseline, in 2033"
std::string heading_of(const Results& results, const ComparisonRow& row) {
  return row.scenario + " against " + results.scenarios.front() + ", in " + std::to_string(row.year);
}

/// Rows of one block stand together: the same scenario and year, with groups also the same outcome.
bool same_block(const ComparisonRow& one, const ComparisonRow& other, By by) {
  return one.scenario == other.scenario && one.year == other.year && (by == By::city || one.outcome == other.outcome);
}

/// "young adult" for young_adult.
std::string group_label(std::string group) {
  std::replace(group.begin(), group.end(), '_', ' ');
  return group;
}

/// Without the groups in which nobody is of the outcome's population (smoking of children), unless no other is left.
std::vector<ComparisonRow> with_people(const std::vector<ComparisonRow>& rows) {
  std::vector<ComparisonRow> left;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(left),
               [](const ComparisonRow& row) { return !std::isnan(row.baseline) || !std::isnan(row.value); });
  return left.empty() ? rows : left;
}

std::vector<Block> blocks_of(const Results& results, const std::vector<ComparisonRow>& rows, By by) {
  std::vector<Block> blocks;
  const ComparisonRow* before = nullptr;
  for (const auto& row : rows) {
    if (before == nullptr || !same_block(*before, row, by)) {
      const std::string heading = heading_of(results, row);
      blocks.push_back({by == By::city ? heading : heading + ": " + row.label, {}, {}});
    }
    blocks.back().labels.push_back(by == By::city ? row.label : group_label(row.group));
    blocks.back().rows.push_back(&row);
    before = &row;
  }
  return blocks;
}

/// "results/first-look.h5 (3.1 MB)."
std::string file_text(const std::string& path) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  if (error) return path + ".";
  const double size = static_cast<double>(bytes);
  return path + " (" + (size < 1e5 ? fixed_text(size / 1e3, 1) + " kB" : fixed_text(size / 1e6, 1) + " MB") + ").";
}

std::string next_command(const Results& results, By by) {
  const std::string start = "Next: sleutel compare " + results.file;
  switch (by) {
    case By::city:
      return start + " --by district";
    case By::district:
      return start + " --by income";
    case By::income:
      return start + " --by life_stage";
    default:
      return start + " --json";
  }
}

bool unfinished(const Results& results) {
  return std::find(results.complete.begin(), results.complete.end(), 0) != results.complete.end();
}

}  // namespace

std::string finished_years_text(const Results& results) {
  const auto per_scenario = static_cast<std::ptrdiff_t>(results.replicates) * results.years;
  const auto finished = std::count(results.complete.begin(), results.complete.end(), 1);
  std::string text =
      std::to_string(finished) + " of " + std::to_string(results.complete.size()) + " years of runs are in the file (";
  for (std::size_t i = 0; i < results.scenarios.size(); ++i) {
    const auto first = results.complete.begin() + static_cast<std::ptrdiff_t>(i) * per_scenario;
    text +=
        (i == 0 ? "" : ", ") + results.scenarios[i] + " " + std::to_string(std::count(first, first + per_scenario, 1));
  }
  return text + ").";
}

std::vector<std::string> notes_for(const Results& results, const std::vector<ComparisonRow>& rows) {
  std::vector<std::string> notes = results.notes;
  std::set<std::string> assumed;
  bool no_interval = false, prediction = false;
  for (const auto& row : rows) {
    const bool news = row.is_assumption && assumed.insert(row.outcome).second;
    if (news) notes.push_back("How " + row.outcome + " is computed is an assumption.");
    no_interval = no_interval || !row.difference.has_interval();
    prediction = prediction || row.is_prediction;
  }
  if (prediction) notes.push_back(kPredictionNote);
  if (no_interval) notes.push_back("An interval needs at least two replicates with people in the group.");
  if (unfinished(results)) notes.push_back(finished_years_text(results));
  return notes;
}

std::string comparison_text(const Results& results, const std::vector<ComparisonRow>& all, By by) {
  const std::vector<ComparisonRow> rows = with_people(all);
  std::string text;
  for (const auto& block : blocks_of(results, rows, by)) text += block_text(block) + "\n";
  if (!text.empty()) text.pop_back();
  if (rows.empty())
    text = results.scenarios.size() < 2 ? "There is only a baseline: nothing to compare.\n"
                                        : "No year is in the file under both a scenario and the baseline.\n";
  const auto notes = notes_for(results, rows);
  for (std::size_t i = 0; i < notes.size(); ++i) text += notes[i] + (i + 1 < notes.size() ? "\n" : "  ");
  return text + file_text(results.file) + "  " + next_command(results, by) + "\n";
}

}  // namespace sleutel
