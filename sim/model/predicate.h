#pragma once
/// \file
/// Who a programme is for; and who a figure is about (sim/fit/).

#include "sim/model/reading.h"
#include "sleutel/programme.h"

namespace sleutel {

/// Reads `who:` and `hypothetical:`; reports names that are unknown, a predicate that nobody can ever meet, and one
/// that selects on what the programme's partner may not see without saying that it is hypothetical.
void parse_predicate(Reading& reading, const Node& root, const Model& model, const std::vector<std::string>& districts,
                     Programme& programme);

/// The words of a predicate, any, all, none, age and districts; other keys are left to the caller. `selects_on`
/// receives the states that it names.
Predicate read_who(Reading& reading, const Node& who, const Model& model, const std::vector<std::string>& districts,
                   std::vector<std::string>& selects_on);

/// Why nobody can ever meet it; empty if somebody can.
std::string why_nobody(const Predicate& who, const Model& model);

}  // namespace sleutel
