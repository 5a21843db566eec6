#pragma once
/// \file
/// Reads the CSV tables of scenarios/<city>/margins/.

#include <string>
#include <vector>

#include "sim/city/city_files.h"
#include "sleutel/error.h"

namespace sleutel {

/// Fills everything of `files` that stands in tables; `folder` ends in a slash. Adds what is wrong to `problems`.
void read_city_tables(const std::string& folder, CityFiles& files, std::vector<Problem>& problems);

}  // namespace sleutel
