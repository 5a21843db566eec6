#pragma once
/// \file
/// From a study to a plan: the city with its start state, a model for each scenario, the programmes in use.

#include <functional>
#include <string>

#include "sim/study/folders.h"
#include "sleutel/scenario.h"

namespace sleutel {

struct PlanOptions {
  int threads = 0;                                     ///< for finding the start state; 0: all
  std::function<void(const std::string&)> tell;        ///< receives lines about long steps; may be empty
};

/// Checks every name of the study and makes its plan. Throws InputError with all problems.
StudyPlan make_plan(const Study& study, const PlanOptions& options);

/// Checks all that make_plan checks, without making the start state.
void check_study(const Study& study);

}  // namespace sleutel
