#pragma once
/// \file
/// The declared flows of a city: scenarios/<city>/flows.csv and arrivals_by_age.csv.

#include <string>

#include "sleutel/flows.h"

namespace sleutel {

/// Reads the two files of a city's folder. Throws InputError with all problems: unknown, missing or double quantities,
/// numbers out of range.
Flows read_flows(const std::string& city_folder);

}  // namespace sleutel
