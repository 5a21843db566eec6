#pragma once
/// \file
/// What responses read of a resident beside his states, as short lists: few of the traits and quantised predictors of
/// the matrix, and few ages at which the base is another.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/predictors.h"
#include "sim/kernel/loads.h"

namespace sleutel {

/// A derived bit that is a trait.
struct TraitRead {
  std::uint64_t trait = 0;    ///< bit of Surroundings::traits
  std::uint64_t derived = 0;  ///< bits of the derived word
};

/// A quantised predictor.
struct LevelRead {
  std::size_t place = 0;  ///< in the levels of a unit
  LevelRule rule;
};

struct ResponseReads {
  ResponseReads(const Model& model, const Predictors& of_residents);

  std::vector<TraitRead> trait_bits;
  std::uint64_t traits = 0;                              ///< all of them
  std::vector<LevelRead> levels;                         ///< personal ones: loads, mastery, support
  std::array<std::vector<kernel::LoadLevels>, 2> loads;  ///< fast, slow: those of `levels` that are loads
  std::span<const Lanes> base;                           ///< [age * 2 + sex]

  /// True if the base of an age is another than that of a year earlier.
  bool tells_apart(std::size_t age_sex) const;
  /// The derived bits that responses read.
  std::uint64_t derived(std::uint64_t all_traits) const {
    std::uint64_t word = 0;
    for (const TraitRead& read : trait_bits) word |= (all_traits & read.trait) != 0 ? read.derived : 0;
    return word;
  }
};

}  // namespace sleutel
