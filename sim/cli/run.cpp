#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include "output/compare/compare.h"
#include "output/compare/finished_years.h"
#include "output/compare/print.h"
#include "output/compare/print_summary.h"
#include "output/hdf5/read.h"
#include "output/hdf5/stream.h"
#include "sim/base/isa.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/dry_run.h"
#include "sim/cli/going_on.h"
#include "sim/cli/memory.h"
#include "sim/cli/panel.h"
#include "sim/cli/signals.h"
#include "sim/cli/version.h"
#include "sim/engine/blocks.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

struct RunArguments {
  std::string study, output, isa;
  Settings settings;
  int threads = 0, expand = 0, panel = 0, checkpoint = 30;
  bool force = false, resume = false, dry_run = false;
};

constexpr const char* kNotStarted = "interrupted while the start was sought: nothing was run, nothing was written";

std::string joined(const std::vector<std::string>& words) {
  std::string line = "sleutel";
  for (const std::string& word : words) line += " " + shell_word(word);
  return line;
}

std::string output_of(const RunArguments& arguments, const Study& study) {
  return arguments.output.empty() ? "results/" + study.id + ".h5" : arguments.output;
}

/// The folder of a results file, if there is none yet: the recorder makes it.
std::string folder_to_make(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code ignored;
  return folder.empty() || std::filesystem::exists(folder, ignored) ? "" : folder.string();
}

ExitCode show(const std::string& path, const RunCost& cost, const Call& call) {
  const Results results = read_results(path);
  if (call.json) {
    print(comparison_json(results, compare(results, {})));
  } else {
    print(summary_text(results, cost));
  }
  return ExitCode::done;
}

/// The words of the command that runs this study to this file.
std::string same_command(const RunArguments& arguments) {
  const std::string output = arguments.output.empty() ? std::string() : " --output " + shell_word(arguments.output);
  const std::string expand = arguments.expand > 0 ? fmt::format(" --expand {}", arguments.expand) : std::string();
  const std::string panel = arguments.panel > 0 ? fmt::format(" --panel {}", arguments.panel) : std::string();
  const std::string threads = arguments.threads > 0 ? fmt::format(" --threads {}", arguments.threads) : std::string();
  return "sleutel run " + shell_word(arguments.study) + set_words(arguments.settings) + output + expand + panel +
         threads;
}

/// What is added to it to go on: more replicates go on by themselves.
const char* go_on_word(const RunArguments& arguments) { return arguments.expand > 0 ? "" : " --resume"; }

/// The finished years of a file that was being written, in words; empty if there are none.
std::string years_left_in(const std::string& partial) {
  std::error_code unseen;
  if (!std::filesystem::exists(partial, unseen)) return "";
  try {
    const Results results = read_finished_years(partial);
    const std::string years = finished_years_text(results);
    return years.starts_with("0 of ") ? "" : years;
  } catch (const InputError&) {
    return "";
  }
}

/// `lost`: the process of the job that died, if that was why.
ExitCode say_interrupted(const Hdf5Recorder& recorder, const std::string& lost, const RunArguments& arguments) {
  const Results results = read_finished_years(recorder.partial_path());
  std::fputs(
      fmt::format("\n{}. {}\n{} opens as it is. To go on: {}{}\n", lost.empty() ? "interrupted" : lost,
                  finished_years_text(results), recorder.partial_path(), same_command(arguments), go_on_word(arguments))
          .c_str(),
      stderr);
  return ExitCode::interrupted;
}

Overwrite overwrite_of(const RunArguments& arguments) {
  if (arguments.resume) return Overwrite::resume;
  if (arguments.expand > 0) return Overwrite::expand;
  return arguments.force ? Overwrite::allow : Overwrite::refuse;
}

/// Finding a start takes minutes: what can be seen of other inputs before is told before. With a start that is kept the
/// plan is made at once, and compared as a whole.
void refuse_other_results(const std::string& path, const Study& study, int panel) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored) && !std::filesystem::exists(path + ".partial", ignored)) return;
  Draft draft = draft_plan(study);
  add_panel(draft.plan, panel);
  const Existing there = draft.has_start ? existing_result(path, draft.plan, kVersion) : Existing::different;
  if (there == Existing::same) return;
  if (there == Existing::fewer)
    throw EnvironmentError(
        ExitCode::would_overwrite,
        fmt::format("{} holds this study with fewer replicates: --expand {} adds the others, --force "
                    "runs all of them again",
                    path, study.replicates));
  refuse_another_study(path, study.text);
  if (!draft.has_start) refuse_other_inputs(path, draft.plan, kVersion);
}

/// Whether there is nothing to run. Who wants more replicates than there are is not shown those that there are.
bool is_there(const std::string& path, const StudyPlan& plan, const RunArguments& arguments) {
  if (existing_result(path, plan, kVersion) != Existing::same) return false;
  return arguments.expand == 0 || read_results(path).replicates == arguments.expand;
}

/// What the run works with, before it begins.
void say_means(const RunArguments& arguments, const StudyPlan& plan, const Call& call) {
  const std::filesystem::path folder = data_folders(plan.study).scenarios;
  std::error_code unseen;
  say_more(call, "read: " + arguments.study);
  for (const CarriedFile& file : plan.files) {  // a model of the study's own lies with it
    const bool there = std::filesystem::exists(folder / file.name, unseen);
    say_more(call, "read: " + ((there ? folder : folder_of(plan.study)) / file.name).string());
  }
  say_more(call, fmt::format("threads: {}, kernel: {}", allowed_threads(arguments.threads),
                             name_of(chosen_isa(arguments.isa))));
  say_more(call, fmt::format("residents at the start: {}, months of each run: {}", plan.start->residents.size(),
                             plan.months()));
}

/// The settings of the command line, of which the number of replicates may be one.
Settings settings_of(const RunArguments& arguments) {
  Settings settings = arguments.settings;
  const auto counts = [](const std::string& setting) { return setting.starts_with("replicates="); };
  if (arguments.expand > 0 && std::any_of(settings.begin(), settings.end(), counts))
    throw EnvironmentError(ExitCode::usage, "--expand gives the number of replicates: leave out --set replicates");
  if (arguments.expand > 0) settings.push_back(fmt::format("replicates={}", arguments.expand));
  return settings;
}

/// As this process will do its part.
RunOptions here(RunOptions options, const Call& call) {
  if (options.threads == 0) options.threads = call.here.threads;
  return options;
}

/// How much memory it will take, and whether there is so much.
void say_size(const StudyPlan& plan, const RunOptions& options, const Call& call) {
  const ExpectedMemory memory = expected_memory(plan, here(options, call));
  hint(call, fmt::format("memory: about {}, {} at a time{}\n", megabytes(memory.bytes),
                         counted(static_cast<std::size_t>(memory.runs_at_once), "run"),
                         call.here.ranks > 1 ? fmt::format(", in each of {} ranks", call.here.ranks) : ""));
  hint(call, memory_warning(memory));
}

/// Lives and records the runs of a plan that are not there yet.
ExitCode run_plan(const StudyPlan& plan, const std::string& path, RunOptions options, const RunArguments& arguments,
                  const Call& call) {
  say_size(plan, options, call);
  if (!plan.panel.empty()) hint(call, "panel: " + panel_words(plan, options) + "\n");
  const std::string made = folder_to_make(path);
  Hdf5Recorder recorder(plan, path, {kVersion, joined(call.arguments), "", kSchemeVersion}, overwrite_of(arguments));
  const Checkpoints checkpoints = checkpoints_of(recorder, arguments.checkpoint);
  if (call.here.ranks == 1) options.checkpoints = checkpoints;
  if (arguments.resume || arguments.expand > 0) leave_out_recorded(recorder, plan.study, call, options);
  if (!made.empty()) hint(call, fmt::format("{} was not there: this folder was made\n", made));
  const std::atomic<bool>& stop = watch_signals();
  Progress progress;
  SimulationEnd end;
  {
    const ProgressLine line(progress, call.loudness);
    end = call.here.live({plan, options, recorder, progress, stop, arguments.study, settings_of(arguments)});
  }
  if (!end.not_kept.empty()) hint(call, end.not_kept + "; a run that is stopped begins again\n");
  if (end.interrupted) return say_interrupted(recorder, end.lost, arguments);
  recorder.finish();
  forget_kept_runs(plan.study, checkpoints);
  say_more(call, fmt::format("memory: at most {} so far; simulated in {:.1f} s", megabytes(most_held()), end.seconds));
  return show(path, {end.resident_months, end.seconds}, call);
}

/// The same; a write that fails leaves the years before it, and the message says how to go on with them.
ExitCode run_or_say_how_to_go_on(const StudyPlan& plan, const std::string& path, const RunOptions& options,
                                 const RunArguments& arguments, const Call& call) {
  try {
    return run_plan(plan, path, options, arguments, call);
  } catch (const EnvironmentError& error) {
    const std::string there = error.code == ExitCode::input_output ? years_left_in(path + ".partial") : "";
    if (there.empty()) throw;
    throw EnvironmentError(error.code, fmt::format("{}\n{}\nTo go on when that is repaired: {}{}", error.what(), there,
                                                   same_command(arguments), go_on_word(arguments)));
  }
}

ExitCode run_study(const RunArguments& arguments, const Call& call) {
  const Study study = read_checked_study(arguments.study, settings_of(arguments));
  const std::string path = output_of(arguments, study);
  refuse_what_is_no_results_file(path);
  chosen_isa(arguments.isa);  // refuses a form that there is not, before anything is made
  RunOptions options;
  options.threads = arguments.threads;
  options.isa = arguments.isa;
  if (arguments.dry_run) {
    const RunOptions own = here(options, call);
    print(call.json ? plan_json(study, path, own, arguments.panel) : plan_text(study, path, own, arguments.panel));
    if (call.here.ranks > 1)
      hint(call, fmt::format("memory and time are those of one of {} ranks, if it lived all runs\n", call.here.ranks));
    hint(call, fmt::format("Next: {}{}\n", same_command(arguments), arguments.resume ? " --resume" : ""));
    return ExitCode::done;
  }
  std::error_code unseen;
  if (arguments.resume && !std::filesystem::exists(path, unseen)) refuse_nothing_to_resume(path);
  if (arguments.expand > 0) refuse_nothing_to_expand(path);
  if (!arguments.force && arguments.expand == 0) refuse_other_results(path, study, arguments.panel);
  hint(call, fmt::format("{}: {}\n", study.id, number_of_runs(study)));
  const std::atomic<bool>& stop = watch_signals();
  StudyPlan plan = make_plan(study, {arguments.threads,
                                     [&](const std::string& line) {
                                       hint(call, line + "\n");
                                       if (stop) throw EnvironmentError(ExitCode::interrupted, kNotStarted);
                                     },
                                     [&](const std::string& line) { say_more(call, line); }});
  add_panel(plan, arguments.panel);
  say_means(arguments, plan, call);
  if (!arguments.force && is_there(path, plan, arguments)) {
    if (remove_left_over(path, plan, kVersion)) forget_kept_runs(plan.study, {path + ".partial", "", 0});
    hint(call, fmt::format("{} holds this study with the same inputs: nothing to run (--force runs it again)\n", path));
    return show(path, {}, call);
  }
  return run_or_say_how_to_go_on(plan, path, options, arguments, call);
}

void add_loudness(CLI::App& command, Call& call) {
  auto* quiet = command.add_flag_callback(
      "--quiet", [&call] { call.loudness = Loudness::quiet; }, "No progress, no hints");
  command
      .add_flag_callback(
          "--verbose", [&call] { call.loudness = Loudness::verbose; },
          "Say which files are read, where the start is kept, threads, form of the kernel, memory")
      ->excludes(quiet);
}

/// What is done about results that are there already: one of these at most.
void add_what_is_there(CLI::App& command, RunArguments& arguments) {
  CLI::Option* force = command.add_flag("--force", arguments.force, "Overwrite a results file");
  CLI::Option* resume =
      command.add_flag("--resume", arguments.resume, "Go on with a run that was stopped; the results are the same")
          ->excludes(force);
  command.add_option("--expand", arguments.expand, "Up to so many replicates; those in the results file are kept")
      ->check(whole_number(2, 10000))
      ->excludes(force)
      ->excludes(resume);
}

ExitCode run_with_settings(const RunArguments& arguments, const Call& call) {
  ExitCode how = ExitCode::failed;
  in_terms_of_settings(arguments.settings, arguments.study, [&] { how = run_study(arguments, call); });
  return how;
}

}  // namespace

void add_run(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = app.add_subcommand("run", "Simulate a study and compare its scenarios with the baseline");
  command->add_option("study", arguments->study, "Study file, such as scenarios/first-look.yaml")->required();
  add_set(*command, arguments->settings);
  command->add_option("-o,--output", arguments->output,
                      "Results file (default: results/<study>.h5); a folder that is not there is made");
  add_threads(*command, arguments->threads);
  command->add_option("--isa", arguments->isa, "Form of the kernel; changes no result")
      ->check(one_of({"scalar", "avx2", "avx512"}));
  command->add_option("--panel", arguments->panel, "Also keep every month of so many residents, the same in all runs")
      ->check(whole_number(1, 1000000));
  add_what_is_there(*command, *arguments);
  command
      ->add_option("--checkpoint", arguments->checkpoint,
                   "Seconds between two states that are kept of a run, for --resume (default: 30; 0: after every year)")
      ->check(whole_number(0, 1000000));
  command->add_flag("--dry-run", arguments->dry_run, "Say what would be run, and run nothing");
  command->add_flag("--json", call.json, "The comparison, or with --dry-run the plan, as JSON");
  add_loudness(*command, call);
  command->callback(
      [arguments, &call] { call.work = [arguments, &call] { return run_with_settings(*arguments, call); }; });
}

}  // namespace sleutel
