#pragma once
/// \file
/// Memory of this process: what it has held, what a run will hold, and what it may.

#include <string>

#include "sleutel/scenario.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// The most that this process has held [bytes].
double most_held();

/// "1,228 MB", rounded up.
std::string megabytes(double bytes);

/// What running a plan will hold at most, in this process.
struct ExpectedMemory {
  double bytes = 0;
  int runs_at_once = 0;  ///< each with a city of its own
};

/// Asked when the plan is made and nothing else: from what is held now, the residents, the results, the panel.
ExpectedMemory expected_memory(const StudyPlan& plan, const RunOptions& options);

/// What is to be said of it beforehand: "" if it fits, else which limit is lower and what to do.
std::string memory_warning(const ExpectedMemory& expected);

/// The least of what the control groups, ulimit -v and the machine leave to this process [bytes], and whose limit it
/// is.
struct MemoryLimit {
  double bytes = 0;
  std::string whose;  ///< "the control group", "ulimit -v", "this machine"
};
MemoryLimit memory_limit();

}  // namespace sleutel
