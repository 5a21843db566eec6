#include "output/compare/print_inequality.h"

#include <algorithm>
#include <cmath>

#include "output/compare/table.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

using Rows = std::vector<const InequalityRow*>;

constexpr std::size_t kLevelWidth = 8;  ///< of a column of levels [characters]
constexpr const char* kFifthNames[] = {"lowest", "second", "middle", "fourth", "highest"};

bool same_outcome_and_year(const InequalityRow& one, const InequalityRow& other) {
  return one.row.outcome == other.row.outcome && one.row.year == other.row.year;
}

/// Runs of rows that are alike, in their order.
template <class Alike>
std::vector<Rows> split(const Rows& rows, Alike alike) {
  std::vector<Rows> parts;
  for (const InequalityRow* row : rows) {
    if (parts.empty() || !alike(*parts.back().front(), *row)) parts.emplace_back();
    parts.back().push_back(row);
  }
  return parts;
}

std::string level_line(const std::string& name, std::size_t width, const std::vector<std::string>& cells) {
  std::string line = "  " + name + std::string(width - name.size(), ' ');
  for (const std::string& cell : cells)
    line += std::string(kLevelWidth + 1 - std::min(kLevelWidth, cell.size()), ' ') + cell;
  return line + "\n";
}

std::vector<std::string> level_cells(const std::vector<double>& levels, int decimals) {
  std::vector<std::string> cells;
  for (std::size_t fifth = 0; fifth < std::size(kFifthNames); ++fifth)
    cells.push_back(fifth < levels.size() ? printed(levels[fifth], decimals) : "-");
  return cells;
}

/// The levels of the fifths under each scenario.
std::string levels_text(const Results& results, const std::vector<Rows>& by_scenario, int decimals) {
  if (by_scenario.front().front()->row.group != "income") return "";
  std::size_t width = std::string("income fifth").size();
  for (const Rows& rows : by_scenario) width = std::max(width, rows.front()->row.scenario.size());
  std::string text = level_line("income fifth", width, {std::begin(kFifthNames), std::end(kFifthNames)});
  for (const Rows& rows : by_scenario)
    text += level_line(rows.front()->row.scenario, width, level_cells(rows.front()->fifths, decimals));
  const bool alone = by_scenario.size() == 1 && results.scenarios.size() > 1;
  return text + (alone ? "  No scenario has this year in the file.\n" : "");
}

/// Values of the baseline alone, where nothing is compared with it.
std::string values_text(const Rows& rows) {
  std::size_t width = 0;
  for (const InequalityRow* row : rows) width = std::max(width, row->row.label.size());
  std::string text;
  for (const InequalityRow* row : rows)
    text += level_line(row->row.label, width, {printed(row->row.value, row->row.decimals)});
  return text;
}

/// What becomes of the gap, in plain words.
std::string gap_words(const ComparisonRow& row) {
  const char* way = row.difference.mean < 0 ? "shrinks" : "grows";
  switch (row.verdict) {
    case Verdict::identical:
      return "stays as it is";
    case Verdict::larger:
      return std::string(way) + " by more than what matters";
    case Verdict::real_but_small:
      return std::string(way) + ", but too little to matter";
    case Verdict::no_difference:
      return "does not change by more than what matters";
    case Verdict::uncertain:
      break;
  }
  return "may change or not: too uncertain to say";
}

/// "  grant: the gap between lowest and highest fifth shrinks, but too little to matter (5.3 instead of 6.2)."
std::string gap_sentence(const Rows& rows) {
  for (const InequalityRow* one : rows) {
    const ComparisonRow& row = one->row;
    if (one->measure != "gap" || std::isnan(row.difference.mean)) continue;
    return "  " + row.scenario + ": the gap between lowest and highest fifth " + gap_words(row) + " (" +
           printed(row.value, row.decimals) + " instead of " + printed(row.baseline, row.decimals) + ").\n";
  }
  return "";
}

std::string scenario_text(const Results& results, const Rows& rows) {
  sleutel::Block block{"  " + rows.front()->row.scenario + " against " + results.scenarios.front(), {}, {}};
  for (const InequalityRow* row : rows) {
    block.labels.push_back("  " + row->row.label);
    block.rows.push_back(&row->row);
  }
  return block_text(block);
}

int decimals_of(const Results& results, const std::string& id) {
  for (const OutcomeInfo& outcome : results.outcomes)
    if (outcome.id == id) return outcome.decimals;
  return 1;
}

std::string outcome_text(const Results& results, const Rows& rows) {
  const InequalityRow& first = *rows.front();
  const auto by_scenario = split(rows, [](const InequalityRow& one, const InequalityRow& other) {
    return one.row.scenario == other.row.scenario;
  });
  std::string text = first.outcome_label + ", in " + std::to_string(first.row.year) +
                     (first.row.group == "income" ? "" : ": between districts") + "\n";
  text += levels_text(results, by_scenario, decimals_of(results, first.row.outcome));
  if (by_scenario.size() == 1) text += values_text(by_scenario.front());
  for (std::size_t i = 1; i < by_scenario.size(); ++i) text += gap_sentence(by_scenario[i]);
  for (std::size_t i = 1; i < by_scenario.size(); ++i) text += scenario_text(results, by_scenario[i]);
  return text;
}

std::string next_text(const Results& results, const InequalityOptions& options) {
  const std::string start = "Next: sleutel inequality " + shell_word(results.file);
  return start + (options.by == InequalityBy::district ? " --measure all" : " --by district (or --measure all)") + "\n";
}

}  // namespace

std::string inequality_text(const Results& results, const std::vector<InequalityRow>& rows,
                            const InequalityOptions& options) {
  if (rows.empty()) return "No replicate has this year in the file, or the outcome has none of these measures.\n";
  Rows all;
  for (const InequalityRow& row : rows) all.push_back(&row);
  std::string text;
  for (const Rows& part : split(all, same_outcome_and_year)) text += outcome_text(results, part) + "\n";
  for (const std::string& note : inequality_notes(results, rows, options)) text += note + "\n";
  return text + next_text(results, options);
}

}  // namespace sleutel
