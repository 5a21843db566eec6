#pragma once
/// \file
/// What to do about a value or a key that is not what was expected: the slips of hand that people make in YAML.

#include <string>
#include <string_view>
#include <vector>

#include "sim/input/node.h"

namespace sleutel {

/// For a value where `expected` (such as "a whole number") should stand; empty if nothing helps.
std::string advice(const Node& value, std::string_view expected);

/// For a key that is not among the known ones: the nearest, a forgotten colon, or the list of what may stand here.
std::string unknown_key_advice(const Node& entry, const std::vector<std::string>& known);

/// For a missing key: a present one that looks like it.
std::string nearest_present(const Node& map, std::string_view missing_key);

}  // namespace sleutel
