#include <nlohmann/json.hpp>

#include "sim/trace/story.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 7> kEntryKinds = {"joins", "leaves", "event", "begin", "end", "household", "gone"};
constexpr std::array<const char*, kLevelsOfUnits> kUnitNames = {"resident", "household", "couple"};
constexpr std::array<const char*, 6> kKinds = {"single",      "couple", "couple_with_children",
                                               "lone_parent", "other",  "institution"};

Json terms_json(const Hazard& hazard) {
  Json all = Json::array();
  for (const Term& term : hazard.terms)
    all.push_back({{"name", term.name},
                   {"programme", term.programme},
                   {"factor", hazard.factor(term)},
                   {"share", hazard.share(term)}});
  return all;
}

Json hazard_json(const Hazard& hazard) {
  if (!hazard.open) return nullptr;
  Json all = {{"per_year", hazard.per_year()}, {"base_per_year", hazard.base_per_year()}};
  all["limit_factor"] = hazard.factor({"", false, static_cast<std::int32_t>(hazard.clipped)});
  all["terms"] = terms_json(hazard);
  return all;
}

Json what_json(const Story& story, const Entry& entry) {
  if (entry.what < 0) return nullptr;
  const auto at = static_cast<std::size_t>(entry.what);
  const bool programme = entry.kind == Entry::Kind::joins || entry.kind == Entry::Kind::leaves;
  return programme ? story.plan.programmes[at].id : story.model.states[at].name;
}

Json entry_json(const Story& story, const Entry& entry) {
  Json all = {{"month", month_words(story.plan, entry.month)},
              {"kind", kEntryKinds[static_cast<std::size_t>(entry.kind)]},
              {"what", what_json(story, entry)},
              {"life_stage", kLifeStageNames[static_cast<std::size_t>(entry.stage)]}};
  if (entry.kind == Entry::Kind::household) {
    all["household"] = kKinds[static_cast<std::size_t>(entry.household)];
    all["persons"] = entry.persons;
  }
  if (entry.drawn) {
    all["unit"] = kUnitNames[static_cast<std::size_t>(entry.level)];
    all["hazard"] = hazard_json(entry.hazard);
  }
  return all;
}

Json life_json(const Story& story, const Life& life) {
  Json states = Json::array(), entries = Json::array();
  for (std::size_t i = 0; i < story.model.states.size(); ++i)
    if (life.start.states.test(static_cast<int>(i))) states.push_back(story.model.states[i].name);
  for (const Entry& entry : life.entries) entries.push_back(entry_json(story, entry));
  return {{"scenario", life.scenario},
          {"start",
           {{"life_stage", kLifeStageNames[static_cast<std::size_t>(life.start.stage)]},
            {"household", kKinds[static_cast<std::size_t>(life.start.household)]},
            {"persons", life.start.persons},
            {"states", states}}},
          {"entries", entries}};
}

Json difference_json(const Story& story, const std::optional<Difference>& difference) {
  if (!difference) return nullptr;
  Json all = {{"entry", entry_json(story, difference->entry)},
              {"only_under", difference->in_first ? story.other->scenario : story.life.scenario}};
  if (!difference->drawn) return all;
  all["hazard_against"] = hazard_json(difference->first);
  all["hazard"] = hazard_json(difference->second);
  all["differs"] = Json::array();
  for (const Term& term : difference->why)
    all["differs"].push_back(
        {{"name", term.name}, {"programme", term.programme}, {"factor", difference->second.factor(term)}});
  return all;
}

}  // namespace

std::string story_json(const Story& story) {
  Json all = {{"study", story.plan.study.id},
              {"resident", story.life.resident},
              {"replicate", story.life.replicate},
              {"months", story.plan.months()}};
  if (story.picked)
    all["picked"] = {{"rule", story.rule},
                     {"asked", story.picked->asked},
                     {"among", story.picked->among},
                     {"burden", story.picked->burden},
                     {"burden_against", story.picked->other_burden}};
  all["life"] = life_json(story, story.life);
  if (story.other) {
    all["against"] = life_json(story, *story.other);
    all["same"] = !story.differences.any.has_value();
    all["first_difference"] = difference_json(story, story.differences.any);
    all["first_other_event"] = difference_json(story, story.differences.event);
  }
  all["notes"] = story.notes;
  return all.dump(2) + "\n";
}

}  // namespace sleutel
