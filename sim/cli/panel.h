#pragma once
/// \file
/// `--panel N`: who is in it, and how large it will be.

#include <cstdint>

#include "sleutel/scenario.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// Chooses this many residents of the start; 0: none. Throws EnvironmentError (usage) if there are not so many.
void add_panel(StudyPlan& plan, int count);

/// Bytes that the panel will take in the finished file, by the first years of one run, which are lived for it.
std::uint64_t expected_panel(const StudyPlan& plan, const RunOptions& options);

}  // namespace sleutel
