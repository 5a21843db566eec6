#pragma once
/// \file
/// Copies of a compiled model in which something cannot happen. Centring constants and levels stay those of the whole
/// model, so that what is taken out is missed and not made up for.

#include <memory>
#include <vector>

#include "sleutel/model.h"

namespace sleutel {

/// Nobody has these states: not at the start, not on arrival, and none of them begins.
std::shared_ptr<const Model> without_states(const Model& model, const StateMask& absent);

/// No direct edge leads from these states to one of them: the rows that ask for any of them, alone, in a pair, a count,
/// a duration, a partner, a parent, friends, the buurt or the household, add nothing to the beginning or end of any of
/// them, nor to a separation, if `separated` is one of them. Loads and what is not in `states` act as before.
std::shared_ptr<const Model> without_edges_among(const Model& model, const StateMask& states);

/// The same of edges from some states to others; of a separation only where it is among those that they lead to.
std::shared_ptr<const Model> without_edges(const Model& model, const StateMask& from, const StateMask& to);

/// Of each row of a matrix, whether it asks for any of these states.
std::vector<bool> rows_asking(const Matrix& matrix, const StateMask& states);

/// Of each row of a matrix, whether it is a level of a stress load.
std::vector<bool> rows_of_stress(const Matrix& matrix);

/// Whether any of the marked rows adds anything to the beginning or end of one of these states.
bool acts_on(const Matrix& matrix, const std::vector<bool>& rows, const StateMask& states);

/// The state leaves no stress when it begins, and holds none up.
std::shared_ptr<const Model> without_stress_of(const Model& model, int state);

/// Stress loads add nothing to the beginning or end of these states.
std::shared_ptr<const Model> without_effects_of_stress(const Model& model, const StateMask& to);

inline constexpr int kAllSizes = 1000;  ///< of any number of states at once

/// A model in which effects add up, and of how many states at once they do so exactly.
struct AdditiveModel {
  std::shared_ptr<const Model> model;
  int exact_up_to = kAllSizes;
};

/// What these states do directly to the beginning or end of any other state or event adds up and does not multiply:
/// with several of them on, the factor on the hazard is 1 + the sum of (each one's factor - 1), and not below 1/100.
/// Pair terms and counts among them, which are deviations from the product, go. Loads act as before. Sets of more
/// states at once are taken in order of their size as long as there are predictors left; with more than `exact_up_to`
/// at once, what sets of that size take off is all that is taken off. With 1 there is
/// no room even for sets of two, and the model is of no use.
AdditiveModel with_additive_effects(const Model& model, const StateMask& states);

}  // namespace sleutel
