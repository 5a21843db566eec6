#pragma once
/// \file
/// What can go wrong, in three kinds that are never mixed: the user's input (InputError), the surroundings such as
/// disk or libraries (EnvironmentError), and our own bug (an assertion, not an exception).

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sleutel {

/// How a command ends; the numbers follow sysexits.h where it has one.
enum class ExitCode : int {
  done = 0,
  failed = 1,
  usage = 2,
  bad_input = 65,
  input_missing = 66,
  not_installed = 69,
  would_overwrite = 73,
  input_output = 74,
  interrupted = 75,
  killed_by_user = 130,
};

/// One thing that is wrong in a file a person wrote, and what to do about it.
struct Problem {
  std::string file;        ///< as the user named it
  int line = 0;            ///< from 1; 0 if the problem has no place
  int column = 0;          ///< from 1; 0 if the problem has no place
  std::string where;       ///< path of the key, such as programmes[0].coverage
  std::string what;        ///< one sentence without full stop
  std::string suggestion;  ///< what to do; may be empty

  friend bool operator==(const Problem&, const Problem&) = default;
};

/// All problems found in the user's input, at once. Printed by print_problems (sim/base/problems.h).
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Problem> all, ExitCode how = ExitCode::bad_input)
      : std::runtime_error(all.empty() ? "bad input" : all.front().what), problems(std::move(all)), code(how) {}

  std::vector<Problem> problems;
  ExitCode code;  ///< bad_input, or input_missing if a file is not there
};

/// The machine would not: disk full, file not writable, library missing.
class EnvironmentError : public std::runtime_error {
 public:
  EnvironmentError(ExitCode how, const std::string& message) : std::runtime_error(message), code(how) {}

  ExitCode code;
};

}  // namespace sleutel
