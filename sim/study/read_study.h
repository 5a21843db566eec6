#pragma once
/// \file
/// Reads a study file. Everything that is wrong is found at once: in the file by itself (keys, types, ranges, dates,
/// scenarios that extend each other), and in the names it uses (programmes, states, parameters, the city).

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/study/settings.h"
#include "sleutel/error.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// What there is to be named.
struct KnownNames {
  std::vector<std::string> programmes;
  std::vector<std::string> without_effect;  ///< those of the programmes whose file says `effect: none`
  std::vector<std::string> districts;
  std::vector<std::string> states;
  std::vector<std::string> parameters;  ///< paths, as Model::parameters
  std::vector<std::string> cities;
  std::optional<CalendarMonth> start;  ///< of the city's residents; not known: any start will do
};

/// Reads and checks the file by itself. Throws InputError with all problems; ExitCode::input_missing if there is no
/// file. Programmes and changes of an extended scenario stand before the own ones.
Study read_study(const std::string& file);

/// As above, and checks the names as well, so that all problems come at once. `known` is asked for the names once the
/// file could be read at all; what it throws as InputError is added to the problems. With settings the study is that of
/// the file with these changes, and so is its text.
Study read_study(const std::string& file, const std::function<KnownNames(const Study&)>& known,
                 const Settings& settings = {});

/// As read_study, from text; `file` is its name in messages. Problems are added, and what could be read comes back.
Study parse_study(const std::string& text, const std::string& file, std::vector<Problem>& problems,
                  const Settings& settings = {});

/// Every name in the study that is not known, with the nearest one. An empty list of `known` is not asked.
void check_names(const Study& study, const KnownNames& known, std::vector<Problem>& problems);

/// A problem with the value at a path of the study file, such as "residents" or "scenarios.more.set".
Problem study_problem(const Study& study, const std::string& path, std::string what, std::string suggestion = "");

/// `did you mean "x"?  (`sleutel list programmes` shows all 24)`, for a word that is not among the candidates.
std::string suggest_name(std::string_view word, const std::vector<std::string>& candidates, std::string_view command);

}  // namespace sleutel
