#pragma once
/// \file
/// How much of an outcome stressors make by acting on each other: the model beside the same model without that.

#include <vector>

#include "output/measures/paired.h"
#include "sim/attribute/burden.h"

namespace sleutel {

/// The variants, in this order.
enum class Compounding : std::uint8_t { no_stressors, no_edges_among_them, additive_effects, whole };
inline constexpr std::size_t kCompoundings = 4;

/// One outcome in one group, in its printed unit. `is` is false where nobody of the group is of its population.
struct Compounded {
  std::size_t outcome = 0;  ///< of those that are asked
  ResidentGroup group;
  bool is = false;
  PairedDifference none, whole;       ///< levels: without any stressor; the model as it is
  PairedDifference stressors;         ///< whole - none
  PairedDifference knock_on;          ///< whole - without edges among stressors
  PairedDifference super_additivity;  ///< whole - with effects of stressors that add up
};

/// All stressors of the model.
StateMask stressors_of(const Model& model);

/// A variant of the model.
std::shared_ptr<const Model> compounding_model(const Model& model, Compounding which);

/// Of how many stressors at once the effects add up exactly in the variant of that name; kAllSizes: any. 1: there is no
/// such variant, for want of predictors; the whole model stands in its place.
int adds_up_exactly_to(const Model& model);

/// Of all outcomes, and of each in the groups of resident_groups.
std::vector<Compounded> compounded(const Model& model, const std::vector<AskedOutcome>& outcomes,
                                   const SumsOfRuns& sums);

}  // namespace sleutel
