#pragma once
/// \file
/// What a results file carries of how it was made: enough to run it again.

#include <string>
#include <vector>

#include "sleutel/scenario.h"

namespace sleutel {

struct Carried {
  std::string file;
  std::string version, inputs;  ///< of the program that made it; the digest of its inputs
  bool sealed = true;           ///< false: does not end with its checksums, another program changed it
  int scheme = 0;               ///< of the random numbers and their use; 0: the file does not say
  int finished = 0, all = 0;    ///< years of runs
  std::string study_text;
  std::vector<CarriedFile> files;
  std::vector<std::uint64_t> panel;  ///< StudyPlan::panel
};

/// Errors as read_results, but that a file that another program has changed is read.
Carried read_carried(const std::string& path);

}  // namespace sleutel
