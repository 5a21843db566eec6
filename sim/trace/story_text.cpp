#include <fmt/format.h>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/trace/story.h"

namespace sleutel {
namespace {

constexpr std::size_t kMostNamed = 3;

std::string whose_text(Level level) {
  return level == Level::household ? " (drawn for the household)"
         : level == Level::couple  ? " (drawn for the couple)"
                                   : "";
}

/// Which states the resident begins with, by the kind of household.
std::string start_text(const Story& story, const Life& life) {
  std::vector<std::string> states;
  for (int i = 0; i < static_cast<int>(story.model.states.size()); ++i)
    if (life.start.states.test(i)) states.push_back(state_words(story.model, i, Language::en));
  return fmt::format("  {}  at the start: {}; {}; {}\n", month_words(story.plan, 0),
                     stage_words(life.start.stage, Language::en),
                     household_words(life.start.household, life.start.persons, Language::en),
                     states.empty() ? "none of the model's states" : listed(states, "and"));
}

std::string hazard_text(const Story& story, const Hazard& hazard) {
  return fmt::format("{} a year: {}", hazard_words(hazard.per_year(), Language::en),
                     raised_words(story.plan, story.model, hazard, Language::en));
}

std::string entry_text(const Story& story, const Entry& entry) {
  const std::string words = entry_words(story.plan, story.model, entry, Language::en);
  std::string text = fmt::format("  {}  {:<11}  {}{}\n", month_words(story.plan, entry.month),
                                 stage_words(entry.stage, Language::en), words, whose_text(entry.level));
  if (entry.drawn) text += fmt::format("  {:20}  {}\n", "", hazard_text(story, entry.hazard));
  return text;
}

std::string life_text(const Story& story, const Life& life) {
  std::string text = fmt::format("Under {}:\n", life.scenario) + start_text(story, life);
  for (const Entry& entry : life.entries) text += entry_text(story, entry);
  return text + (life.entries.empty() ? "  nothing happens in these years\n" : "") + "\n";
}

std::string why_text(const Story& story, const Difference& difference) {
  if (!difference.drawn) return "  It follows from something else in this month or in the life of somebody else.\n";
  std::string text = fmt::format("  Its hazard that month: {} a year under {}, {} under {}.\n",
                                 hazard_words(difference.first.per_year(), Language::en), story.other->scenario,
                                 hazard_words(difference.second.per_year(), Language::en), story.life.scenario);
  if (difference.why.empty())
    return text +
           (difference.first.base == difference.second.base && difference.first.open == difference.second.open
                ? "  No predictor of it differs: it came about through others.\n"
                : "  Its base rate, or whether it can happen at all, differs: who the resident is has changed.\n");
  text += "  What differs:";
  for (std::size_t i = 0; i < std::min(kMostNamed, difference.why.size()); ++i)
    text += fmt::format("{} {} (x {})", i == 0 ? "" : ";",
                        term_words(story.plan, story.model, difference.why[i], Language::en),
                        fixed_text(difference.second.factor(difference.why[i]), 2));
  return text + ".\n";
}

std::string difference_text(const Story& story, const Difference& difference, const std::string& title) {
  const Entry& entry = difference.entry;
  const std::string& where = difference.in_first ? story.other->scenario : story.life.scenario;
  return fmt::format("{}: {}, {} (only under {})\n", title, month_words(story.plan, entry.month),
                     entry_words(story.plan, story.model, entry, Language::en), where) +
         (entry.kind == Entry::Kind::joins ? "  The programme reaches the resident.\n" : why_text(story, difference));
}

std::string differences_text(const Story& story) {
  const LifeDifferences& both = story.differences;
  if (!both.any)
    return fmt::format("No difference: this life is the same under {} and {}.\n", story.other->scenario,
                       story.life.scenario);
  std::string text = difference_text(story, *both.any, "First difference");
  if (!both.event) return text + "Apart from programmes nothing differs.\n";
  const bool same = both.any->entry.same_as(both.event->entry);
  return same ? text : text + difference_text(story, *both.event, "First other event");
}

}  // namespace

std::string story_text(const Story& story) {
  std::string text =
      fmt::format("Resident {} of {}, replicate {}, {} to {}\n", story.life.resident, story.plan.study.id,
                  story.life.replicate, month_words(story.plan, 0), month_words(story.plan, story.plan.months() - 1));
  if (story.picked)
    text += fmt::format(
        "Picked: {}\n  {} residents were asked, {} are those whom the rule is about; burden {} under {}, {} under "
        "{}.\n",
        story.rule, with_thousands(static_cast<std::int64_t>(story.picked->asked)),
        with_thousands(static_cast<std::int64_t>(story.picked->among)), story.picked->burden, story.life.scenario,
        story.picked->other_burden, story.other->scenario);
  text += "A simulated life, of nobody in particular.\n\n";
  if (story.other) text += life_text(story, *story.other);
  text += life_text(story, story.life);
  if (story.other) text += differences_text(story);
  for (const std::string& note : story.notes) text += note + "\n";
  return text;
}

}  // namespace sleutel
