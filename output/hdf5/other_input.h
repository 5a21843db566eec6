#pragma once
/// \file
/// Whether a results file came of what is to be run now, by all that is known before the start is found. Private to
/// output/hdf5/.

#include <string>

#include "sleutel/scenario.h"

namespace sleutel {

/// What of the file's inputs is not the plan's, for "another ...": the first that differs of program, study, model, and
/// the files of the city and the evidence, by name. Empty if nothing does. A file that cannot be read has another
/// study. Of the plan its residents are not looked at.
std::string other_input(const std::string& path, const StudyPlan& plan, const std::string& version);

}  // namespace sleutel
