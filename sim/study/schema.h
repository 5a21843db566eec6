#pragma once
/// \file
/// The key table as a JSON Schema (draft-07), for editors: scenarios/study.schema.json.

#include <string>

namespace sleutel {

/// The schema as text, indented by two, ending in a line end. A test keeps scenarios/study.schema.json equal to it.
std::string study_schema();

}  // namespace sleutel
