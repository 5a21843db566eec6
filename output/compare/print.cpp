#include "output/compare/print.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>

#include "output/compare/notes.h"
#include "output/compare/table.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"

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
  return path + " (" + size_text(static_cast<double>(bytes)) + ").";
}

std::string next_command(const Results& results, By by) {
  if (results.scenarios.size() < 2) return "Next: add a scenario to the study; sleutel explain scenarios";
  const std::string start = "Next: sleutel compare " + shell_word(results.file);
  switch (by) {
    case By::city:
      return start + " --by district (or --by life_stage)";
    case By::district:
      return start + " --by income";
    case By::income:
      return start + " --by life_stage";
    default:
      return start + " --json";
  }
}

}  // namespace

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
