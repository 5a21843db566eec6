#pragma once
/// \file
/// What must be read with the rows of a comparison. Private to output/compare/, and for its tests.

#include <string>
#include <vector>

#include "output/compare/compare.h"

namespace sleutel {

/// Assumed effects of the scenarios of these rows and of the baseline, what is assumed or predicted, missing years.
/// What the file says of some of the scenarios shown, and not of all, begins with their names.
std::vector<std::string> notes_for(const Results& results, const std::vector<ComparisonRow>& rows);

}  // namespace sleutel
