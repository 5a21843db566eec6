#include "sim/cli/dry_run.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "output/compare/print_summary.h"
#include "output/hdf5/size.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/city/city_files.h"
#include "sim/cli/memory.h"
#include "sim/cli/panel.h"
#include "sim/engine/probe.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

std::string programme_line(const ProgrammeEntry& entry) {
  std::string text =
      fmt::format("    {} reaches {:.0f}% of the eligible, from {}{}", entry.programme, 100 * entry.coverage,
                  to_string(entry.from), entry.until ? " until " + to_string(*entry.until) : std::string());
  if (entry.reach < 1) text += fmt::format(", {:.2g}% of them each month", 100 * entry.reach);
  if (entry.places > 0) text += ", " + counted(static_cast<std::size_t>(entry.places), "place");
  return text + "\n";
}

std::string what_differs(const ScenarioEntry& scenario) {
  const bool nothing = scenario.programmes.empty() && scenario.set.empty() && scenario.budgets.empty();
  std::string text = fmt::format("  {}:{}\n", scenario.name, nothing ? " nothing differs from the model" : "");
  for (const ProgrammeEntry& entry : scenario.programmes) text += programme_line(entry);
  for (const BudgetEntry& budget : scenario.budgets)
    text += fmt::format("    {} has EUR {} from {} until {}\n", kPayerNames[static_cast<std::size_t>(budget.payer)],
                        with_thousands(budget.euros, 0), to_string(budget.from), to_string(budget.until));
  for (const ParameterChange& change : scenario.set)
    text += fmt::format("    {} = {}\n", change.path, number_text(change.value));
  return text;
}

/// How many residents the study starts with: of the whole city as published, of a sample about.
std::int64_t residents_at_start(const Study& study) {
  if (study.residents > 0) return study.residents;
  return read_city_files(data_folders(study).city.string()).whole.population;
}

/// Of all runs, as if nobody moved, was born or died.
std::int64_t resident_months(const Study& study) {
  const auto runs = static_cast<std::int64_t>(study.scenarios.size()) * study.replicates;
  return residents_at_start(study) * study.years * 12 * runs;
}

/// "45 s", "12 minutes", "3.5 hours": no more figures than an estimate has.
std::string duration_text(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s", std::max(1.0, seconds));
  return seconds < 5400 ? fmt::format("{:.0f} minutes", seconds / 60) : fmt::format("{:.1f} hours", seconds / 3600);
}

/// Time is measured by living two years of one run, if there is memory for that.
std::string measured_text(const StudyPlan& plan, const RunOptions& options) {
  const ExpectedMemory memory = expected_memory(plan, options);
  const std::string text = fmt::format("  memory: about {} ({} at a time)\n", megabytes(memory.bytes),
                                       counted(static_cast<std::size_t>(memory.runs_at_once), "run"));
  if (const std::string warning = memory_warning(memory); !warning.empty())
    return text + "    " + warning + "  time: not measured, with so little memory\n";
  const Probe one = probe(plan, options);
  return text +
         fmt::format(
             "  time: about {} on {}, if each has a core to itself (the first {} of one run took {:.2g} s just now)\n",
             duration_text(one.all_seconds), counted(static_cast<std::size_t>(one.threads), "thread"),
             plan.study.years > 1 ? "two years" : "year", one.first_year + one.later_year);
}

constexpr const char* kNotMeasured =
    "  memory, time: not told, for the start of this city under this model was not found yet. The first run finds it,\n"
    "    which takes minutes, and keeps it; then this is measured\n";

using Json = nlohmann::ordered_json;

Json scenario_json(const ScenarioEntry& scenario) {
  Json programmes = Json::array(), set = Json::object(), budgets = Json::array();
  for (const ProgrammeEntry& entry : scenario.programmes)
    programmes.push_back({{"programme", entry.programme},
                          {"coverage", entry.coverage},
                          {"reach", entry.reach},
                          {"places", entry.places > 0 ? Json(entry.places) : Json(nullptr)},
                          {"from", to_string(entry.from)},
                          {"until", entry.until ? Json(to_string(*entry.until)) : Json(nullptr)}});
  for (const ParameterChange& change : scenario.set) set[change.path] = change.value;
  for (const BudgetEntry& budget : scenario.budgets)
    budgets.push_back({{"payer", kPayerNames[static_cast<std::size_t>(budget.payer)]},
                       {"from", to_string(budget.from)},
                       {"until", to_string(budget.until)},
                       {"euros", budget.euros}});
  return {{"name", scenario.name}, {"programmes", programmes}, {"set", set}, {"budgets", budgets}};
}

/// Adds what is measured, or that it was not.
void add_measured(Json& plan, const Draft& draft, const RunOptions& options) {
  for (const char* key : {"memory_bytes", "runs_at_once", "threads", "seconds"}) plan[key] = nullptr;
  if (!draft.has_start) return;
  const ExpectedMemory memory = expected_memory(draft.plan, options);
  plan["memory_bytes"] = static_cast<std::int64_t>(memory.bytes);
  plan["runs_at_once"] = memory.runs_at_once;
  if (!memory_warning(memory).empty()) return;
  const Probe one = probe(draft.plan, options);
  plan["threads"] = one.threads;
  plan["seconds"] = one.all_seconds;
}

}  // namespace

std::string number_of_runs(const Study& study) {
  const auto replicates = static_cast<std::size_t>(study.replicates);
  return fmt::format("{} x {} = {} of {}", counted(study.scenarios.size(), "scenario"),
                     counted(replicates, "replicate"), counted(study.scenarios.size() * replicates, "run"),
                     counted(static_cast<std::size_t>(study.years), "year"));
}

std::string panel_words(const StudyPlan& plan, const RunOptions& options) {
  return fmt::format("{} residents every month, about {} of the finished results",
                     with_thousands(static_cast<std::int64_t>(plan.panel.size())),
                     size_text(static_cast<double>(expected_panel(plan, options))));
}

std::string plan_text(const Study& study, const std::string& results, const RunOptions& options, int panel) {
  Draft draft = draft_plan(study);
  add_panel(draft.plan, panel);
  const std::string count = with_thousands(residents_at_start(study));
  std::string text = fmt::format("{}: {}\n", study.id, study.question);
  text += fmt::format("  city: {}, {}, from {}\n", study.city,
                      study.residents > 0 ? "a sample of about " + count + " residents" : "all " + count + " residents",
                      to_string(study.start));
  text += fmt::format("  runs: {}\n", number_of_runs(study));
  for (const ScenarioEntry& scenario : study.scenarios) text += what_differs(scenario);
  text += fmt::format("  work: about {} resident-months\n", many_text(resident_months(study)));
  text += draft.has_start ? measured_text(draft.plan, options) : kNotMeasured;
  if (panel > 0)
    text +=
        fmt::format("  panel: {}\n", draft.has_start ? panel_words(draft.plan, options)
                                                     : counted(draft.plan.panel.size(), "resident") + " every month");
  return text + fmt::format("  results: {}, {} while it runs, less when it is finished and compressed\n", results,
                            megabytes(static_cast<double>(bytes_while_running(draft.plan))));
}

std::string plan_json(const Study& study, const std::string& results, const RunOptions& options, int panel) {
  Draft draft = draft_plan(study);
  add_panel(draft.plan, panel);
  Json plan = {{"study", study.id},
               {"question", study.question},
               {"city", study.city},
               {"residents", residents_at_start(study)},
               {"start", to_string(study.start)},
               {"years", study.years},
               {"replicates", study.replicates},
               {"runs", study.scenarios.size() * static_cast<std::size_t>(study.replicates)},
               {"resident_months", resident_months(study)},
               {"scenarios", Json::array()}};
  for (const ScenarioEntry& scenario : study.scenarios) plan["scenarios"].push_back(scenario_json(scenario));
  add_measured(plan, draft, options);
  plan["panel_residents"] = panel;
  plan["panel_bytes"] = draft.has_start ? Json(expected_panel(draft.plan, options)) : Json(nullptr);
  plan["results"] = results;
  plan["bytes_while_running"] = static_cast<std::int64_t>(bytes_while_running(draft.plan));
  return plan.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sleutel
