#pragma once
/// \file
/// The processes of one parallel job (MPI ranks), which may be on many machines, and how they share the runs of a plan.
/// Rank 0 reads the command, deals the runs one by one to whoever is free, lives runs itself, and gathers what all of
/// them saw. The others make the same plan from the same files and wait for what they are told.
///
///     Ranks ranks(argc, argv);
///     if (ranks.own() > 0) ranks.serve(make, stop);           // until rank 0 goes
///     ranks.simulate({words, digest}, plan, options, recorder, progress, stop);    // on rank 0, any number of times
///
/// docs/decisions/0053-one-rank-records.md says why it is so.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sleutel/simulation.h"

namespace sleutel {

/// What the other ranks need to make the plan that rank 0 has.
struct Order {
  std::vector<std::string> words;  ///< for whoever makes the plan there; nothing here reads them
  std::string inputs;              ///< digest of what the plan is made of: the same on all ranks
  int threads = 0;                 ///< of each rank; 0: a fair share of what this machine allows
  std::string isa;
  std::vector<std::uint64_t> panel;  ///< StudyPlan::panel
};

/// A plan made to order.
struct Ordered {
  StudyPlan plan;
  std::string inputs;
};

class Ranks {
 public:
  Ranks(int& argc, char**& argv);
  /// Lets the other ranks go. When one of them has died this ends the process, with that exit code: the library would
  /// wait for the dead.
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  int own() const;
  int count() const;
  /// Of this rank, if nobody says how many: a fair share of what its machine allows.
  int threads() const;

  /// On rank 0: as sleutel::simulate, on all ranks. Errors: as there, of any rank; EnvironmentError too if a rank could
  /// not make the plan or made another. If a rank dies the others stop, and the end says which it was. On several ranks
  /// no state of a run is kept or gone on with: another rank may live it next.
  SimulationEnd simulate(const Order& order, const StudyPlan& plan, const RunOptions& options, Recorder& recorder,
                         Progress& progress, const std::atomic<bool>& stop);

  /// On the other ranks: lives runs until rank 0 lets them go, or `stop`.
  void serve(const std::function<Ordered(const Order&)>& make, const std::atomic<bool>& stop);

  struct State;  ///< private to sim/engine/ranks/

 private:
  std::unique_ptr<State> state_;
};

}  // namespace sleutel
