#pragma once
/// \file
/// Which years of which runs an unfinished file holds, in words.

#include <string>

#include "sleutel/results.h"

namespace sleutel {

/// "41 of 60 years of runs are in the file: baseline 2024-2033 in all 2 replicates; early-debt-help 2024-2033 in
/// replicate 0, 2024-2028 in replicate 1; both-together none." Scenarios of which the same years are there stand
/// together. Replicates are numbered as in the file, from 0.
std::string finished_years_text(const Results& results);

}  // namespace sleutel
