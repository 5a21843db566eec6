#pragma once
/// \file
/// A study file against the key table: unknown and missing keys, types, ranges, empty blocks.

#include <vector>

#include "sim/input/node.h"
#include "sleutel/error.h"

namespace sleutel {

/// Adds everything in which the file differs from the key table. What a single value cannot show (dates in order,
/// scenarios that extend each other) is checked by read_study.
void check_keys(const Node& root, std::vector<Problem>& problems);

}  // namespace sleutel
