#pragma once
/// \file
/// How the user's mistakes are printed: by file, in order of place, with what to do about each.
///
///     scenarios/early-help.yaml: 2 problems, nothing was run
///
///       14:12  programmes[0].programme: unknown programme "vroegsignalling"
///              did you mean "vroegsignalering"?
///       22:9   years: 0 (must be at least 1)

#include <string>
#include <string_view>
#include <vector>

#include "sleutel/error.h"

namespace sleutel {

/// By file and place, each once.
std::vector<Problem> in_order(std::vector<Problem> problems);

/// All problems as text, ending in a line end. `consequence` closes the first line of each file: what did not happen;
/// it may be empty.
std::string problems_text(std::vector<Problem> all, std::string_view consequence = "nothing was run");
std::string problems_text(const InputError& error, std::string_view consequence = "nothing was run");

/// Throws InputError with all of them if there are any.
void throw_if_any(const std::vector<Problem>& problems);

}  // namespace sleutel
