#pragma once
/// \file
/// YAML files, read with the place of every key and value. The part of YAML that a person needs: words, numbers, lists
/// and maps in one document. Anchors, aliases, merge keys, tags and second documents are refused with a message: a
/// value stands where it is used.

#include <optional>
#include <string>
#include <vector>

#include "sim/input/node.h"

namespace sleutel {

inline constexpr int kDeepestYaml = 40;  ///< levels of lists and maps within each other

/// Reads a file. Nothing if it is missing or broken, with the reason in `problems`; duplicate keys are reported too,
/// but do not stop the reading (the first of them counts), so that all problems come at once.
std::optional<Node> read_yaml(const std::string& file, std::vector<Problem>& problems);

/// As read_yaml, from text; `file` is its name in messages.
std::optional<Node> parse_yaml(const std::string& text, const std::string& file, std::vector<Problem>& problems);

}  // namespace sleutel
