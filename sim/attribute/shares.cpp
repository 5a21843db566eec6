#include "sim/attribute/shares.h"

#include "sim/attribute/shapley.h"
#include "sim/attribute/variant.h"

namespace sleutel {
namespace {

/// One number per replicate.
using OfReplicates = std::vector<double>;

PairedDifference over_replicates(const OfReplicates& values) {
  return paired_difference(OfReplicates(values.size(), 0.0), values);
}

/// [player][replicate]
std::vector<OfReplicates> shapley_of(std::size_t players, const Values& values) {
  const std::size_t replicates = values.of.front().size();
  std::vector<OfReplicates> shares(players, OfReplicates(replicates));
  for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
    std::vector<double> worth;
    for (const OfReplicates& of_subset : values.of) worth.push_back(of_subset[replicate]);
    const auto found = shapley_values(players, worth);
    for (std::size_t player = 0; player < players; ++player) shares[player][replicate] = found[player];
  }
  return shares;
}

PairedDifference beyond_alone(std::size_t players, const Values& values) {
  OfReplicates beyond;
  for (std::size_t replicate = 0; replicate < values.of.front().size(); ++replicate) {
    const double none = values.of.front()[replicate];
    double left = values.of.back()[replicate] - none;
    for (std::size_t player = 0; player < players; ++player)
      left -= values.of[std::size_t{1} << player][replicate] - none;
    beyond.push_back(left);
  }
  return over_replicates(beyond);
}

void share_out(std::size_t players, const Values& values, SharedOut& to) {
  const std::size_t all = values.of.size() - 1;
  const auto shares = shapley_of(players, values);
  to.is = true;
  to.none = over_replicates(values.of.front());
  to.all = over_replicates(values.of.back());
  to.together = paired_difference(values.of.front(), values.of.back());
  to.beyond_alone = beyond_alone(players, values);
  for (std::size_t player = 0; player < players; ++player) {
    const std::size_t bit = std::size_t{1} << player;
    to.shares.push_back({over_replicates(shares[player]), paired_difference(values.of[all ^ bit], values.of[all]),
                         paired_difference(values.of.front(), values.of[bit])});
  }
}

}  // namespace

std::shared_ptr<const Model> subset_model(const Model& model, const std::vector<Player>& players, std::size_t subset) {
  StateMask absent;
  for (std::size_t player = 0; player < players.size(); ++player)
    if ((subset >> player & 1) == 0) absent |= players[player].states;
  return without_states(model, absent);
}

std::vector<SharedOut> shared_out(const SharesAsked& asked, const SumsOfRuns& sums) {
  std::vector<SharedOut> all;
  for (std::size_t which = 0; which < asked.outcomes.size(); ++which)
    for (const ResidentGroup& group : resident_groups(asked.outcomes[which])) {
      SharedOut one;
      one.outcome = which;
      one.group = group;
      const Values values = values_of(asked.model, asked.outcomes[which], group, sums, which, sums.variants() - 1);
      if (!values.of.empty()) share_out(asked.players.size(), values, one);
      all.push_back(std::move(one));
    }
  return all;
}

}  // namespace sleutel
