#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "output/hdf5/provenance.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/write_file.h"
#include "sim/study/make_plan.h"
#include "sim/trace/sequence.h"
#include "sim/trace/story.h"

namespace sleutel {
namespace {

constexpr std::size_t kMostListed = 20;  ///< lives in print; --json has all

struct TraceArguments {
  std::string study, scenario, against, find, pick, svg, language = "en";
  std::int64_t resident = -1;
  int replicate = 0, threads = 0;
  bool force = false;
  Settings settings;

  RunOptions options() const {
    RunOptions options;
    options.threads = threads;
    return options;
  }
};

[[noreturn]] void refuse_usage(const std::string& where, const std::string& what, const std::string& suggestion) {
  throw InputError({{"", 0, 0, where, what, suggestion}}, ExitCode::usage);
}

void check_words(const TraceArguments& arguments, const Call& call) {
  const int ways =
      (arguments.resident >= 0 ? 1 : 0) + (arguments.find.empty() ? 0 : 1) + (arguments.pick.empty() ? 0 : 1);
  if (ways != 1)
    refuse_usage("trace", ways == 0 ? "whose life is missing" : "more than one way to say whose life",
                 "give one of --resident ID, --find \"separation then debt\", --pick median-benefit");
  if (!arguments.pick.empty() && arguments.scenario.empty())
    refuse_usage("--pick", "the scenario is missing", "add --scenario NAME; it is compared with the baseline");
  if (!arguments.find.empty() && !(arguments.against.empty() && arguments.svg.empty()))
    refuse_usage("--find", "it lists lives and shows none",
                 "leave --against and --svg out; then trace one of the lives");
  if (arguments.language != "en" && arguments.svg.empty())
    refuse_usage("--language", "it is that of the picture only", "add --svg FILE");
  if (call.json && !arguments.svg.empty()) refuse_usage("--svg", "not together with --json", "leave one of them out");
}

/// Position of a scenario; the baseline for no name.
int position_of(const Study& study, const std::string& name) {
  std::vector<std::string> names;
  for (const ScenarioEntry& scenario : study.scenarios) {
    if (name.empty() || scenario.name == name) return static_cast<int>(names.size());
    names.push_back(scenario.name);
  }
  const std::string near = did_you_mean(name, names);
  throw InputError({{study.file, 0, 0, "scenarios", "no scenario " + in_quotes(name),
                     near.empty() ? "it is one of " + listed(names) : near}});
}

void check_resident(const StudyPlan& plan, std::uint64_t id) {
  const Row row = row_of(*plan.start, id);
  if (row != kNone && plan.start->residents.present(row)) return;
  const auto& ids = plan.start->residents.id;
  std::uint64_t nearest = ids.front();
  const auto distance = [&](std::uint64_t one) { return one > id ? one - id : id - one; };
  for (const std::uint64_t one : ids)
    if (distance(one) < distance(nearest)) nearest = one;
  refuse_usage("--resident", fmt::format("nobody at the start of {} has the id {}", plan.study.id, id),
               fmt::format("the nearest is {}; --find and --pick give others", nearest));
}

std::string lives_text(const StudyPlan& plan, const std::vector<FoundLife>& lives, const TraceArguments& arguments) {
  std::string text = fmt::format("{} of {} residents of the start, under {}, replicate {}: {}\n",
                                 with_thousands(static_cast<std::int64_t>(lives.size())),
                                 with_thousands(static_cast<std::int64_t>(plan.start->residents.size())),
                                 arguments.scenario.empty() ? plan.arms.front().name : arguments.scenario,
                                 arguments.replicate, arguments.find);
  for (std::size_t i = 0; i < std::min(kMostListed, lives.size()); ++i) {
    text += fmt::format("{:>8} ", lives[i].resident);
    for (const int month : lives[i].months) text += "  " + month_words(plan, month);
    text += "\n";
  }
  if (lives.size() > kMostListed) text += fmt::format("and {} more (--json has all)\n", lives.size() - kMostListed);
  return text;
}

std::string lives_json(const StudyPlan& plan, const std::vector<FoundLife>& lives) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const FoundLife& life : lives) {
    nlohmann::ordered_json months = nlohmann::ordered_json::array();
    for (const int month : life.months) months.push_back(month_words(plan, month));
    all.push_back({{"resident", life.resident}, {"months", months}});
  }
  return all.dump(2) + "\n";
}

ExitCode find(const TraceArguments& arguments, const StudyPlan& plan, int scenario, const Call& call) {
  const auto sequence = read_sequence(*plan.arms[static_cast<std::size_t>(scenario)].model, arguments.find);
  const auto lives = find_lives(plan, scenario, arguments.replicate, sequence, arguments.options());
  print(call.json ? lives_json(plan, lives) : lives_text(plan, lives, arguments));
  if (!lives.empty())
    hint(call, fmt::format("Next: sleutel trace {}{} --resident {}\n", shell_word(arguments.study),
                           set_words(arguments.settings), lives.front().resident));
  return ExitCode::done;
}

/// The life that was asked for; a picked one with its rule.
std::optional<Picked> picked_life(const TraceArguments& arguments, const StudyPlan& plan, int scenario, int against) {
  if (arguments.pick.empty()) return std::nullopt;
  const Pick pick = arguments.pick == "median-benefit" ? Pick::median_benefit : Pick::not_helped;
  const auto picked = pick_life(plan, scenario, against, arguments.replicate, pick, arguments.options());
  if (picked) return picked;
  const bool any = !plan.arms[static_cast<std::size_t>(scenario)].programmes.empty();
  throw EnvironmentError(ExitCode::failed,
                         "--pick " + arguments.pick + ": there is no such life. " + rule_text(pick, any));
}

/// What must stand beside results of these scenarios, each once.
std::vector<std::string> notes_beside(const StudyPlan& plan, const std::vector<int>& scenarios, NoteLanguage language) {
  std::vector<std::string> notes;
  for (const int scenario : scenarios)
    for (const std::string& note : notes_of(plan, static_cast<std::size_t>(scenario), language))
      if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  return notes;
}

ExitCode tell(const Story& story, const TraceArguments& arguments, const Call& call) {
  if (arguments.svg.empty()) return print(call.json ? story_json(story) : story_text(story)), ExitCode::done;
  write_file(arguments.svg, story_svg(story, arguments.language == "nl" ? Language::nl : Language::en));
  print(fmt::format("{}: the life of resident {}\n", arguments.svg, story.life.resident));
  return ExitCode::done;
}

ExitCode trace_life(const TraceArguments& arguments, const StudyPlan& plan, int scenario, const Call& call) {
  const bool compares = !arguments.against.empty() || !arguments.pick.empty();
  const int against = position_of(plan.study, arguments.against);
  if (compares && against == scenario)
    refuse_usage("--against", "it is the same scenario as --scenario", "name two scenarios of the study");
  const auto picked = picked_life(arguments, plan, scenario, against);
  const std::uint64_t id = picked ? picked->resident : static_cast<std::uint64_t>(arguments.resident);
  check_resident(plan, id);
  const Follower follower(plan, scenario, arguments.options());
  Story story{plan, follower.arm().model, follower.life(arguments.replicate, id), {}, {}, picked, "", {}};
  const bool dutch = !arguments.svg.empty() && arguments.language == "nl";
  story.notes = notes_beside(plan, compares ? std::vector{against, scenario} : std::vector{scenario},
                             dutch ? NoteLanguage::dutch : NoteLanguage::english);
  if (picked)
    story.rule = rule_text(arguments.pick == "median-benefit" ? Pick::median_benefit : Pick::not_helped,
                           !plan.arms[static_cast<std::size_t>(scenario)].programmes.empty());
  if (compares) {
    const Follower other(plan, against, arguments.options());
    story.other = other.life(arguments.replicate, id);
    story.differences = first_differences(other, *story.other, follower, story.life);
  }
  return tell(story, arguments, call);
}

ExitCode trace(const TraceArguments& arguments, const Call& call) {
  check_words(arguments, call);
  const Study study = read_checked_study(arguments.study, arguments.settings);
  const int scenario = position_of(study, arguments.scenario);
  position_of(study, arguments.against);
  if (!arguments.svg.empty()) check_place(arguments.svg, arguments.force ? Replace::yes : Replace::no);
  if (!arguments.find.empty()) read_sequence(*read_library(data_folders(study)).model, arguments.find);
  const StudyPlan plan =
      make_plan(study, {arguments.threads, [&](const std::string& line) { hint(call, line + "\n"); }});
  return arguments.find.empty() ? trace_life(arguments, plan, scenario, call) : find(arguments, plan, scenario, call);
}

ExitCode trace_with_settings(const TraceArguments& arguments, const Call& call) {
  ExitCode how = ExitCode::failed;
  in_terms_of_settings(arguments.settings, arguments.study, [&] { how = trace(arguments, call); });
  return how;
}

}  // namespace

void add_trace(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<TraceArguments>();
  CLI::App* command =
      app.add_subcommand("trace", "One life of a study as a timeline: what happened, how likely, and why");
  command->add_option("study", arguments->study, "Study file, such as scenarios/first-look.yaml")->required();
  command->add_option("--resident", arguments->resident, "The id of a resident of the start")
      ->check(whole_number(0, INT64_MAX));
  command->add_option(
      "--find", arguments->find,
      "List the lives in which these begin in this order, such as \"separation then debt then depression\"");
  command->add_option("--pick", arguments->pick, "Choose a life by a printed rule: median-benefit or not-helped")
      ->check(one_of({"median-benefit", "not-helped"}));
  command->add_option("--scenario", arguments->scenario, "The scenario of the life (default: the baseline)");
  command->add_option("--against", arguments->against, "The same resident's life under this scenario beside it");
  command->add_option("--replicate", arguments->replicate, "Its number (default: 0)")->check(whole_number(0, 9999));
  add_set(*command, arguments->settings);
  command->add_flag("--json", call.json, "As JSON, with all that made each hazard");
  command->add_option("--svg", arguments->svg, "Draw the timeline to this file");
  command->add_option("--language", arguments->language, "Of the picture: en or nl (default: en)")
      ->check(one_of({"en", "nl"}));
  command->add_flag("--force", arguments->force, "Overwrite a file that is there");
  add_threads(*command, arguments->threads);
  command->add_flag_callback(
      "--quiet", [&call] { call.loudness = Loudness::quiet; }, "No hints");
  command->callback(
      [arguments, &call] { call.work = [arguments, &call] { return trace_with_settings(*arguments, call); }; });
}

}  // namespace sleutel
