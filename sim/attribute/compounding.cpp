#include "sim/attribute/compounding.h"

#include "sim/attribute/variant.h"

namespace sleutel {
namespace {

const std::vector<double>& of(const Values& values, Compounding which) {
  return values.of[static_cast<std::size_t>(which)];
}

PairedDifference level_of(const std::vector<double>& values) {
  return paired_difference(std::vector<double>(values.size(), 0.0), values);
}

void compare_with_whole(const Values& values, Compounded& to) {
  const auto& whole = of(values, Compounding::whole);
  to.is = true;
  to.none = level_of(of(values, Compounding::no_stressors));
  to.whole = level_of(whole);
  to.stressors = paired_difference(of(values, Compounding::no_stressors), whole);
  to.knock_on = paired_difference(of(values, Compounding::no_edges_among_them), whole);
  to.super_additivity = paired_difference(of(values, Compounding::additive_effects), whole);
}

}  // namespace

StateMask stressors_of(const Model& model) {
  StateMask all;
  for (const Player& player : domain_players(model)) all |= player.states;
  return all;
}

std::shared_ptr<const Model> compounding_model(const Model& model, Compounding which) {
  const StateMask stressors = stressors_of(model);
  if (which == Compounding::no_stressors) return without_states(model, stressors);
  if (which == Compounding::no_edges_among_them) return without_edges_among(model, stressors);
  if (which == Compounding::additive_effects && adds_up_exactly_to(model) > 1)
    return with_additive_effects(model, stressors).model;
  return without_states(model, {});
}

int adds_up_exactly_to(const Model& model) { return with_additive_effects(model, stressors_of(model)).exact_up_to; }

std::vector<Compounded> compounded(const Model& model, const std::vector<AskedOutcome>& outcomes,
                                   const SumsOfRuns& sums) {
  std::vector<Compounded> all;
  for (std::size_t which = 0; which < outcomes.size(); ++which)
    for (const ResidentGroup& group : resident_groups(outcomes[which])) {
      Compounded one;
      one.outcome = which;
      one.group = group;
      const Values values = values_of(model, outcomes[which], group, sums, which, kCompoundings - 1);
      if (!values.of.empty()) compare_with_whole(values, one);
      all.push_back(std::move(one));
    }
  return all;
}

}  // namespace sleutel
