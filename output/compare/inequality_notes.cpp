#include <algorithm>
#include <string_view>

#include "output/compare/notes.h"
#include "output/compare/print_inequality.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr double kChanceAlone = 1 - kConfidence;
constexpr const char* kSignNote =
    "Gaps above 0 and ratios above 1: those with the lowest incomes are worse off. A gap can shrink while a ratio "
    "grows; "
    "both are right.";
constexpr const char* kStandardNote =
    "All fifths are given the same ages (by life stage) and sexes: those of the baseline's first year, in every year "
    "and "
    "scenario; so are the sizes of the fifths. Households and work are not made alike.";
constexpr const char* kStudentsNote = "Students and institutional households are left out, as in CBS income figures.";
constexpr const char* kDistrictNote =
    "Districts are as they are, not standardised: the file holds no ages by district. Each weighs as much as it was "
    "large in the baseline's first year. Chance makes small districts differ too, under all scenarios. Districts are "
    "not "
    "ranked.";

bool shows(const std::vector<InequalityRow>& rows, std::string_view part) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const InequalityRow& row) { return row.measure.find(part) != std::string::npos; });
}

std::string aversion_note(double aversion) {
  return "EDE: the level that would be worth as much if all groups had it; the further from the mean, the more is lost "
         "to inequality. Aversion " +
         number_text(aversion) +
         " is a choice, not a finding: 0 does not mind, the middle answer of a survey in England was 10.95 "
         "(--aversion).";
}

std::string count_note(const std::vector<InequalityRow>& rows) {
  const int count = rows.front().comparisons;
  if (count == 0) return "Nothing is compared here: these are the baseline's own.";
  const std::string made = counted(static_cast<std::size_t>(count), "comparison") + (count == 1 ? " is" : " are");
  return made + " made here. If no scenario made a true difference, about " + fixed_text(count * kChanceAlone, 1) +
         " of them would by chance have an interval without 0; measures of one outcome go together.";
}

/// Of what is assumed, predicted, frozen or not finished, and of the scenarios.
std::vector<std::string> notes_of_all(const Results& results, const std::vector<InequalityRow>& rows) {
  std::vector<ComparisonRow> compared;
  for (const InequalityRow& row : rows)
    if (row.row.scenario != results.scenarios.front()) compared.push_back(row.row);
  if (!compared.empty()) return notes_for(results, compared);
  compared.push_back(rows.front().row);
  compared.back().difference.pairs = 2;  // of the baseline alone no interval is missing
  return notes_for(results, compared);
}

}  // namespace

std::vector<std::string> inequality_notes(const Results& results, const std::vector<InequalityRow>& rows,
                                          const InequalityOptions& options) {
  if (rows.empty()) return {};
  std::vector<std::string> notes;
  if (options.by == InequalityBy::income) {
    notes = {kSignNote, kStandardNote, kStudentsNote};
  } else {
    notes = {kDistrictNote};
  }
  if (shows(rows, "ede_") || shows(rows, "atkinson_")) notes.push_back(aversion_note(options.aversion));
  notes.push_back(count_note(rows));
  const std::vector<std::string> others = notes_of_all(results, rows);
  notes.insert(notes.end(), others.begin(), others.end());
  return notes;
}

}  // namespace sleutel
