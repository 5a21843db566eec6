#pragma once
/// \file
/// Fields of CSV. Private to output/compare/.

#include <string>
#include <vector>

namespace sleutel {

/// In quotes where it must be.
std::string csv_field(const std::string& text);
/// The shortest text that reads back as the same number; empty if there is none.
std::string csv_field(double value);
/// A line of fields.
std::string csv_row(const std::vector<std::string>& fields);
/// All notes as one field's text.
std::string joined_notes(const std::vector<std::string>& notes);

}  // namespace sleutel
