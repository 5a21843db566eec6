#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>

#include "sim/base/checksum.h"
#include "sim/base/files.h"
#include "sim/base/text.h"
#include "sim/calibrate/calibration.h"
#include "sim/calibrate/ledger.h"
#include "sim/calibrate/model_simulator.h"
#include "sim/calibrate/read_calibration.h"
#include "sim/calibrate/report.h"
#include "sim/city/make_city.h"
#include "sim/city/read_flows.h"
#include "sim/cli/commands.h"
#include "sim/cli/signals.h"
#include "sim/cli/write_file.h"
#include "sim/fit/counts.h"
#include "sim/fit/fit.h"
#include "sim/fit/measure.h"
#include "sim/study/make_plan.h"
#include "sim/study/start_cache.h"

namespace sleutel {
namespace {

constexpr std::size_t kToldEvery = 20;  ///< simulations

struct CalibrateArguments {
  std::string file = "scenarios/leiden/calibration.yaml", output;
  int threads = 0;
  bool force = false;
};

/// What a calibration works with.
struct CalibrationInputs {
  Library library;
  FigureList targets;
  calibrate::Ground ground;
  std::vector<calibrate::Aim> aims;
  std::string identity;  ///< of everything that decides what comes of a point
};

std::vector<double> figures_of(const Arm& arm, int replicate, const FigureList& targets) {
  const CountsOfFigures counts = count_figures(arm, replicate, targets.figures);
  std::vector<double> values;
  for (std::size_t j = 0; j < targets.figures.size(); ++j) {
    const PublishedFigure& figure = targets.figures[j];
    const double value = value_of(figure, arm.model, counts.side[j], counts.against[j]);
    if (!std::isfinite(value))
      throw EnvironmentError(ExitCode::failed,
                             fmt::format("{}: nobody was there to be asked in the sample of {} residents; give the "
                                         "calibration more residents or more years",
                                         figure.id, arm.plan.start->residents.size()));
    values.push_back(value);
  }
  return values;
}

std::uint64_t text_sum(const std::string& text) {
  Checksum sum;
  sum.add(text.data(), text.size());
  return sum.value();
}

std::string identity_of(const CalibrationInputs& inputs, const std::string& targets_file) {
  const calibrate::CalibrationFile& calibration = inputs.ground.calibration;
  const std::string texts = read_file(calibration.file) + read_file(targets_file);
  return fmt::format("{}-{:016x}",
                     start_key(*inputs.library.model, inputs.ground.made, inputs.ground.flows, calibration.city_seed),
                     text_sum(texts));
}

std::unique_ptr<CalibrationInputs> inputs_of(const CalibrateArguments& arguments) {
  auto inputs = std::make_unique<CalibrationInputs>();
  const calibrate::CalibrationFile names = calibrate::read_calibration_names(arguments.file);
  const std::filesystem::path near = std::filesystem::path(arguments.file).parent_path();
  const DataFolders folders = data_folders(names.city, near, names.model);
  inputs->library = read_library(folders);
  calibrate::Ground& ground = inputs->ground;
  ground.calibration = calibrate::read_calibration(arguments.file, *inputs->library.model);
  const std::string targets = beside(arguments.file, names.targets);
  const FigureFiles files{targets, (folders.city / "held_out.yaml").string(), "", folders.evidence.string()};
  inputs->targets = read_lists(files, *inputs->library.model, inputs->library.districts).targets;
  ground.model_file = folders.model.string();
  ground.evidence_folder = folders.evidence.string();
  const City made = make_city(read_city_files(folders.city.string()), ground.calibration.city_seed);
  ground.made = sample_city(made, ground.calibration.residents, ground.calibration.city_seed);
  ground.flows = read_flows(folders.city.string());
  ground.targets = inputs->targets.figures.size();
  ground.measure = [targets = &inputs->targets](const Arm& arm, int replicate) {
    return figures_of(arm, replicate, *targets);
  };
  for (const PublishedFigure& figure : inputs->targets.figures)
    inputs->aims.push_back({figure.id, figure.published, allowed_error(figure, inputs->targets)});
  inputs->identity = identity_of(*inputs, targets);
  return inputs;
}

calibrate::Options search_options(const calibrate::CalibrationFile& calibration, const Call& call) {
  calibrate::Options options;
  const auto take = [](int asked, std::size_t& value) {
    if (asked > 0) value = static_cast<std::size_t>(asked);
  };
  take(calibration.search.first_design, options.per_parameter);
  take(calibration.search.downhill, options.downhill);
  take(calibration.search.waves, options.waves);
  take(calibration.search.wave_points, options.wave_points);
  take(calibration.search.draws, options.draws);
  take(calibration.search.most_sampled, options.most_sampled);
  options.seed = calibration.seed;
  options.tell = [&call](const std::string& line) { hint(call, line + "\n"); };
  return options;
}

/// The three files of a calibration.
struct CalibrationFiles {
  std::string calibrated, draws, ledger;
};

CalibrationFiles files_of(const CalibrateArguments& arguments, const std::string& id) {
  const std::string stem = arguments.output.empty() ? "results/" + id : arguments.output;
  return {stem + ".calibrated.yaml", stem + ".draws.csv", stem + ".ledger"};
}

ExitCode search(const CalibrateArguments& arguments, const Call& call) {
  const auto inputs = inputs_of(arguments);
  const calibrate::CalibrationFile& calibration = inputs->ground.calibration;
  const CalibrationFiles files = files_of(arguments, calibration.id);
  const Replace replace = arguments.force ? Replace::yes : Replace::no;
  check_place(files.calibrated, replace);
  check_place(files.draws, replace);
  if (arguments.force) std::filesystem::remove(files.ledger);
  calibrate::Ledger ledger(files.ledger, inputs->identity);
  const std::size_t known = ledger.size();
  if (known > 0)
    hint(call, fmt::format("{}: {} are there, they are not run again\n", files.ledger, counted(known, "simulation")));
  calibrate::ModelSimulator simulator(inputs->ground, ledger, arguments.threads);
  const std::atomic<bool>& stop = watch_signals();
  simulator.stop = [&stop] { return stop.load(); };
  simulator.tell_simulated = [&call](std::size_t runs) {
    if (runs % kToldEvery == 0) hint(call, fmt::format("  {} simulations\n", runs));
  };
  const auto began = std::chrono::steady_clock::now();
  const auto simulate = [&](const std::vector<calibrate::Point>& points, std::size_t first) {
    return simulator(points, first);
  };
  const calibrate::Options options = search_options(calibration, call);
  const calibrate::Calibration found =
      calibrate::calibrate(calibration.parameters.size(), inputs->aims, simulate, options);
  calibrate::Report report = calibrate::report_of(calibration, inputs->aims, found);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  write_file(files.calibrated, calibrate::calibrated_yaml(report, calibration, found));
  write_file(files.draws, calibrate::draws_csv(calibration, found));
  print(call.json ? calibrate::report_json(report) : calibrate::report_text(report));
  hint(call, fmt::format("{} simulations in {:.0f} s. {}, {}\n", report.runs - known, report.seconds, files.calibrated,
                         files.draws));
  return ExitCode::done;
}

ExitCode search_or_say_how_to_go_on(const CalibrateArguments& arguments, const Call& call) {
  try {
    return search(arguments, call);
  } catch (const EnvironmentError& error) {
    if (error.code != ExitCode::interrupted) throw;
    const std::string output = arguments.output.empty() ? "" : " --output " + shell_word(arguments.output);
    throw EnvironmentError(error.code,
                           fmt::format("interrupted; what was simulated is kept. To go on: sleutel calibrate {}{}",
                                       shell_word(arguments.file), output));
  }
}

}  // namespace

void add_calibrate(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<CalibrateArguments>();
  CLI::App* command = app.add_subcommand("calibrate", "Find parameters with which the published figures come out");
  command->add_option("file", arguments->file, "What is moved (default: scenarios/leiden/calibration.yaml)");
  command->add_option(
      "-o,--output", arguments->output,
      "Where to write, without an ending (default: results/<calibration>): .calibrated.yaml, .draws.csv, .ledger");
  add_threads(*command, arguments->threads);
  command->add_flag("--force", arguments->force, "Begin anew, and overwrite what is there");
  command->add_flag("--json", call.json, "The report as JSON");
  command->add_flag_callback(
      "--quiet", [&call] { call.loudness = Loudness::quiet; }, "No progress, no hints");
  command->callback(
      [arguments, &call] { call.work = [arguments, &call] { return search_or_say_how_to_go_on(*arguments, call); }; });
}

}  // namespace sleutel
