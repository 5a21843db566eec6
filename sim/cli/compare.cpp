#include "output/compare/compare.h"

#include <algorithm>
#include <memory>

#include "output/compare/print.h"
#include "output/compare/synergy.h"
#include "output/hdf5/read.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/study/read_study.h"

namespace sleutel {
namespace {

struct CompareArguments {
  std::string file, by = "city";
  CompareOptions options;
  std::vector<std::string> packages;  ///< together=debt+mood
  bool csv = false;
};

/// What a scenario does, in words that are alike for the same.
std::vector<std::string> deeds(const ScenarioEntry& scenario) {
  std::vector<std::string> all;
  for (const ProgrammeEntry& entry : scenario.programmes) {
    all.push_back(entry.programme + " with coverage " + number_text(entry.coverage) + " from " + to_string(entry.from));
    if (entry.until) all.back() += " until " + to_string(*entry.until);
    if (entry.reach < 1) all.back() += ", reach " + number_text(entry.reach);
    if (entry.places > 0) all.back() += ", " + counted(static_cast<std::size_t>(entry.places), "place");
  }
  for (const ParameterChange& change : scenario.set) all.push_back(change.path + " = " + number_text(change.value));
  for (const BudgetEntry& budget : scenario.budgets)
    all.push_back("EUR " + number_text(budget.euros) + " of " +
                  std::string(kPayerNames[static_cast<std::size_t>(budget.payer)]) + " from " + to_string(budget.from));
  std::sort(all.begin(), all.end());
  return all;
}

/// Says where a package does not do what its parts do, each once.
std::vector<std::string> package_notes(const Results& results, const Package& package) {
  std::vector<Problem> problems;
  const Study study = parse_study(results.study_text, results.file, problems);
  const auto deeds_of = [&](const std::string& name) {
    for (const ScenarioEntry& scenario : study.scenarios)
      if (scenario.name == name) return deeds(scenario);
    return std::vector<std::string>{};
  };
  std::vector<std::string> parts;
  for (const std::string& part : package.parts)
    for (const std::string& deed : deeds_of(part)) parts.push_back(deed);
  std::sort(parts.begin(), parts.end());
  const std::vector<std::string> whole = deeds_of(package.scenario);
  std::vector<std::string> differ;
  std::set_symmetric_difference(whole.begin(), whole.end(), parts.begin(), parts.end(), std::back_inserter(differ));
  if (differ.empty()) return {};
  return {package.scenario + " is not its parts put together: " + listed(differ, "and") +
          (differ.size() == 1 ? " stands" : " stand") + " on one side only, or another number of times."};
}

ExitCode show_synergy(const Results& results, const CompareArguments& arguments, const Call& call) {
  SynergyOptions options;
  for (const std::string& words : arguments.packages) options.packages.push_back(package_of(words));
  options.outcomes = arguments.options.outcomes;
  options.years = arguments.options.years;
  const auto rows = synergy(results, options);
  std::vector<std::string> notes;
  for (const Package& package : options.packages) {
    for (const std::string& note : package_notes(results, package)) notes.push_back(note);
    for (std::size_t i = 0; i < results.scenarios.size(); ++i)
      for (const std::string& note :
           results.scenarios[i] == package.scenario ? results.notes[i] : std::vector<std::string>{})
        if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  }
  print(call.json       ? synergy_json(rows, notes)
        : arguments.csv ? synergy_csv(rows, notes)
                        : synergy_text(results, rows, notes));
  return ExitCode::done;
}

ExitCode compare_file(CompareArguments& arguments, const Call& call) {
  arguments.options.by = *by_named(arguments.by);
  const Results results = read_results(arguments.file);
  if (!arguments.packages.empty()) return show_synergy(results, arguments, call);
  const auto rows = compare(results, arguments.options);
  if (call.json) {
    print(comparison_json(results, rows));
  } else if (arguments.csv) {
    print(comparison_csv(results, rows));
  } else {
    print(comparison_text(results, rows, arguments.options.by));
  }
  return ExitCode::done;
}

}  // namespace

void add_compare(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* command = app.add_subcommand("compare", "Compare the scenarios of a results file with its baseline");
  command->add_option("file", arguments->file, "Results file, finished or .partial, such as results/first-look.h5")
      ->required();
  command->add_option("--by", arguments->by, "Groups: city, district, buurt, income, life_stage")
      ->check(one_of({"city", "district", "buurt", "income", "life_stage"}));
  command->add_option("--outcome", arguments->options.outcomes, "Only these outcomes (sleutel list outcomes)");
  command->add_option("--year", arguments->options.years, "Only these calendar years (default: the last)")
      ->check(whole_number(1900, 2300));
  auto* scenarios = command->add_option("--scenario", arguments->options.scenarios, "Only these scenarios");
  command
      ->add_option("--synergy", arguments->packages,
                   "A package against the sum of its parts, such as together=debt+mood")
      ->excludes(scenarios);
  auto* json = command->add_flag("--json", call.json, "Rows as JSON");
  command->add_flag("--csv", arguments->csv, "Rows as CSV")->excludes(json);
  command->callback([arguments, &call] { call.work = [arguments, &call] { return compare_file(*arguments, call); }; });
}

}  // namespace sleutel
