#include "output/compare/selection.h"

#include <algorithm>

#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

constexpr std::size_t kMostListed = 12;  ///< more names than this are not listed in a message

Problem unknown(const Results& results, const std::string& what, const std::string& word,
                const std::vector<std::string>& known) {
  std::string suggestion = did_you_mean(word, known);
  if (suggestion.empty())
    suggestion = known.size() > kMostListed ? "`sleutel list " + what + "s` shows what there is"
                                            : "the file has " + listed(known, "and");
  return {results.file, 0, 0, "--" + what, "unknown " + what + " " + in_quotes(word), suggestion};
}

std::vector<std::string> known_outcomes(const Results& results) {
  std::vector<std::string> ids;
  for (const auto& outcome : results.outcomes) {
    ids.push_back(outcome.id);
    if (outcome.also_gap) ids.push_back(outcome.id + kGapEnding);
  }
  return ids;
}

std::vector<Selection::Wanted> wanted_outcomes(const Results& results, const CompareOptions& options,
                                               std::vector<Problem>& problems) {
  std::vector<Selection::Wanted> wanted(results.outcomes.size());
  const auto asked = [&](const std::string& id) {
    return std::find(options.outcomes.begin(), options.outcomes.end(), id) != options.outcomes.end();
  };
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto& outcome = results.outcomes[i];
    wanted[i].level = options.outcomes.empty() || asked(outcome.id);
    wanted[i].gap = outcome.also_gap && (wanted[i].level || asked(outcome.id + kGapEnding));
  }
  const auto known = known_outcomes(results);
  for (const auto& id : options.outcomes)
    if (std::find(known.begin(), known.end(), id) == known.end())
      problems.push_back(unknown(results, "outcome", id, known));
  return wanted;
}

std::vector<int> wanted_scenarios(const Results& results, const CompareOptions& options,
                                  std::vector<Problem>& problems) {
  std::vector<int> wanted;
  const std::vector<std::string> known(results.scenarios.begin() + 1, results.scenarios.end());
  for (std::size_t i = 0; i < known.size(); ++i)
    if (options.scenarios.empty() ||
        std::find(options.scenarios.begin(), options.scenarios.end(), known[i]) != options.scenarios.end())
      wanted.push_back(static_cast<int>(i) + 1);
  for (const auto& name : options.scenarios)
    if (std::find(known.begin(), known.end(), name) == known.end())
      problems.push_back(
          name == results.scenarios.front()
              ? Problem{results.file, 0, 0, "--scenario", name + " is the baseline: it is compared with itself", ""}
              : unknown(results, "scenario", name, known));
  return wanted;
}

std::vector<int> wanted_years(const Results& results, const CompareOptions& options, std::vector<Problem>& problems) {
  if (options.years.empty()) return {last_paired_year(results)};
  std::vector<int> wanted;
  for (const int year : options.years) {
    const int since_start = year - results.start_year;
    if (since_start >= 0 && since_start < results.years) {
      wanted.push_back(since_start);
    } else {
      problems.push_back({results.file, 0, 0, "--year", "year " + std::to_string(year) + " is not in the study",
                          "it runs from " + std::to_string(results.start_year) + " to " +
                              std::to_string(results.start_year + results.years - 1)});
    }
  }
  return wanted;
}

}  // namespace

int last_paired_year(const Results& results) {
  for (int year = results.years - 1; year >= 0; --year)
    for (int replicate = 0; replicate < results.replicates; ++replicate)
      for (int scenario = 1; scenario < static_cast<int>(results.scenarios.size()); ++scenario)
        if (results.has_year(0, replicate, year) && results.has_year(scenario, replicate, year)) return year;
  return results.years - 1;
}

Selection select(const Results& results, const CompareOptions& options) {
  std::vector<Problem> problems;
  Selection selected;
  selected.outcomes = wanted_outcomes(results, options, problems);
  selected.scenarios = wanted_scenarios(results, options, problems);
  selected.years = wanted_years(results, options, problems);
  if (!problems.empty()) throw InputError(problems, ExitCode::usage);
  return selected;
}

}  // namespace sleutel
