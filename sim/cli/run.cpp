#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "output/compare/compare.h"
#include "output/compare/print.h"
#include "output/compare/print_summary.h"
#include "output/hdf5/read.h"
#include "output/hdf5/stream.h"
#include "sim/base/numbers.h"
#include "sim/cli/commands.h"
#include "sim/cli/signals.h"
#include "sim/cli/version.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

struct RunArguments {
  std::string study, output, isa;
  int threads = 0;
  bool force = false, dry_run = false;
};

constexpr const char* kNotStarted = "interrupted while the start was sought: nothing was run, nothing was written";

std::string joined(const std::vector<std::string>& words) {
  std::string line = "sleutel";
  for (const std::string& word : words) line += " " + word;
  return line;
}

std::string output_of(const RunArguments& arguments, const Study& study) {
  return arguments.output.empty() ? "results/" + study.id + ".h5" : arguments.output;
}

std::string number_of_runs(const Study& study) {
  return fmt::format("{} scenarios x {} replicates = {} runs of {} years", study.scenarios.size(), study.replicates,
                     study.scenarios.size() * static_cast<std::size_t>(study.replicates), study.years);
}

/// The plan in words; nothing is made and nothing is run.
ExitCode tell_plan(const Study& study, const RunArguments& arguments) {
  const Library library = read_library(data_folders(study));
  std::string text = fmt::format("{}: {}\n", study.id, study.question);
  text +=
      fmt::format("  city: {}{}, from {}\n", study.city,
                  study.residents > 0 ? fmt::format(", a sample of about {} residents", with_thousands(study.residents))
                                      : std::string(", all residents"),
                  to_string(study.start));
  text += fmt::format("  runs: {}\n", number_of_runs(study));
  for (const ScenarioEntry& scenario : study.scenarios) {
    text += fmt::format("  {}:{}\n", scenario.name,
                        scenario.programmes.empty() && scenario.set.empty() ? " nothing differs from the model" : "");
    for (const ProgrammeEntry& entry : scenario.programmes)
      text += fmt::format("    {} reaches {:.0f}% of the eligible, from {}{}\n", entry.programme, 100 * entry.coverage,
                          to_string(entry.from), entry.until ? " until " + to_string(*entry.until) : std::string());
    for (const ParameterChange& change : scenario.set)
      text += fmt::format("    {} = {}\n", change.path, number_text(change.value));
  }
  constexpr double kAssumedSpeed = 20e6;  // resident-months per second on two cores, benchmarks/history.csv
  const double people = study.residents > 0 ? study.residents : 130108;
  const double months = people * study.years * 12 * static_cast<double>(study.scenarios.size()) * study.replicates;
  text += fmt::format("  about {:.0f} million resident-months: roughly {:.0f} s on two cores\n", months / 1e6,
                      months / kAssumedSpeed + 1);
  text += fmt::format("  results: {}\n", output_of(arguments, study));
  print(text);
  return ExitCode::done;
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

ExitCode say_interrupted(const Hdf5Recorder& recorder, const RunArguments& arguments) {
  const Results results = read_results(recorder.partial_path());
  std::fputs(fmt::format("\ninterrupted. {}\n{} opens as it is. To run again: sleutel run {}{} --force\n",
                         finished_years_text(results), recorder.partial_path(), arguments.study,
                         arguments.output.empty() ? std::string() : " --output " + arguments.output)
                 .c_str(),
             stderr);
  return ExitCode::interrupted;
}

ExitCode run_study(const RunArguments& arguments, const Call& call) {
  const Study study = read_checked_study(arguments.study);
  if (arguments.dry_run) return tell_plan(study, arguments);
  const std::string path = output_of(arguments, study);
  hint(call, fmt::format("{}: {}\n", study.id, number_of_runs(study)));
  const std::atomic<bool>& stop = watch_signals();
  const StudyPlan plan = make_plan(study, {arguments.threads, [&](const std::string& line) {
                                             hint(call, line + "\n");
                                             if (stop) throw EnvironmentError(ExitCode::interrupted, kNotStarted);
                                           }});
  if (!arguments.force && existing_result(path, plan, kVersion) == Existing::same) {
    hint(call, fmt::format("{} holds this study with the same inputs: nothing to run (--force runs it again)\n", path));
    return show(path, {}, call);
  }
  Hdf5Recorder recorder(plan, path, {kVersion, joined(call.arguments), ""},
                        arguments.force ? Overwrite::allow : Overwrite::refuse);
  Progress progress;
  SimulationEnd end;
  {
    RunOptions options;
    options.threads = arguments.threads;
    options.isa = arguments.isa;
    const ProgressLine line(progress, call.loudness);
    end = simulate(plan, options, recorder, progress, stop);
  }
  if (end.interrupted) return say_interrupted(recorder, arguments);
  recorder.finish();
  return show(path, {end.resident_months, end.seconds}, call);
}

}  // namespace

void add_run(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = app.add_subcommand("run", "Simulate a study and compare its scenarios with the baseline");
  command->add_option("study", arguments->study, "Study file, such as scenarios/first-look.yaml")->required();
  command->add_option("-o,--output", arguments->output, "Results file (default: results/<study>.h5)");
  command->add_option("--threads", arguments->threads, "At most so many threads (default: all that are allowed)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--isa", arguments->isa, "Form of the kernel; changes no result")
      ->check(CLI::IsMember({"scalar", "avx2"}));
  command->add_flag("--force", arguments->force, "Overwrite a results file");
  command->add_flag("--dry-run", arguments->dry_run, "Say what would be run, and run nothing");
  command->add_flag("--json", call.json, "The comparison as JSON");
  command->add_flag_callback(
      "--quiet", [&call] { call.loudness = Loudness::quiet; }, "No progress, no hints");
  command->callback([arguments, &call] { call.work = [arguments, &call] { return run_study(*arguments, call); }; });
}

}  // namespace sleutel
