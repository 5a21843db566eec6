#pragma once
/// \file
/// Copies of a compiled model in which something cannot happen. Centring constants and levels stay those of the whole
/// model, so that what is taken out is missed and not made up for.

#include <memory>

#include "sleutel/model.h"

namespace sleutel {

/// Nobody has these states: not at the start, not on arrival, and none of them begins.
std::shared_ptr<const Model> without_states(const Model& model, const StateMask& absent);

}  // namespace sleutel
