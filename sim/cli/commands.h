#pragma once
/// \file
/// The commands. Each adds its words to the command line and, when chosen, leaves a function that does the work.

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/cli/progress.h"
#include "sim/study/settings.h"
#include "sleutel/error.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// Runs to be lived, and all that another process needs to make the same plan.
struct Job {
  const StudyPlan& plan;
  const RunOptions& options;
  Recorder& recorder;
  Progress& progress;
  const std::atomic<bool>& stop;
  std::string study;  ///< file
  Settings settings;
};

/// Lives them: here, or on all ranks of a job. As sleutel::simulate.
using Live = std::function<SimulationEnd(const Job&)>;

/// Where a command is done.
struct Here {
  Live live;
  int ranks = 1;    ///< processes that share the runs; of several none keeps states of runs that are under way
  int threads = 0;  ///< of this process, if the command line says nothing; 0: as many as allowed
};

/// What the command line chose, and how to talk.
struct Call {
  std::function<ExitCode()> work;  ///< of the chosen command
  Here here;
  Loudness loudness = Loudness::normal;
  bool json = false;
  std::vector<std::string> arguments;  ///< as given, for the provenance of results
};

void add_run(CLI::App& app, Call& call);
void add_validate(CLI::App& app, Call& call);
void add_compare(CLI::App& app, Call& call);
void add_measures(CLI::App& app, Call& call);
void add_inequality(CLI::App& app, Call& call);
void add_programmes(CLI::App& app, Call& call);
void add_city(CLI::App& app, Call& call);
void add_model(CLI::App& app, Call& call);
void add_list(CLI::App& app, Call& call);
void add_digest(CLI::App& app, Call& call);
void add_reproduce(CLI::App& app, Call& call);
void add_schema(CLI::App& app, Call& call);
void add_explain(CLI::App& app, Call& call);
void add_bench(CLI::App& app, Call& call);
void add_export(CLI::App& app, Call& call);
void add_trace(CLI::App& app, Call& call);
void add_fit(CLI::App& app, Call& call);
void add_calibrate(CLI::App& app, Call& call);
void add_attribute(CLI::App& app, Call& call);

/// A check of an argument that must be one of these words: an unknown one is told with the nearest, or with all.
CLI::Validator one_of(std::vector<std::string> words);

/// A check of an argument that must be a whole number from `least` to `most`.
CLI::Validator whole_number(std::int64_t least, std::int64_t most);

/// Adds --threads N.
void add_threads(CLI::App& command, int& threads);

/// Adds --set PATH=VALUE, which may be given again and again.
void add_set(CLI::App& command, Settings& settings, const std::string& of = "the study or the model, such as years=5");
/// " --set years=5": the settings as they are to be written after a command.
std::string set_words(const Settings& settings);

/// Prints to stdout; a failing write is an EnvironmentError (input_output).
void print(const std::string& text);
/// Prints progress and hints to stderr, unless quiet.
void hint(const Call& call, const std::string& text);
/// Prints a line to stderr, if --verbose was given.
void say_more(const Call& call, const std::string& line);

}  // namespace sleutel
