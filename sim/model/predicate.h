#pragma once
/// \file
/// Who a programme is for.

#include "sim/model/reading.h"
#include "sleutel/programme.h"

namespace sleutel {

/// Reads `who:` and `hypothetical:`; reports names that are unknown, a predicate that nobody can ever meet, and one
/// that selects on what the programme's partner may not see without saying that it is hypothetical.
void parse_predicate(Reading& reading, const Node& root, const Model& model, const std::vector<std::string>& districts,
                     Programme& programme);

}  // namespace sleutel
