#pragma once
/// \file
/// Bytes that cannot stand in a file of ours, found before a parser sees them.

#include <optional>
#include <string>
#include <string_view>

#include "sleutel/error.h"

namespace sleutel {

/// The text without the byte order mark that some editors put in front.
std::string_view without_mark(std::string_view text);

/// The first place where the text is not UTF-8 or holds a control character other than tab and line end.
std::optional<Problem> unreadable_place(std::string_view text, const std::string& file);

/// Column in characters, from 1, of a byte of a line (from 0). [characters]
int column_of(std::string_view line, std::size_t byte);

}  // namespace sleutel
