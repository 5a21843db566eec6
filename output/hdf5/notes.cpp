#include <algorithm>

#include "output/hdf5/provenance.h"

namespace sleutel {
namespace {

/// Whether the scenario itself assumes an effect of the programme, in its `assume:`.
bool assumed_by(const ScenarioEntry& scenario, const std::string& programme) {
  return std::any_of(scenario.programmes.begin(), scenario.programmes.end(), [&](const ProgrammeEntry& entry) {
    return entry.programme == programme && !entry.assume.empty();
  });
}

bool assumed_in_file(const Programme& programme) {
  return std::any_of(programme.effects.begin(), programme.effects.end(),
                     [](const ProgrammeEffect& effect) { return effect.assumed; });
}

}  // namespace

std::vector<std::string> notes_of(const StudyPlan& plan, std::size_t arm, NoteLanguage language) {
  const bool dutch = language == NoteLanguage::dutch;
  const auto& scenarios = plan.study.scenarios;
  std::vector<std::string> notes;
  for (const ProgrammeUse& use : plan.arms[arm].programmes) {
    const Programme& programme = plan.programmes[static_cast<std::size_t>(use.programme)];
    const bool by_scenario = arm < scenarios.size() && assumed_by(scenarios[arm], programme.id);
    if (by_scenario || assumed_in_file(programme))
      notes.push_back(dutch ? "Het effect van " + programme.id + " is aangenomen, niet gemeten."
                            : "The effect of " + programme.id + " is assumed, not measured.");
    if (programme.hypothetical)
      notes.push_back(programme.id + (dutch ? " is hypothetisch: het kiest op wat de partner niet mag zien."
                                            : " is hypothetical: it selects on what its partner may not see."));
  }
  return notes;
}

}  // namespace sleutel
