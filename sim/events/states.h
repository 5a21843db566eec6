#pragma once
/// \file
/// The beginning and the end of a state on one resident: bit, duration, class, history, stress. The engine applies the
/// transitions of the matrix with these, and the life events theirs, so that a state means the same everywhere.

#include <cstdint>

#include "sleutel/city.h"
#include "sleutel/flows.h"
#include "sleutel/model.h"
#include "sleutel/random.h"

namespace sleutel {

/// Where and when states change.
struct StateChange {
  City& city;
  const Model& model;
  const Flows& flows;
  StreamKey key;
  int month = 0;
};

/// Begins a state of a resident (not an event, not a rest member): sets the bit, starts its duration, ends the member
/// of its group that was on, draws its class, marks its history, and adds its stress to the shocks of next month.
/// Nothing happens if it is on, or absent from the model. For a state of a household or couple, call it for each
/// member, `named_by` being the id that names the unit's draws; for a state of a resident `named_by` is his own id.
/// Income follows where it depends on the state (work, low income).
void begin_state(const StateChange& change, Row who, int state, std::uint64_t named_by);

/// Ends a state of a resident: clears the bit and the duration, marks its history. Nothing happens if it is off.
void end_state(const StateChange& change, Row who, int state);

/// The same, but income is left as it is. True if it must be refreshed, once for all members of the household.
[[nodiscard]] bool begin_apart_from_income(const StateChange& change, Row who, int state, std::uint64_t named_by);
[[nodiscard]] bool end_apart_from_income(const StateChange& change, Row who, int state);

/// The states of one level, in order of the model.
StateMask states_of_level(const Model& model, Level level);

}  // namespace sleutel
