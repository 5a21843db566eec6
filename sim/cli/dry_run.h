#pragma once
/// \file
/// `sleutel run --dry-run`: the plan of a study in words, and what it will cost.

#include <string>

#include "sim/cli/commands.h"
#include "sleutel/scenario.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// "3 scenarios x 10 replicates = 30 runs of 10 years".
std::string number_of_runs(const Study& study);

/// The plan as text, ending in a line end. Nothing is written. Time and memory are measured on two years of one run;
/// where the start of the city was never found, they are not told, since finding it is most of the work.
std::string plan_text(const Study& study, const std::string& results, const RunOptions& options, int panel);

/// The same as JSON; what is not told is null.
std::string plan_json(const Study& study, const std::string& results, const RunOptions& options, int panel);

/// "1,000 residents every month, about 12 MB of the results": lives a few years of one run to see it.
std::string panel_words(const StudyPlan& plan, const RunOptions& options);

}  // namespace sleutel
