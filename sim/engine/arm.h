#pragma once
/// \file
/// One scenario made ready for the engine: everything that its runs share and only read.

#include <array>

#include "sim/engine/observed.h"
#include "sim/engine/predictors.h"
#include "sim/engine/stress.h"
#include "sim/events/requests.h"
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

/// A continuous or ordered response in whole numbers.
struct ResponseRule {
  int latent = -1;                 ///< slot of Residents::latent
  std::int32_t latent_step = 0;    ///< index of one 1/32 of the personal position [kIndexUnit]
  std::vector<std::int32_t> cuts;  ///< [kIndexUnit]
  std::int32_t low = 0, high = 0;  ///< continuous [kIndexUnit]
};

/// EQ-5D utilities in 1/10,000.
struct UtilityRule {
  std::array<int, 5> response{};  ///< response of each dimension, -1 if the model has none
  int constant = 0;
  std::array<std::array<int, 5>, 5> decrement{};
};

struct Arm {
  Arm(const StudyPlan& plan, int scenario, Isa isa);
  Arm(const Arm&) = delete;
  Arm& operator=(const Arm&) = delete;

  const StudyPlan& plan;
  int scenario;
  const Model& model;
  Isa isa;
  Asked asked;
  std::array<Predictors, kLevelsOfUnits> predictors;       ///< [Level]
  std::array<kernel::KernelModel, kLevelsOfUnits> matrix;  ///< [Level]
  kernel::KernelResponses responses;
  std::vector<ResponseRule> response_rules;
  UtilityRule utility;
  StressRules stress;
  Observed observed;
  Offer offer;
  std::array<EventAsked, kMaxStates> event_of{};  ///< [state]
  StateMask slotted;                              ///< states whose months are counted
  TallyShape shape;

  bool draws(Level level) const { return model.matrix[static_cast<std::size_t>(level)].vectors > 0; }
};

}  // namespace sleutel
