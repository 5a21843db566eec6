#pragma once
/// \file
/// `--set path=value`: a study with another value in one place, without another file.
///
///     --set years=5                                            a key of the study, written or not
///     --set scenarios.more.programmes[0].coverage=0.4          a value anywhere in it, by the path that messages use
///     --set stress.half_life_slow=8                            a parameter of the model, in every scenario
///
/// What is wrong with a setting stands in messages under the name --set, on the line of its number, from 1.

#include <functional>
#include <string>
#include <vector>

#include "sim/input/node.h"
#include "sleutel/error.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// Each as it was written: path=value.
using Settings = std::vector<std::string>;

/// Changes the tree of a study, and adds a problem for each setting that names nothing in it.
void apply_settings(const Settings& settings, Node& root, std::vector<Problem>& problems);

/// The changed study as text that is itself a study: what the settings were stands in its first lines.
std::string text_with_settings(const Settings& settings, const Node& root);

/// Settings of parameters, for a model without a study. Adds a problem for a value that is no number.
std::vector<ParameterChange> parameter_settings(const Settings& settings, std::vector<Problem>& problems);

/// Does the work; problems that it throws of the study's file, where a setting stands, are told of the setting.
void in_terms_of_settings(const Settings& settings, const std::string& study_file, const std::function<void()>& work);

inline constexpr const char* kSettingsFile = "--set";  ///< in messages, where the name of a file stands

}  // namespace sleutel
