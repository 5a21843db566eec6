#pragma once
/// \file
/// What the YAML parser's complaints mean, in words for the person who wrote the file.

#include <string>
#include <utility>

namespace sleutel {

inline constexpr const char* kNoAlias = "anchors (&name) and aliases (*name) are not read";
inline constexpr const char* kNoAliasAdvice = "write the value out where it is used; put a text with & or * in quotes";
inline constexpr const char* kTooDeep = "lists and maps stand too deep within each other (at most 40 levels)";
inline constexpr const char* kTooDeepAdvice = "look for a bracket that is never closed";
inline constexpr const char* kIndent = "broken YAML: the indentation does not fit the lines above";
inline constexpr const char* kIndentAdvice = "begin keys of one map, and dashes of one list, in the same column";
inline constexpr const char* kTab = "broken YAML: a tab in the indentation";

/// What is wrong, and what to do about it, for a message of the parser.
std::pair<std::string, std::string> plain_words(const std::string& parser_message);

}  // namespace sleutel
