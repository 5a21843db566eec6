#pragma once
/// \file
/// What a process knows of its job. Private to sim/engine/ranks/.

#include <boost/mpi.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/ranks/messages.h"

namespace sleutel {

struct Ranks::State {
  State(int& argc, char**& argv) : environment(argc, argv, boost::mpi::threading::funneled, false) {}

  boost::mpi::environment environment;
  boost::mpi::communicator world;
  std::vector<std::string> machine;     ///< [rank] name
  std::vector<std::int64_t> processes;  ///< [rank] id on its machine
  int fair_threads = 1;                 ///< processors of this rank, shared with those that may use the same ones
  bool broken = false;                  ///< a rank has died
  int exit_code = 0;                    ///< if broken

  /// "rank 2 of 4 (process 812 on node1)"
  std::string name_of(int rank) const;
  /// False if the process of a rank on this machine is gone; of other machines nothing is known.
  bool may_be_alive(int rank) const;
};

namespace ranks {

inline constexpr int kRest = 500;      ///< [microseconds]
inline constexpr int kShortRest = 50;  ///< while numbers are on their way, which move only when somebody looks
/// Waits a moment, so that waiting takes no processor from those who work.
void rest(int microseconds = kRest);

SimulationEnd deal(Ranks::State& state, const Order& order, const StudyPlan& plan, const RunOptions& options,
                   Recorder& recorder, Progress& progress, const std::atomic<bool>& stop);

/// Lives what rank 0 deals of one plan.
void live_dealt(Ranks::State& state, const Order& order, const StudyPlan& plan, const std::atomic<bool>& stop);

}  // namespace ranks
}  // namespace sleutel
