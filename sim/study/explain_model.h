#pragma once
/// \file
/// What a key of a model or programme file means, from the table that the schemas are made from.

#include <string>
#include <vector>

#include "sim/study/explain.h"

namespace sleutel {

/// The keys of that name, or of one kind of map as in programme.uptake; empty if there is none.
std::vector<KeyMeaning> model_key_meanings(const std::string& word);

/// Every name that a key has.
std::vector<std::string> model_key_names();

}  // namespace sleutel
