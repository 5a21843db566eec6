#pragma once
/// \file
/// What went into a result, as one number: two runs with the same inputs give the same results bit for bit.

#include <string>

#include "sleutel/scenario.h"

namespace sleutel {

/// SHA-256 over the study as read and as resolved, the compiled models of all scenarios, programmes, evidence, the
/// start city and the version of the program. Not over the command line, the time, threads or file names.
std::string inputs_digest(const StudyPlan& plan, const std::string& version);

/// What each scenario does, in a line per programme or changed parameter.
std::string scenarios_text(const StudyPlan& plan);

}  // namespace sleutel
