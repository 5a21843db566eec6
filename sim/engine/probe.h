#pragma once
/// \file
/// A few moments of a plan, lived to see how long the whole of it will take and how much memory.

#include <cstddef>

#include "sleutel/scenario.h"
#include "sleutel/simulation.h"

namespace sleutel {

struct Probe {
  double first_year = 0;      ///< of one run on one thread, with the copying of the start city [s]
  double later_year = 0;      ///< its second; 0 if the study has only one [s]
  std::size_t run_bytes = 0;  ///< memory that one run holds
  int runs_at_once = 0;       ///< in memory together
  int threads = 0;            ///< that the simulation would use
  double all_seconds = 0;     ///< that all runs of the plan will take, by these two years [s]
};

/// Lives the first two years of the baseline's first run and forgets them.
Probe probe(const StudyPlan& plan, const RunOptions& options);

}  // namespace sleutel
