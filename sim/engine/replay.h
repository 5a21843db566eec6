#pragma once
/// \file
/// The past of the residents of a made city: every life replayed from birth under the same matrix, so that states,
/// durations, classes, loads and history at the start belong together. What stands in for what nobody knows (former
/// households, parents of adults) is docs/decisions/0003-centring-and-start.md.

#include <cstdint>

#include "sim/engine/past_rates.h"

namespace sleutel {

/// Replays the city of a run that was just started: on return the run's city holds the residents of the start with
/// their states, and its month is 0. Household links, partners and flags are those of the made city again.
/// The draws are named by resident and month, months before the start counted down from 2^32. `rates` are those of the
/// city as far as it is known.
void replay_past(Run& run, const PastRates& rates);

}  // namespace sleutel
