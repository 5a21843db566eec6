#pragma once
/// \file
/// The linearised gain among states: how much one more share of a state raises another, at equilibrium. Loops
/// reinforce; the spectral radius below 1 says that they do not explode. Defined in docs/evidence.md.

#include <vector>

#include "sim/model/spectral.h"
#include "sleutel/model.h"

namespace sleutel {

/// What the gain is taken at.
struct Equilibrium {
  std::vector<double> share;     ///< [state] prevalence among those who may have it [share]
  std::vector<double> end_rate;  ///< [state] rate at which it ends [1/year]
};

/// Prevalences onset / (onset + end) from the mean rates of the base tables over open cells of ages 18 to 79; for
/// states with a target, the target. States that only life events begin take the rate of their event.
Equilibrium table_equilibrium(const Model& model);

/// G[i][j] = |d share_i / d share_j|, paths through the loads included.
Square gain_matrix(const Model& model, const Equilibrium& equilibrium);

}  // namespace sleutel
