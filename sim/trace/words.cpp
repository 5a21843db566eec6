#include "sim/trace/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/numbers.h"
#include "sim/model/predictor_words.h"
#include "sim/trace/dutch.h"

namespace sleutel {
namespace {

/// One thing in both languages.
struct Both {
  const char *en, *nl;
  const char* in(Language language) const { return language == Language::nl ? nl : en; }
};

constexpr std::array<Both, kLifeStages> kStages = {{{"first years", "eerste jaren"},
                                                    {"child", "kind"},
                                                    {"adolescent", "tiener"},
                                                    {"young adult", "jongvolwassen"},
                                                    {"adult", "volwassen"},
                                                    {"middle age", "middelbare leeftijd"},
                                                    {"older", "oudere"},
                                                    {"oldest", "oudste ouderen"}}};
constexpr std::array<Both, 6> kHouseholds = {{{"lives alone", "woont alleen"},
                                              {"couple", "paar"},
                                              {"couple with children", "paar met kinderen"},
                                              {"lone parent with children", "eenoudergezin"},
                                              {"shared household", "gedeeld huishouden"},
                                              {"institution", "instelling"}}};
constexpr std::array<Both, 7> kBefore = {{{"joins the programme", "begint met het programma"},
                                          {"leaves the programme", "stopt met het programma"},
                                          {"drawn", "gebeurtenis"},
                                          {"begins", "begint"},
                                          {"ends", "eindigt"},
                                          {"household becomes", "huishouden wordt"},
                                          {"no longer lives in the city", "woont niet meer in de stad"}}};
constexpr std::size_t kMostShown = 3;  ///< predictors of a hazard

const Programme* programme_named(const StudyPlan& plan, const std::string& id) {
  const auto at =
      std::find_if(plan.programmes.begin(), plan.programmes.end(), [&](const Programme& one) { return one.id == id; });
  return at == plan.programmes.end() ? nullptr : &*at;
}

std::string programme_words(const Programme& programme, Language language) {
  const std::string& name = language == Language::nl ? programme.name_nl : programme.name_en;
  return name.empty() ? programme.id : name;
}

}  // namespace

std::string state_words(const Model& model, int state, Language language) {
  const State& one = model.states[static_cast<std::size_t>(state)];
  const std::string& label = language == Language::nl ? one.label_nl : one.label_en;
  return label.empty() ? one.name : label;
}

std::string stage_words(LifeStage stage, Language language) {
  return kStages[static_cast<std::size_t>(stage)].in(language);
}

std::string household_words(HouseholdKind kind, int persons, Language language) {
  std::string words = kHouseholds[static_cast<std::size_t>(kind)].in(language);
  if (kind == HouseholdKind::single || kind == HouseholdKind::institution) return words;
  return fmt::format("{}, {} {}", words, persons, language == Language::nl ? "personen" : "persons");
}

std::string term_words(const StudyPlan& plan, const Model& model, const Term& term, Language language) {
  if (!term.programme)
    return language == Language::nl ? dutch_predictor(model, term.name) : predictor_words(model, term.name);
  const Programme* const programme = programme_named(plan, term.name);
  return programme == nullptr ? term.name : programme_words(*programme, language);
}

std::string entry_words(const StudyPlan& plan, const Model& model, const Entry& entry, Language language) {
  std::string before = kBefore[static_cast<std::size_t>(entry.kind)].in(language);
  switch (entry.kind) {
    case Entry::Kind::joins:
    case Entry::Kind::leaves:
      return before + ": " + programme_words(plan.programmes[static_cast<std::size_t>(entry.what)], language);
    case Entry::Kind::household:
      return before + ": " + household_words(entry.household, entry.persons, language);
    case Entry::Kind::gone:
      return before;
    default:
      return before + ": " + state_words(model, entry.what, language);
  }
}

std::string month_words(const StudyPlan& plan, int month) {
  return to_string(CalendarMonth::from_index(plan.study.start.index() + month));
}

std::string hazard_words(double per_year, Language language) {
  int decimals = 1;
  for (double bound = 1; per_year < bound && decimals < 6; bound /= 10) ++decimals;
  std::string text = fixed_text(per_year, decimals);
  if (language == Language::nl) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string raised_words(const StudyPlan& plan, const Model& model, const Hazard& hazard, Language language) {
  std::string text;
  for (const Term& term : hazard.raised_most(kMostShown))
    text += fmt::format("{}{} {}%", text.empty() ? "" : "; ", term_words(plan, model, term, language),
                        fixed_text(100 * hazard.share(term), 0));
  if (!text.empty()) return text;
  return language == Language::nl ? "niets verhoogde het" : "nothing raised it";
}

}  // namespace sleutel
