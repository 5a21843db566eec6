#pragma once
/// \file
/// A YAML tree as text again, for a file that is made from one that was read: keys and values in their order, a line
/// each, without the comments. parse_yaml reads the same tree from it.

#include <string>

#include "sim/input/node.h"

namespace sleutel {

/// Text ending in a line end.
std::string yaml_text(const Node& root);

}  // namespace sleutel
