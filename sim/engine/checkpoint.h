#pragma once
/// \file
/// The state of a run that is under way, kept in a file so that a run that was killed need not begin again. What is
/// kept at the end of a year are the columns of the city, who takes part in programmes, the books, and who of the panel
/// is gone: all else is made from them, as the law says that a run that forgets everything each month gives the same
/// bits. docs/decisions/0055-states-of-runs-are-kept.md
///
///     RunKeeper keeper(options.checkpoints, run);
///     keeper.begin(years_recorded);        // the run was started; now it may stand at a later year
///     ... keeper.year_done(); ...          // after each year that was handed to the recorder
///     keeper.run_done();

#include <chrono>
#include <string>

#include "sim/engine/run.h"

namespace sleutel {

inline constexpr std::uint64_t kCheckpointVersion = 2;  ///< of the format; files of another are not gone on with

/// Writes the state to a new file and gives it this name. Throws EnvironmentError (input_output).
void write_state(const Run& run, const std::string& identity, const std::string& path);

/// What a file holds, all of it read. If `into` is given, a run that was started with the same scenario and replicate,
/// and the file is whole and of at most `latest` years, the run is then as it was; else it is as it was started.
KeptRun read_state(const std::string& path, const std::string& identity, int scenario, int replicate,
                   Run* into = nullptr, int latest = 1 << 20);

/// Keeps one run.
class RunKeeper {
 public:
  RunKeeper(const Checkpoints& rules, Run& run);

  /// Goes on from what was kept, if it is whole, of this run, and not later than what is recorded.
  void begin(int years_recorded);
  /// Keeps the state if it is time: see Checkpoints. A failure ends the keeping and is told in problem().
  void year_done();
  /// Nothing needs to be kept any more.
  void run_done();
  const std::string& problem() const { return problem_; }

 private:
  const Checkpoints& rules_;
  Run& run_;
  std::string path_;  ///< empty: nothing is kept
  std::chrono::steady_clock::time_point last_;
  double wait_ = 0;  ///< [seconds] after the last one
  std::string problem_;
};

}  // namespace sleutel
