#include "output/compare/notes.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "output/compare/finished_years.h"
#include "output/compare/selection.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

bool holds(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// Positions of the scenarios that the rows compare with the baseline, in the order of the file.
std::vector<std::size_t> shown(const Results& results, const std::vector<ComparisonRow>& rows) {
  std::set<std::string> names;
  for (const auto& row : rows) names.insert(row.scenario);
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < results.scenarios.size(); ++i)
    if (names.count(results.scenarios[i]) > 0) positions.push_back(i);
  return positions;
}

/// The note, after the names of the scenarios that it is about if there are others here.
std::string said_of(const Results& results, const std::vector<std::size_t>& scenarios, const std::string& note) {
  std::vector<std::string> names;
  for (const std::size_t i : scenarios)
    if (holds(results.notes[i], note)) names.push_back(results.scenarios[i]);
  return names.size() == scenarios.size() ? note : listed(names, "and") + ": " + note;
}

/// What the file says of the scenarios shown, each note once; what it says of the baseline is about every row.
std::vector<std::string> notes_of_file(const Results& results, const std::vector<ComparisonRow>& rows) {
  const auto scenarios = shown(results, rows);
  const auto& of_baseline = results.notes.front();
  std::vector<std::string> notes = of_baseline;
  for (const std::size_t scenario : scenarios)
    for (const auto& note : results.notes[scenario]) {
      const std::string said = said_of(results, scenarios, note);
      if (!holds(of_baseline, note) && !holds(notes, said)) notes.push_back(said);
    }
  return notes;
}

/// The outcome that a gap is of: it is computed only once.
std::string without_gap(const ComparisonRow& row) {
  return row.is_gap ? row.outcome.substr(0, row.outcome.size() - std::string_view(kGapEnding).size()) : row.outcome;
}

bool unfinished(const Results& results) {
  return std::find(results.complete.begin(), results.complete.end(), 0) != results.complete.end();
}

}  // namespace

std::vector<std::string> notes_for(const Results& results, const std::vector<ComparisonRow>& rows) {
  std::vector<std::string> notes = notes_of_file(results, rows);
  std::set<std::string> assumed;
  bool no_interval = false, prediction = false, frozen = false;
  for (const auto& row : rows) {
    const std::string computed = without_gap(row);
    const bool news = row.is_assumption && assumed.insert(computed).second;
    if (news) notes.push_back("How " + computed + " is computed is an assumption.");
    no_interval = no_interval || !row.difference.has_interval();
    prediction = prediction || row.is_prediction;
    frozen = frozen || row.is_frozen;
  }
  if (prediction) notes.push_back(kPredictionNote);
  if (frozen) notes.push_back(kFrozenNote);
  if (no_interval) notes.push_back("An interval needs at least two replicates with people in the group.");
  if (unfinished(results)) notes.push_back(finished_years_text(results));
  return notes;
}

}  // namespace sleutel
