#pragma once
/// \file
/// The two stress loads: what raises them, what dampens it, how they wear off. docs/model-semantics.md, "Stress".

#include <array>
#include <cstdint>

#include "sleutel/model.h"
#include "sleutel/residents.h"

namespace sleutel {

struct StressRules {
  explicit StressRules(const Model& model);

  static constexpr int kAdversities = 4, kMasteries = 33, kSupports = 9;
  std::array<std::uint32_t, kAdversities * kMasteries * kSupports> gain{};  ///< [adversity][mastery][support] [x 2^16]
  std::array<std::uint32_t, kMaxStates> hold_fast{}, hold_slow{};  ///< [state] kept up each month [points x 4096]
  StateMask holders;                                               ///< states that keep something up
  std::uint32_t keep_fast = 0, keep_slow = 0;                      ///< share kept in a month [x 2^16]

  std::uint32_t gain_of(int adversity, int mastery, int support) const {
    return gain[static_cast<std::size_t>((adversity * kMasteries + mastery) * kSupports + support)];
  }
};

/// What one month puts on top of the two loads, held to 65,535 [points x 4096].
struct Pressure {
  std::uint16_t fast = 0, slow = 0;
};

/// What the states of one resident keep up, and the shocks, after adversity and buffers.
Pressure pressure_on(const StressRules& rules, const Residents& residents, Row row);

}  // namespace sleutel
