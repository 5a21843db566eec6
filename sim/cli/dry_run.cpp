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
#include "sim/engine/probe.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

std::string what_differs(const ScenarioEntry& scenario) {
  const bool nothing = scenario.programmes.empty() && scenario.set.empty();
  std::string text = fmt::format("  {}:{}\n", scenario.name, nothing ? " nothing differs from the model" : "");
  for (const ProgrammeEntry& entry : scenario.programmes)
    text += fmt::format("    {} reaches {:.0f}% of the eligible, from {}{}\n", entry.programme, 100 * entry.coverage,
                        to_string(entry.from), entry.until ? " until " + to_string(*entry.until) : std::string());
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

/// What two years of one run say of all: this process holds that run, the others come beside it.
struct Measured {
  Probe one;
  double memory = 0;  ///< that the run will hold at most [bytes]
};

Measured measured(const StudyPlan& plan, const RunOptions& options) {
  Measured all{probe(plan, options), 0};
  all.memory = most_held() + static_cast<double>(all.one.run_bytes) * (all.one.runs_at_once - 1);
  return all;
}

std::string measured_text(const StudyPlan& plan, const RunOptions& options) {
  const auto [one, memory] = measured(plan, options);
  return fmt::format("  memory: about {} ({} at a time)\n", megabytes(memory),
                     counted(static_cast<std::size_t>(one.runs_at_once), "run")) +
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
  Json programmes = Json::array(), set = Json::object();
  for (const ProgrammeEntry& entry : scenario.programmes)
    programmes.push_back({{"programme", entry.programme},
                          {"coverage", entry.coverage},
                          {"from", to_string(entry.from)},
                          {"until", entry.until ? Json(to_string(*entry.until)) : Json(nullptr)}});
  for (const ParameterChange& change : scenario.set) set[change.path] = change.value;
  return {{"name", scenario.name}, {"programmes", programmes}, {"set", set}};
}

/// Adds what is measured, or that it was not.
void add_measured(Json& plan, const Draft& draft, const RunOptions& options) {
  for (const char* key : {"memory_bytes", "runs_at_once", "threads", "seconds"}) plan[key] = nullptr;
  if (!draft.has_start) return;
  const auto [one, memory] = measured(draft.plan, options);
  plan["memory_bytes"] = static_cast<std::int64_t>(memory);
  plan["runs_at_once"] = one.runs_at_once;
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

std::string plan_text(const Study& study, const std::string& results, const RunOptions& options) {
  const Draft draft = draft_plan(study);
  const std::string count = with_thousands(residents_at_start(study));
  std::string text = fmt::format("{}: {}\n", study.id, study.question);
  text += fmt::format("  city: {}, {}, from {}\n", study.city,
                      study.residents > 0 ? "a sample of about " + count + " residents" : "all " + count + " residents",
                      to_string(study.start));
  text += fmt::format("  runs: {}\n", number_of_runs(study));
  for (const ScenarioEntry& scenario : study.scenarios) text += what_differs(scenario);
  text += fmt::format("  work: about {} resident-months\n", many_text(resident_months(study)));
  text += draft.has_start ? measured_text(draft.plan, options) : kNotMeasured;
  return text + fmt::format("  results: {}, {} while it runs, less when it is finished and compressed\n", results,
                            megabytes(static_cast<double>(bytes_while_running(draft.plan))));
}

std::string plan_json(const Study& study, const std::string& results, const RunOptions& options) {
  const Draft draft = draft_plan(study);
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
  plan["results"] = results;
  plan["bytes_while_running"] = static_cast<std::int64_t>(bytes_while_running(draft.plan));
  return plan.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sleutel
