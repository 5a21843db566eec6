#pragma once
/// \file
/// One scenario made ready for the engine: everything that its runs share and only read.

#include <array>

#include "sim/engine/ages.h"
#include "sim/engine/durations.h"
#include "sim/engine/observed.h"
#include "sim/engine/predictors.h"
#include "sim/engine/response_reads.h"
#include "sim/engine/stress.h"
#include "sim/engine/surroundings.h"
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

/// An outcome that holds above a cut of a response.
struct CutRule {
  std::uint64_t bit = 0;
  std::size_t lane = 0;
  std::int32_t cut = 0;  ///< the index must be above it [kIndexUnit]
};

/// An outcome that is a mean: of a continuous response, held to its limits, or of the utility.
struct MeanRule {
  bool is_utility = false;
  std::size_t lane = 0;
  std::int32_t low = 0, high = 0;  ///< [kIndexUnit]
};

/// How the responses of a resident become outcomes.
struct ResponseRules {
  kernel::PersonalTables personal;  ///< cuts and what they take off [1/10,000]: those of EQ-5D's dimensions
  std::uint32_t dimensions = 0;     ///< lanes of EQ-5D's dimensions
  std::int32_t lost = 0;            ///< of who is in the first level of all that the model has [1/10,000]
  std::int32_t constant = 0;        ///< of who is not
  std::vector<CutRule> cuts;
  std::vector<MeanRule> means;  ///< in the order of Observed::means
};

/// Bits of Arm::birthdays beside those of Stale: the bounds of a household must be made anew whose reference person it
/// is; a life stage begins, and with it other traits of those who live together.
inline constexpr std::uint8_t kBirthdayOfHome = 128;
inline constexpr std::uint8_t kBirthdayOfFamily = 16;
/// Bits of Arm::birthdays that are those of Stale.
inline constexpr std::uint8_t kBirthdayStale = kStaleUnit | kStaleResponse | kStaleCouple | kStaleCount;
static_assert((kBirthdayStale & (kBirthdayOfHome | kBirthdayOfFamily)) == 0);

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
  ResponseReads responding;
  StressRules stress;
  Observed observed;
  AgeRules ages;
  ResponseRules response_rules;
  Offer offer;
  std::array<EventAsked, kMaxStates> event_of{};  ///< [state]
  DurationRules durations;
  TraitsRead traits_read;
  std::array<std::uint8_t, 2 * (kMaxAge + 1)> birthdays{};  ///< [age * 2 + sex] what a birthday makes stale
  TallyShape shape;

  bool draws(Level level) const { return model.matrix[static_cast<std::size_t>(level)].vectors > 0; }
};

}  // namespace sleutel
