#pragma once
/// \file
/// What must be read with measures of inequality. Private to output/compare/.

#include <string>
#include <vector>

#include "output/compare/inequality.h"

namespace sleutel {

/// How to read the signs, what is standardised, what is left out, how many comparisons there are; then what the file
/// says of the scenarios of these rows.
std::vector<std::string> inequality_notes(const Results& results, const std::vector<InequalityRow>& rows,
                                          const InequalityOptions& options);

}  // namespace sleutel
