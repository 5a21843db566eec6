#pragma once
/// \file
/// States that nobody may have (Model::absent), taken from those who have them: from all residents of the start before
/// a run begins, from who arrives when he has settled. Bit and duration go, incomes follow; nothing else is undone: the
/// loads that the states have left wear off, histories and strata stay. docs/decisions/0062-shares-of-the-burden.md.

#include "sim/events/states.h"

namespace sleutel {

/// Of the members of one household.
void take_out_absent(const StateChange& change, Row household);

/// Of everybody.
void take_out_absent(const StateChange& change);

}  // namespace sleutel
