#pragma once
/// \file
/// Programme files, read, checked and compiled: scenarios/<city>/programmes/<id>.yaml. The format stands in
/// docs/model-format.md.

#include <string>
#include <vector>

#include "sleutel/programme.h"

namespace sleutel {

/// All programmes of a folder, in order of `draw`. `model` gives the states, `districts` the names of the city's
/// districts (index = City::districts), `evidence` is the registry's folder. Throws InputError with every problem of
/// all files at once.
std::vector<Programme> read_programmes(const std::string& folder, const Model& model,
                                       const std::vector<std::string>& districts, const std::string& evidence);

/// One effect assumed by a scenario, put in place of what the programme file assumes for the same transition. The path
/// is problem_debt.onset, problem_debt.end, or the name of a life event. Gives a problem in words, or "".
std::string assume_effect(Programme& programme, const Model& model, const std::string& path, double hazard_ratio,
                          double low, double high);

/// Why the programme cannot give its places to those most in need; empty if it can.
std::string why_no_need(const Programme& programme);

}  // namespace sleutel
