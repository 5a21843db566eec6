#pragma once
/// \file
/// How fast the engine is on this machine, under the model and the city of a plan.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/bench/ceilings.h"
#include "sleutel/scenario.h"
#include "sleutel/simulation.h"

namespace sleutel {

inline constexpr int kBenchYears = 5;  ///< that a round takes

struct BenchResult {
  std::int64_t residents = 0;     ///< of the start city
  int months = 0;                 ///< of each timed round
  int threads = 0;                ///< each lives one run
  std::string isa;                ///< form of the kernel
  int lanes = 0;                  ///< transitions' states: live lanes over residents, households and couples
  double mean_active_states = 0;  ///< states that a resident has, at the end
  double resident_months_per_second =
      0;  ///< median of five rounds, all threads together; of one, if it takes over 10 s
  double scalar_resident_months_per_second = 0;  ///< the same of the scalar form, one round after a first
  double vector_over_scalar = 0;                 ///< ratio of the two
  double bytes_per_resident = 0;                 ///< of the columns of Residents
  double working_bytes_per_resident = 0;  ///< of all columns and sums of a run as allocated: homes, units, bounds ...
  struct Phase {
    std::string name;  ///< of the month (sim/engine/month.cpp); "year" is what happens once a year
    double ns = 0;     ///< processor time per resident-month [ns]
  };
  std::vector<Phase> phases;  ///< of one run on one thread
  double whole_ns = 0;        ///< sum of the phases [ns]
  Ceilings ceilings;          ///< measured in the same run
  std::string machine;        ///< name of the processor
};

/// Lives the first kBenchYears years of the plan's baseline again and again; a round is that of as many runs as
/// threads. With a form of the kernel asked for in the options, only that one is timed.
BenchResult bench(const StudyPlan& plan, const RunOptions& options);

}  // namespace sleutel
