#pragma once
/// \file
/// What a programme file says about supply: how long taking part lasts and who joins, how many places there are and who
/// gets them, what it costs and who pays.

#include "sim/model/reading.h"
#include "sleutel/programme.h"

namespace sleutel {

/// `months` or `while_eligible`, `uptake`, `stops`.
void parse_taking_part(Reading& reading, const Node& root, Programme& programme);

/// `capacity` and `waiting`; also the stressors that most_in_need would count.
void parse_capacity(Reading& reading, const Node& root, const Model& model, Programme& programme);

/// `cost` and `pays`.
void parse_cost(Reading& reading, const Node& root, Programme& programme);

}  // namespace sleutel
