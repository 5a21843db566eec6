#include "sim/cli/export.h"

#include <fmt/format.h>

#include <memory>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/write_file.h"
#include "sim/study/make_plan.h"
#include "sleutel/simulation.h"

namespace sleutel {
namespace {

using nlohmann::json;

struct ExportArguments {
  std::string study, scenario, to;
  int replicate = 0;
  bool force = false;
};

json value_export(Row value) { return value == kNone ? json(-1) : json(value); }

json value_export(const StateMask& mask) {
  json on = json::array();
  for (int state = 0; state < kMaxStates; ++state)
    if (mask.test(state)) on.push_back(state);
  return on;
}

template <class T>
json value_export(const T& value) {
  if constexpr (std::is_enum_v<T>)
    return json(static_cast<int>(value));
  else
    return json(value);
}

template <std::size_t n>
json value_export(const std::array<Row, n>& rows) {
  json all = json::array();
  for (const Row row : rows) all.push_back(value_export(row));
  return all;
}

template <class Table>
json columns_export(const Table& table) {
  json all = json::object();
  for_each_column(table, [&](const auto& column, const ColumnInfo& info) {
    json& values = all[info.name] = json::array();
    for (const auto& value : column) values.push_back(value_export(value));
  });
  return all;
}

json history_export(const std::vector<Event>& history) {
  json all = json::array();
  for (const Event& event : history)
    all.push_back({event.month, event.resident, event.state, event.change == Change::begin ? "begin" : "end"});
  return all;
}

/// Position of the scenario of this name; the baseline for none.
int scenario_of(const Study& study, const ExportArguments& arguments) {
  std::vector<std::string> names;
  for (const ScenarioEntry& scenario : study.scenarios) {
    if (arguments.scenario.empty() || scenario.name == arguments.scenario) return static_cast<int>(names.size());
    names.push_back(scenario.name);
  }
  Problem problem;
  problem.file = arguments.study;
  problem.where = "scenarios";
  problem.what = "no scenario " + in_quotes(arguments.scenario);
  problem.suggestion = did_you_mean(arguments.scenario, names);
  throw InputError({problem});
}

ExitCode export_run(const ExportArguments& arguments, const Call& call) {
  const Study study = read_checked_study(arguments.study);
  const int scenario = scenario_of(study, arguments);
  check_place(arguments.to, arguments.force ? Replace::yes : Replace::no);
  const StudyPlan plan = make_plan(study, {0, [&](const std::string& line) { hint(call, line + "\n"); }});
  const StudyPlan::Arm& arm = plan.arms[static_cast<std::size_t>(scenario)];
  json all = {{"study", study.id},
              {"scenario", arm.name},
              {"months", plan.months()},
              {"stream", {{"seed", study.seed}, {"draw", 0}, {"replicate", arguments.replicate}}},
              {"switches",
               {{"ties", study.switches.ties},
                {"surroundings", study.switches.surroundings},
                {"competition", study.switches.competition},
                {"life_events", study.switches.life_events},
                {"arrivals", study.switches.arrivals},
                {"partners", study.switches.partners},
                {"parents", study.switches.parents}}}};
  all["model"] = model_export(*arm.model);
  all["city"] = city_export(*plan.start);
  all["events"] = history_export(event_history(plan, scenario, arguments.replicate, {}));
  write_file(arguments.to, all.dump() + '\n');
  hint(call, fmt::format("{}: {} residents, {} events in {} months\n", arguments.to, plan.start->residents.size(),
                         all["events"].size(), plan.months()));
  return ExitCode::done;
}

}  // namespace

json city_export(const City& city) {
  json all = {{"id", city.id},
              {"buurten", city.buurten.size()},
              {"income_fifth_bounds", city.income_fifth_bounds},
              {"low_income_line", city.low_income_line}};
  all["residents"] = columns_export(city.residents);
  all["households"] = columns_export(city.households);
  all["dwellings"] = columns_export(city.dwellings);
  return all;
}

void add_export(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = app.add_subcommand(
      "export", "One run as JSON (model, start city, every event), to check or look at by other means");
  command->add_option("study", arguments->study, "Study file, best a small one")->required();
  command->add_option("--scenario", arguments->scenario, "Its name (default: the baseline)");
  command->add_option("--replicate", arguments->replicate, "Its number (default: 0)")->check(whole_number(0, 9999));
  command->add_option("--to", arguments->to, "File to write")->required();
  command->add_flag("--force", arguments->force, "Overwrite a file that is there");
  command->callback([arguments, &call] { call.work = [arguments, &call] { return export_run(*arguments, call); }; });
}

}  // namespace sleutel
