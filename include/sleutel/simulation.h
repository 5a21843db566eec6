#pragma once
/// \file
/// Running a plan: every scenario x replicate, paired, in parallel.

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sleutel/recorder.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// What happened to one resident in one month; the event history that tests and traces read.
struct Event {
  std::uint64_t resident = 0;  ///< Residents::id
  std::int32_t month = 0;
  std::int16_t state = -1;  ///< state (begin/end), life event, or -1
  Change change = Change::begin;
  friend bool operator==(const Event&, const Event&) = default;
};

/// For a process that lives some of the runs of a plan, of which others live the rest. Its functions are called from
/// the threads of the simulation, several at once.
struct RunShare {
  int processes = 1;  ///< that share the runs
  std::function<std::optional<std::size_t>()>
      next;  ///< the run to be lived next here: replicate * scenarios + scenario
  std::function<void(std::size_t run, int month, const std::exception_ptr& why)> failed;  ///< hears of every failure
};

/// Where and how often the states of runs that are under way are kept, each in a file of its own
/// (sim/engine/checkpoint.h).
struct Checkpoints {
  std::string stem;      ///< the files are STEM.run-SCENARIO-REPLICATE; empty: nothing is kept
  std::string identity;  ///< of inputs and program: what was kept under another is not gone on with
  /// A run is kept at the end of a year when so many seconds have passed since it began or was kept, and a hundred
  /// times as many as keeping it takes; 0: at the end of every year.
  double seconds = 30;
};

enum class KeptState : std::uint8_t {
  none,     ///< there is no file
  other,    ///< of another study, program or version of the format
  damaged,  ///< cut off, or not as it was written
  whole,
};

/// What was kept of a run.
struct KeptRun {
  KeptState state = KeptState::none;
  int years = 0;  ///< that were lived
  std::string file;
};

/// Reads all of it.
KeptRun kept_run(const Checkpoints& rules, int scenario, int replicate);
/// Removes it.
void forget_kept(const Checkpoints& rules, int scenario, int replicate);

struct RunOptions {
  int threads = 0;            ///< 0: as many as the machine, the affinity and the control group allow
  int rows_per_block = 1024;  ///< residents per block; changes no result
  std::string isa;            ///< "", "scalar", "avx2", "avx512": which form of the kernel; changes no result
  int first_replicate = 0;
  /// The first years of a run that are recorded already: a run that has all of them is not lived. Empty: none.
  std::function<int(int scenario, int replicate)> years_recorded = {};
  Checkpoints checkpoints = {};
  std::shared_ptr<const RunShare> share = {};  ///< null: all runs are lived here, in their order
};

struct Progress {
  std::atomic<std::int64_t> resident_months{0};
  std::atomic<std::int64_t> run_months_done{0};  ///< months of runs done, of run_months_all
  std::int64_t run_months_all = 0;
};

/// How a simulation ended.
struct SimulationEnd {
  bool interrupted = false;
  std::int64_t resident_months = 0;
  double seconds = 0;
  std::string not_kept;  ///< why the state of a run could not be kept, or empty
  std::string lost;      ///< why it ended early, if it was not asked to: a process that died, in words
};

/// Runs all scenarios and replicates of the plan. Stops at the end of a month if `stop` becomes true.
/// Errors: EnvironmentError from the recorder passes through; the first by run and month.
SimulationEnd simulate(const StudyPlan& plan, const RunOptions& options, Recorder& recorder, Progress& progress,
                       const std::atomic<bool>& stop);

/// The event history of one run (one scenario and replicate), in order of month, resident, state.
std::vector<Event> event_history(const StudyPlan& plan, int scenario, int replicate, const RunOptions& options);

/// The city at the end of one run: every column, for tests of exactness.
City final_city(const StudyPlan& plan, int scenario, int replicate, const RunOptions& options);

}  // namespace sleutel
