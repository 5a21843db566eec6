#pragma once
/// \file
/// A traced life as text for people, as JSON and as a picture.

#include <optional>
#include <string>
#include <vector>

#include "sim/trace/difference.h"
#include "sim/trace/pick.h"
#include "sim/trace/words.h"

namespace sleutel {

/// All that is told.
struct Story {
  const StudyPlan& plan;
  const Model& model;           ///< of the scenario
  Life life;                    ///< under the scenario
  std::optional<Life> other;    ///< of the same resident under the scenario that it is compared with
  LifeDifferences differences;  ///< from `other` to `life`
  std::optional<Picked> picked;
  std::string rule;                ///< by which it was picked
  std::vector<std::string> notes;  ///< that must stand beside every result of these scenarios, in its language
};

std::string story_text(const Story& story);
std::string story_json(const Story& story);
/// A timeline in which each state is a bar, with numbers that lead to why it began.
std::string story_svg(const Story& story, Language language);

}  // namespace sleutel
