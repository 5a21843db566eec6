#include "sim/trace/dutch.h"

#include <algorithm>
#include <vector>

#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr std::array<const char*, kTraits> kDutchTraits = {"man",
                                                           "vrouw",
                                                           "woont met een partner",
                                                           "heeft geen partner",
                                                           "woont alleen",
                                                           "alleenstaande ouder",
                                                           "ouder van een minderjarige",
                                                           "thuiswonend kind",
                                                           "student",
                                                           "woont in een instelling",
                                                           "koopwoning",
                                                           "sociale huur",
                                                           "particuliere huur",
                                                           "laag opgeleid",
                                                           "middelbaar opgeleid",
                                                           "hoog opgeleid",
                                                           "1 soort jeugdtegenslag",
                                                           "2 soorten jeugdtegenslag",
                                                           "3 of meer soorten jeugdtegenslag",
                                                           "in de eerste levensjaren",
                                                           "kind",
                                                           "tiener",
                                                           "jongvolwassen",
                                                           "volwassen",
                                                           "van middelbare leeftijd",
                                                           "oudere",
                                                           "oudste ouderen",
                                                           "18 of ouder",
                                                           "laagste inkomensvijfde",
                                                           "tweede inkomensvijfde",
                                                           "middelste inkomensvijfde",
                                                           "vierde inkomensvijfde",
                                                           "hoogste inkomensvijfde",
                                                           "kind onder 4",
                                                           "geen kinderen",
                                                           "1 kind",
                                                           "2 kinderen",
                                                           "3 of meer kinderen"};

std::string dutch_states(const Model& model, const StateMask& mask) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < model.states.size(); ++i)
    if (mask.test(static_cast<int>(i))) labels.push_back(model.states[i].label_nl);
  return listed(labels, "of");
}

std::string dutch_duration(const Model& model, const Derived& derived) {
  const std::string& label = model.states[static_cast<std::size_t>(derived.which)].label_nl;
  const std::string from = std::to_string(derived.from_month), until = std::to_string(derived.until_month);
  if (derived.from_month == 0) return label + ", korter dan " + until + " maanden";
  const bool open = derived.until_month <= 0 || derived.until_month > 255;
  return label + (open ? ", " + from + " maanden of langer" : ", " + from + " tot " + until + " maanden");
}

std::string dutch_derived(const Model& model, const Derived& derived) {
  switch (derived.kind) {
    case DerivedKind::trait:
      return kDutchTraits[static_cast<std::size_t>(derived.which)];
    case DerivedKind::at_least:
      return std::to_string(derived.count) + " of meer tegelijk van: " + dutch_states(model, derived.mask);
    case DerivedKind::duration:
      return dutch_duration(model, derived);
    case DerivedKind::partner_has:
      return "partner: " + dutch_states(model, derived.mask);
    case DerivedKind::parent_has:
      return "ouder: " + dutch_states(model, derived.mask);
    case DerivedKind::both_have:
      return "beide partners: " + dutch_states(model, derived.mask);
    case DerivedKind::pair:
      break;
  }
  return derived.name;
}

std::string dutch_level(const Model& model, const LevelPredictor& predictor) {
  switch (predictor.source) {
    case LevelSource::stress_fast:
      return "stress van nu";
    case LevelSource::stress_slow:
      return "opgebouwde stress";
    case LevelSource::mastery:
      return "grip op het leven";
    case LevelSource::support:
      return "steun van anderen";
    case LevelSource::friends_have:
      return "vrienden: " + dutch_states(model, predictor.mask);
    case LevelSource::place_has:
      return "in de buurt: " + dutch_states(model, predictor.mask);
    case LevelSource::household_has:
      return "huisgenoten: " + dutch_states(model, predictor.mask);
    case LevelSource::months_since_start:
      return "tijd";
  }
  return predictor.name;
}

}  // namespace

std::string dutch_predictor(const Model& model, const std::string& name) {
  const std::size_t plus = name.find(" + ");
  if (plus != std::string::npos)
    return dutch_predictor(model, name.substr(0, plus)) + " en " + dutch_predictor(model, name.substr(plus + 3));
  const int state = model.state(name);
  if (state >= 0) return model.states[static_cast<std::size_t>(state)].label_nl;
  for (const Matrix& matrix : model.matrix) {
    for (const Derived& derived : matrix.derived)
      if (derived.name == name) return dutch_derived(model, derived);
    for (const LevelPredictor& predictor : matrix.level_predictors)
      if (predictor.name == name) return dutch_level(model, predictor);
  }
  const auto trait = std::find(kTraitNames.begin(), kTraitNames.end(), name);
  return trait == kTraitNames.end() ? name : kDutchTraits[static_cast<std::size_t>(trait - kTraitNames.begin())];
}

}  // namespace sleutel
