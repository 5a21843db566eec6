#pragma once
/// \file
/// The table of model keys as JSON Schemas (draft-07), for editors: scenarios/model.schema.json and
/// scenarios/programme.schema.json.

#include <string>

namespace sleutel {

/// The schemas as text, indented by two, ending in a line end. tests/program/schema_test.py keeps the files equal to
/// them.
std::string model_schema();
std::string programme_schema();

}  // namespace sleutel
