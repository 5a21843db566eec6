#pragma once
/// \file
/// The key table in words: `sleutel explain KEY`, and the reference section of docs/scenario-format.md.

#include <string>
#include <vector>

namespace sleutel {

/// One key of a study, model or programme file.
struct KeyMeaning {
  std::string key;                ///< alone: coverage
  std::string file;               ///< study, or model or programme
  std::string value;              ///< "a number between 0 and 1 [share]"
  std::string need;               ///< required, or what holds if it is left out
  std::string help;               ///< one sentence
  std::vector<std::string> keys;  ///< that may stand within it
  std::string example, path;      ///< of a study
  std::string places;             ///< of a model or programme: the kinds of map that it stands in
};

/// What a key means: each that has this name. The key may be written alone (coverage), as a path of the table
/// (scenarios.<scenario>.programmes[].coverage), or as an error names it (scenarios.more.programmes[0].coverage).
/// Throws InputError (ExitCode::usage) with the nearest key if there is none.
std::vector<KeyMeaning> meanings_of(const std::string& key);

/// The same in words.
std::string explain_key(const std::string& key);

/// All keys as a table in Markdown.
std::string study_reference();

}  // namespace sleutel
