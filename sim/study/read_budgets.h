#pragma once
/// \file
/// Budgets of a scenario, and places in its programmes: what the study file says, and what that comes to.

#include <optional>
#include <string>
#include <vector>

#include "sim/input/reader.h"
#include "sim/study/read_study_scenarios.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// The rule of that name, if there is one.
std::optional<WaitingRule> waiting_rule(const std::string& word);

/// One budget as it stands in the file. What is wrong with its months is reported; of its keys and their types
/// check_keys has spoken.
BudgetEntry read_budget(const Node& node, Dates dates, const Study& study, Reader& reader);

/// Gives a use its places and who gets them. Adds a problem if the programme cannot give them so, or if nobody waits.
void settle_places(const Study& study, const ProgrammeEntry& entry, bool has_budgets, const Programme& programme,
                   ProgrammeUse& use, std::vector<Problem>& problems);

/// The budgets of a scenario whose programmes are known. Adds a problem for every budget that pays for nothing, that
/// another has in the same months for the same programme, or that cannot pay what is to be paid out of it anyway.
std::vector<Budget> settle_budgets(const Study& study, const ScenarioEntry& scenario,
                                   const std::vector<Programme>& programmes, const std::vector<ProgrammeUse>& uses,
                                   std::vector<Problem>& problems);

}  // namespace sleutel
