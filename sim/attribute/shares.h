#pragma once
/// \file
/// How much of an outcome comes from which stressor: exact Shapley values over all subsets of stressors that can occur.
///
///     const SharesAsked asked{model, players, outcomes};
///     const SumsOfRuns sums = live_variants({plan, subsets_of(players), subset_model(model, players), ...}, ...);
///     const auto shared = shared_out(asked, sums);

#include <functional>
#include <vector>

#include "output/measures/paired.h"
#include "sim/attribute/burden.h"

namespace sleutel {

struct SharesAsked {
  const Model& model;
  std::vector<Player> players;
  std::vector<AskedOutcome> outcomes;
};

/// What belongs to one player, in the outcome's printed unit.
struct Share {
  PairedDifference shapley;        ///< its part of `together`
  PairedDifference removed_alone;  ///< all - all others: what is missed if only this one cannot occur
  PairedDifference present_alone;  ///< only this one - none: what it does where no other occurs
};

/// One outcome in one group of residents. `is` is false where nobody of the group is of the outcome's population.
struct SharedOut {
  std::size_t outcome = 0;  ///< in SharesAsked::outcomes
  ResidentGroup group;
  bool is = false;
  PairedDifference none, all;     ///< levels: none of the players can occur; all can
  PairedDifference together;      ///< all - none
  PairedDifference beyond_alone;  ///< together - the sum of present_alone: what they do by being together
  std::vector<Share> shares;      ///< [player]
};

inline std::size_t subsets_of(const std::vector<Player>& players) { return std::size_t{1} << players.size(); }

/// The variant in which only the players of a subset can occur: bit i of its number is player i.
std::shared_ptr<const Model> subset_model(const Model& model, const std::vector<Player>& players, std::size_t subset);

/// Of all outcomes, and of each in the groups of resident_groups. The variants of the sums are the subsets.
std::vector<SharedOut> shared_out(const SharesAsked& asked, const SumsOfRuns& sums);

}  // namespace sleutel
