#pragma once
/// \file
/// One scenario made ready for the engine: everything that its runs share and only read.

#include <array>

#include "sim/engine/durations.h"
#include "sim/engine/observed.h"
#include "sim/engine/predictors.h"
#include "sim/engine/stress.h"
#include "sim/events/requests.h"
#include "sim/kernel/bounds.h"
#include "sim/kernel/responses.h"
#include "sim/kernel/transitions.h"
#include "sim/programmes/enrolment.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// What a life event of the model asks of sim/events/.
struct EventAsked {
  bool any = false;
  EventKind kind = EventKind::death;
};

/// One response in whole numbers: how an index becomes personal.
struct ResponseRule {
  std::size_t lane = 0;
  std::size_t latent = 0;          ///< slot of Residents::latent
  std::int32_t latent_step = 0;    ///< index of 1/32 of the personal position [kIndexUnit]; 0 if it has none
  std::int32_t low = 0, high = 0;  ///< limits of a continuous response [kIndexUnit]

  std::int32_t personal(const Lanes& sums, const std::array<std::int8_t, kLatents>& positions) const {
    return sums.at[lane] + latent_step * positions[latent];
  }
};

/// An outcome that holds above a cut.
struct CutRule {
  std::uint64_t bit = 0;
  ResponseRule response;
  std::int32_t cut = 0;  ///< the index must be above it [kIndexUnit]
};

/// EQ-5D utilities in 1/10,000.
struct UtilityRule {
  struct Dimension {
    ResponseRule response;
    std::array<std::int32_t, 4> cuts{};       ///< [kIndexUnit]; beyond reach where there are fewer
    std::array<std::int32_t, 5> decrement{};  ///< [level]
  };
  std::vector<Dimension> dimensions;  ///< those that the model has
  std::int32_t constant = 0;
};

/// How responses become outcomes.
struct ResponseRules {
  std::vector<CutRule> cuts;
  struct Mean {
    bool is_utility = false;
    ResponseRule response;
  };
  std::vector<Mean> means;  ///< in the order of Observed::means
  UtilityRule utility;
};

/// Bit of Arm::birthdays beside those of Stale: the bounds of a household must be made anew whose reference person it
/// is.
inline constexpr std::uint8_t kBirthdayOfHome = 128;

struct Arm {
  Arm(const StudyPlan& all, int which, Isa form);
  Arm(const Arm&) = delete;
  Arm& operator=(const Arm&) = delete;

  const StudyPlan& plan;
  int scenario;
  const Model& model;
  Isa isa;
  Asked asked;
  std::array<Predictors, kLevelsOfUnits> predictors;           ///< [Level]
  std::array<kernel::KernelModel, kLevelsOfUnits> matrix;      ///< [Level]
  std::array<kernel::BoundingModel, kLevelsOfUnits> bounding;  ///< [Level] the same with what bounds leave open
  kernel::KernelResponses responses;
  StressRules stress;
  Observed observed;
  ResponseRules response_rules;
  Offer offer;
  std::array<EventAsked, kMaxStates> event_of{};  ///< [state]
  DurationRules durations;
  std::array<std::uint8_t, 2 * (kMaxAge + 1)> birthdays{};  ///< [age * 2 + sex] what a birthday makes stale
  std::array<std::vector<LevelRule>, 2> load_of_responses;  ///< fast, slow: how responses read the load
  TallyShape shape;

  bool draws(Level level) const { return model.matrix[static_cast<std::size_t>(level)].vectors > 0; }
};

}  // namespace sleutel
