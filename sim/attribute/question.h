#pragma once
/// \file
/// What is asked: of which outcomes, and between which stressors they are to be shared out.

#include <string>
#include <vector>

#include "sleutel/error.h"
#include "sleutel/model.h"

namespace sleutel {

inline constexpr std::size_t kMostPlayers = 10;  ///< of them there are 1,024 subsets

/// One to whom a share goes: a stressor, or all stressors of a domain.
struct Player {
  std::string name;                ///< code name of the state, or the domain
  std::string label_en, label_nl;  ///< a few plain words
  StateMask states;
};

/// An outcome, or its gap between the lowest and the highest income fifth.
struct AskedOutcome {
  std::string id;  ///< depression, good_health_gap
  std::string label_en, label_nl;
  int outcome = -1;  ///< in Model::outcomes
  bool is_gap = false;
};

/// The domains that have stressors, by the first of their states.
std::vector<Player> domain_players(const Model& model);

/// The stressors of these names, in this order; adds a problem for each that is none, or is named twice.
std::vector<Player> named_players(const Model& model, const std::vector<std::string>& names,
                                  std::vector<Problem>& problems);

/// The outcomes of these ids; adds a problem for each that the model does not have, or that is named twice.
std::vector<AskedOutcome> asked_outcomes(const Model& model, const std::vector<std::string>& ids,
                                         std::vector<Problem>& problems);

}  // namespace sleutel
