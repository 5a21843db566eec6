#pragma once
/// \file
/// The key table in words: `sleutel explain KEY`, and the reference section of docs/scenario-format.md.

#include <string>

namespace sleutel {

/// What a key of a study file means. The key may be written alone (coverage), as a path of the table
/// (scenarios.<scenario>.programmes[].coverage), or as an error names it (scenarios.more.programmes[0].coverage).
/// Throws InputError (ExitCode::usage) with the nearest key if there is none.
std::string explain_key(const std::string& key);

/// All keys as a table in Markdown.
std::string study_reference();

}  // namespace sleutel
