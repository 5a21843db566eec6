#pragma once
/// \file
/// Cuts the text of a CSV file into fields.

#include <string>
#include <string_view>
#include <vector>

#include "sim/input/csv.h"

namespace sleutel {

/// All rows that are neither empty nor comments, the header first. A quotation mark that is never closed, or is
/// followed by more text, is added to `problems` (and ends the cutting, or is taken as part of the field).
std::vector<CsvTable::Row> cut_fields(std::string_view text, const std::string& file, std::vector<Problem>& problems);

}  // namespace sleutel
