#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "output/hdf5/carried.h"
#include "output/hdf5/digest.h"
#include "output/hdf5/inputs.h"
#include "output/hdf5/stream.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/signals.h"
#include "sim/cli/temporary_folder.h"
#include "sim/cli/version.h"
#include "sim/cli/write_file.h"
#include "sim/study/make_plan.h"

// A result is run again from what it carries, in a folder of its own, and every bit is compared.

namespace sleutel {
namespace {

namespace fs = std::filesystem;

struct ReproduceArguments {
  std::string file;
  int threads = 0;
};

[[noreturn]] void refuse(const std::string& file, const std::string& what, const std::string& suggestion) {
  throw InputError({Problem{file, 0, 0, "", what, suggestion}});
}

void refuse_what_cannot_be(const Carried& carried) {
  if (carried.scheme == 0)
    refuse(carried.file, "does not say by which scheme of random numbers it was made",
           "reproduce it with the version that made it, or run its study again");
  if (carried.version != kVersion || carried.scheme != kSchemeVersion)
    refuse(carried.file,
           fmt::format("made by Sleutel {} (scheme {}); this is {} (scheme {}), which may give other numbers",
                       carried.version, carried.scheme, kVersion, kSchemeVersion),
           "reproduce it with the version that made it");
  if (carried.finished < carried.all)
    refuse(carried.file, fmt::format("holds {} of {} years of runs", carried.finished, carried.all),
           "sleutel run STUDY --resume finishes it");
}

/// Writes out what the file carries; gives the name of the study file.
std::string write_out(const Carried& carried, const fs::path& folder) {
  std::error_code ignored;
  for (const CarriedFile& one : carried.files) {
    const fs::path name = fs::path(one.name).lexically_normal();
    if (name.empty() || name.is_absolute() || !name.has_filename() || *name.begin() == ".." || name == ".")
      refuse(carried.file, "carries a file outside its own folder: " + in_quotes(one.name), "do not trust this file");
    fs::create_directories((folder / name).parent_path(), ignored);
    write_file((folder / name).string(), one.text);
  }
  std::string study = (folder / "study-of-the-file.yaml").string();
  while (fs::exists(study, ignored)) study += ".yaml";  // a model may have this name
  write_file(study, carried.study_text);
  return study;
}

/// Runs it all to a file in the folder. False if it was interrupted.
bool run_again(const StudyPlan& plan, const std::string& to, const ReproduceArguments& arguments, const Call& call,
               const std::atomic<bool>& stop) {
  Hdf5Recorder recorder(plan, to, {kVersion, "sleutel reproduce", "", kSchemeVersion});
  Progress progress;
  RunOptions options;
  options.threads = arguments.threads;
  SimulationEnd end;
  {
    const ProgressLine line(progress, call.loudness);
    end = simulate(plan, options, recorder, progress, stop);
  }
  if (!end.interrupted) recorder.finish();
  return !end.interrupted;
}

constexpr const char* kInterrupted = "interrupted: nothing was compared, nothing is left";
constexpr std::size_t kMostNamed = 10;

std::string named(const std::vector<std::string>& names, const char* what) {
  std::string text = counted(names.size(), what) + ":\n";
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i) text += "  " + names[i] + "\n";
  if (names.size() > kMostNamed) text += fmt::format("  and {} more\n", names.size() - kMostNamed);
  return text;
}

ExitCode tell(const std::string& file, const std::string& number, const Differences& differ, const Call& call) {
  if (call.json) {
    print(nlohmann::ordered_json{{"file", file},
                                 {"same", differ.none()},
                                 {"digest", number},
                                 {"differ", differ.variables},
                                 {"differ_attributes", differ.attributes}}
              .dump(2) +
          "\n");
  } else if (differ.none()) {
    print(fmt::format("{}: the same, every bit of every variable (digest {})\n", file, number));
  } else {
    std::string text;
    if (!differ.variables.empty()) text += file + ": not the same in " + named(differ.variables, "variable");
    if (!differ.attributes.empty()) text += file + ": not the same in " + named(differ.attributes, "attribute");
    print(text + "The file was changed after it was made, or this machine does not give the bits that it should.\n");
  }
  return differ.none() ? ExitCode::done : ExitCode::failed;
}

/// Does the work; what is wrong with a file in the folder is told of the one that it came from.
template <class Work>
auto in_terms_of(const std::string& file, const fs::path& folder, Work&& work) {
  try {
    return work();
  } catch (InputError& error) {
    const std::string inside = folder.string() + "/";
    for (Problem& problem : error.problems)
      if (problem.file.starts_with(inside)) problem.file = file + " (its " + problem.file.substr(inside.size()) + ")";
    throw;
  }
}

ExitCode reproduce(const ReproduceArguments& arguments, const Call& call) {
  const Carried carried = read_carried(arguments.file);
  refuse_what_cannot_be(carried);
  if (!carried.sealed)
    hint(call,
         arguments.file + " does not end with its checksums: another program changed it; what differs is sought\n");
  const std::string number = digest(arguments.file, Unsealed::allow);
  const TemporaryFolder folder;
  const std::atomic<bool>& stop = watch_signals();
  const std::string written = write_out(carried, folder.path());
  const auto ours = [&](auto&& work) { return in_terms_of(arguments.file, folder.path(), work); };
  const Study study = ours([&] { return read_checked_study(written); });
  hint(call, fmt::format("{}: {} of {} again\n", arguments.file,
                         counted(study.scenarios.size() * static_cast<std::size_t>(study.replicates), "run"),
                         counted(static_cast<std::size_t>(study.years), "year")));
  const auto search_on = [&](const std::string& line) {
    hint(call, line + "\n");
    if (stop) throw EnvironmentError(ExitCode::interrupted, kInterrupted);
  };
  StudyPlan plan = ours([&] { return make_plan(study, {arguments.threads, search_on, {}}); });
  plan.panel = carried.panel;
  if (inputs_digest(plan, kVersion) != carried.inputs)
    refuse(arguments.file, "what this program makes of its inputs is not what it was made from (inputs_digest)",
           "the file was changed, or this program has another start or model for the same texts");
  const std::string again = (folder.path() / "again.h5").string();
  if (!run_again(plan, again, arguments, call, stop)) throw EnvironmentError(ExitCode::interrupted, kInterrupted);
  return tell(arguments.file, number, differences(arguments.file, again), call);
}

}  // namespace

void add_reproduce(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<ReproduceArguments>();
  CLI::App* command =
      app.add_subcommand("reproduce", "Run a result again from what its file carries, and compare every bit");
  command->add_option("file", arguments->file, "Results file, such as results/first-look.h5")->required();
  add_threads(*command, arguments->threads);
  command->add_flag("--json", call.json, "What differs, as JSON");
  command->add_flag_callback(
      "--quiet", [&call] { call.loudness = Loudness::quiet; }, "No progress, no hints");
  command->callback([arguments, &call] { call.work = [arguments, &call] { return reproduce(*arguments, call); }; });
}

}  // namespace sleutel
