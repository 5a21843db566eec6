#pragma once
/// \file
/// What a run computes with, as JSON: the compiled model, the start city. Every table is the one the program reads.

#include <nlohmann/json.hpp>

#include "sleutel/city.h"
#include "sleutel/model.h"

namespace sleutel {

/// States, groups, transitions of every level, predictors, stress constants and roles. Log hazards are in 2^-20
/// doublings of a rate per year. A table over cells is a list of runs: value, number of cells, value, number ...
nlohmann::json model_export(const Model& model);

/// Residents, households and dwellings, a list per column; a row that is not there is -1, a set of states the list of
/// their positions.
nlohmann::json city_export(const City& city);

}  // namespace sleutel
