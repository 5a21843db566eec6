#pragma once
/// \file
/// Which states the bounds of households and couples leave open. Their members begin and end states all the time, and
/// each time the bounds would have to be made anew; if the highest that such a state can add brings few more
/// candidates, the bounds count with it always and stand. It changes no result, only how much work a month is
/// (docs/decisions/0012-bounds-are-kept.md).

#include "sleutel/model.h"

namespace sleutel {

/// States that the bounds of this level leave open: none of its own lanes, and none that splits a base table. Nothing
/// is left open of residents, whose own states are their lanes.
StateMask loose_states(const Model& model, Level level);

}  // namespace sleutel
