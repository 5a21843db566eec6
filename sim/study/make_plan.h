#pragma once
/// \file
/// From a study to a plan: the city with its start state, a model for each scenario, the programmes in use.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/engine/start.h"
#include "sim/study/folders.h"
#include "sim/study/settings.h"
#include "sleutel/scenario.h"

namespace sleutel {

struct PlanOptions {
  int threads = 0;                                         ///< for finding the start; 0: as many as allowed
  std::function<void(const std::string&)> tell;            ///< receives lines about long steps; may be empty
  std::function<void(const std::string&)> tell_more = {};  ///< receives lines about what is read and kept; may be empty
};

/// What a city's folder holds, read and checked: everything that names in a study may mean.
struct Library {
  DataFolders folders;
  std::shared_ptr<const Model> model;  ///< without programmes
  std::vector<Programme> programmes;   ///< in order of draw
  std::vector<std::string> districts;  ///< names
  CalendarMonth reference_date;        ///< of the city's figures: the residents are those of this month
};

/// Reads the model, the programmes and the districts of a city. Throws InputError with all problems. Settings are of
/// parameters of the model.
Library read_library(const DataFolders& folders, const Settings& settings = {});

/// Reads a study and checks every name in it against the city's library. Throws InputError with all problems.
Study read_checked_study(const std::string& file, const Settings& settings = {});

/// What can only be known once each scenario's model is made: values of `set:` out of range, assumed effects that fit
/// no transition. Errors: InputError with the problems of all scenarios.
void check_scenarios(const Study& study);

/// Makes the plan of a checked study: reads its models, finds or fetches the start. Throws InputError.
StudyPlan make_plan(const Study& study, const PlanOptions& options);

/// A plan as far as it can be made at once. If the start was never found, its residents are those that were made,
/// without their states: enough to know how many numbers there will be, not to be run.
struct Draft {
  StudyPlan plan;
  bool has_start = false;
};
Draft draft_plan(const Study& study);

/// The start of a city and model: from the cache, or found now and kept.
Start start_of(const Model& model, const DataFolders& folders, std::uint64_t city_seed, const Flows& flows,
               const PlanOptions& options);

}  // namespace sleutel
