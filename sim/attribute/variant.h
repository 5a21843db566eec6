#pragma once
/// \file
/// Copies of a compiled model in which something cannot happen. Centring constants and levels stay those of the whole
/// model, so that what is taken out is missed and not made up for.

#include <memory>

#include "sleutel/model.h"

namespace sleutel {

/// Nobody has these states: not at the start, not on arrival, and none of them begins.
std::shared_ptr<const Model> without_states(const Model& model, const StateMask& absent);

/// No direct edge leads from these states to one of them: the rows that ask for any of them, alone, in a pair, a count,
/// a duration, a partner, a parent, friends, the buurt or the household, add nothing to the beginning or end of any of
/// them, nor to a separation, if `separated` is one of them. Loads and what is not in `states` act as before.
std::shared_ptr<const Model> without_edges_among(const Model& model, const StateMask& states);

/// What these states do directly to the beginning or end of any other state or event adds up and does not multiply:
/// with several of them on, the factor on the hazard is 1 + the sum of (each one's factor - 1), and not below 1/100.
/// Pair terms and counts among them, which are deviations from the product, go. Loads act as before. Throws
/// EnvironmentError (failed) if more states act on one transition together than there are predictors left for.
std::shared_ptr<const Model> with_additive_effects(const Model& model, const StateMask& states);

}  // namespace sleutel
