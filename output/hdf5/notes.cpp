#include <algorithm>

#include "output/hdf5/provenance.h"

namespace sleutel {
namespace {

bool used(const StudyPlan& plan, int programme) {
  return std::any_of(plan.arms.begin(), plan.arms.end(), [&](const StudyPlan::Arm& arm) {
    return std::any_of(arm.programmes.begin(), arm.programmes.end(),
                       [&](const ProgrammeUse& use) { return use.programme == programme; });
  });
}

bool assumed_in_study(const Study& study, const std::string& programme) {
  for (const auto& scenario : study.scenarios)
    for (const auto& entry : scenario.programmes)
      if (entry.programme == programme && !entry.assume.empty()) return true;
  return false;
}

bool assumed(const StudyPlan& plan, const Programme& programme) {
  return assumed_in_study(plan.study, programme.id) ||
         std::any_of(programme.effects.begin(), programme.effects.end(),
                     [](const ProgrammeEffect& effect) { return effect.assumed; });
}

}  // namespace

std::vector<std::string> notes_of(const StudyPlan& plan) {
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < plan.programmes.size(); ++i) {
    const auto& programme = plan.programmes[i];
    if (!used(plan, static_cast<int>(i))) continue;
    if (assumed(plan, programme)) notes.push_back("The effect of " + programme.id + " is assumed, not measured.");
    if (programme.hypothetical)
      notes.push_back(programme.id + " is hypothetical: it selects on what its partner may not see.");
  }
  return notes;
}

}  // namespace sleutel
