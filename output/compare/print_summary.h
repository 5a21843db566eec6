#pragma once
/// \file
/// What `sleutel run` ends with: the question, what was run, the headline outcomes of the last year, where the results
/// are.

#include <cstdint>
#include <string>
#include <vector>

#include "sleutel/results.h"

namespace sleutel {

struct RunCost {
  std::int64_t resident_months = 0;
  double seconds = 0;  ///< 0: not run now, stored results are shown
};

/// "468 million", "1.3 million", "98,400"
std::string many_text(std::int64_t count);

/// Outcomes of the headlines, as far as the file has them; a gap comes with its outcome's id and "_gap".
std::vector<std::string> headline_outcomes(const Results& results);

/// All of it, ending in a line end.
std::string summary_text(const Results& results, const RunCost& cost);

}  // namespace sleutel
