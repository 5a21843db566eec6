#pragma once
/// \file
/// The scenarios of a study file: their programmes, changes and ancestry.

#include <vector>

#include "sim/input/node.h"
#include "sleutel/error.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// Reads `scenarios:` into study.scenarios, with what each inherits. The study's start and years are read before;
/// months are checked against them only if `dates_known`. Adds to `problems` what check_keys cannot see.
enum class Dates { known, unknown };
void read_scenarios(const Node& scenarios, Dates dates, Study& study, std::vector<Problem>& problems);

}  // namespace sleutel
