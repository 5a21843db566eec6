#include "sim/fit/fit.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/write_file.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

struct FitArguments {
  std::string study = "scenarios/fit.yaml", targets, svg, language = "en";
  int threads = 0;
  bool held_out = false, effects = false, force = false;
  Settings settings;
};

void check_fit_words(const FitArguments& arguments, const Call& call) {
  const auto refuse = [](const std::string& where, const std::string& what, const std::string& suggestion) {
    throw InputError({{"", 0, 0, where, what, suggestion}}, ExitCode::usage);
  };
  if (arguments.language != "en" && arguments.svg.empty())
    refuse("--language", "it is that of the picture only", "add --svg FILE");
  if (call.json && !arguments.svg.empty()) refuse("--svg", "not together with --json", "leave one of them out");
}

/// The figures of the study's city, or of the file that was named in the place of targets.yaml.
FigureFiles figure_files(const FitArguments& arguments, const DataFolders& folders) {
  const std::string targets = arguments.targets.empty() ? (folders.city / "targets.yaml").string() : arguments.targets;
  const std::string effects = arguments.effects ? (folders.city / "effects.yaml").string() : "";
  return {targets, (folders.city / "held_out.yaml").string(), effects, folders.evidence.string()};
}

/// Only the baseline is lived: no other scenario needs a model.
Study baseline_of(Study study) {
  study.scenarios.resize(1);
  return study;
}

ExitCode fit_study(const FitArguments& arguments, const Call& call) {
  check_fit_words(arguments, call);
  const Study study = read_checked_study(arguments.study, arguments.settings);
  if (!arguments.svg.empty()) check_place(arguments.svg, arguments.force ? Replace::yes : Replace::no);
  const Library library = read_library(data_folders(study));
  const FigureLists lists = read_lists(figure_files(arguments, library.folders), *library.model, library.districts);
  const StudyPlan plan =
      make_plan(baseline_of(study), {arguments.threads, [&](const std::string& line) { hint(call, line + "\n"); }});
  RunOptions options;
  options.threads = arguments.threads;
  const FigureList& asked = arguments.effects ? lists.effects : arguments.held_out ? lists.held_out : lists.targets;
  const Fit fit = fit_figures(plan, asked, options);
  if (arguments.svg.empty()) {
    print(call.json ? fit_json(fit) : fit_text(fit));
    hint(call, fmt::format("Next: sleutel fit {}{}{}\n", shell_word(arguments.study), set_words(arguments.settings),
                           arguments.effects    ? " --effects --svg fit.svg"
                           : arguments.held_out ? " --effects"
                                                : " --held-out"));
    return ExitCode::done;
  }
  write_file(arguments.svg, fit_svg(fit, arguments.language == "nl" ? FitLanguage::nl : FitLanguage::en));
  print(fmt::format("{}: {} of {} figures met\n", arguments.svg, fit.met(), fit.figures.size()));
  return ExitCode::done;
}

ExitCode fit_with_settings(const FitArguments& arguments, const Call& call) {
  ExitCode how = ExitCode::failed;
  in_terms_of_settings(arguments.settings, arguments.study, [&] { how = fit_study(arguments, call); });
  return how;
}

}  // namespace

void add_fit(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<FitArguments>();
  CLI::App* command = app.add_subcommand("fit", "Published figures beside the simulated ones, and which are missed");
  command->add_option("study", arguments->study, "Study file (default: scenarios/fit.yaml); its baseline is asked");
  CLI::Option* const held_out =
      command->add_flag("--held-out", arguments->held_out, "The figures that the model was never fitted to");
  command->add_flag("--effects", arguments->effects, "Published studies, repeated among the residents")
      ->excludes(held_out);
  command->add_option("--targets", arguments->targets, "Targets from this file, not from the city's targets.yaml");
  add_set(*command, arguments->settings);
  command->add_flag("--json", call.json, "As JSON");
  command->add_option("--svg", arguments->svg, "Draw published against simulated to this file");
  command->add_option("--language", arguments->language, "Of the picture: en or nl (default: en)")
      ->check(one_of({"en", "nl"}));
  command->add_flag("--force", arguments->force, "Overwrite a file that is there");
  add_threads(*command, arguments->threads);
  command->add_flag_callback(
      "--quiet", [&call] { call.loudness = Loudness::quiet; }, "No hints");
  command->callback(
      [arguments, &call] { call.work = [arguments, &call] { return fit_with_settings(*arguments, call); }; });
}

}  // namespace sleutel
