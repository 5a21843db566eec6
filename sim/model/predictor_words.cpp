#include "sim/model/predictor_words.h"

#include <algorithm>

#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr const char* kChildhood = "childhood";
constexpr const char* kHousehold = "household";
constexpr const char* kPerson = "person";
constexpr const char* kAround = "friends and buurt";
constexpr const char* kStress = "stress";

struct TraitWords {
  const char* words;
  const char* place;
};

constexpr std::array<TraitWords, kTraits> kTraitWords = {{
    {"man", kPerson},
    {"woman", kPerson},
    {"lives with a partner", kHousehold},
    {"has no partner", kHousehold},
    {"lives alone", kHousehold},
    {"lone parent", kHousehold},
    {"parent of a minor", kHousehold},
    {"child at home", kHousehold},
    {"student", kPerson},
    {"lives in an institution", kHousehold},
    {"owns the home", kHousehold},
    {"social rent", kHousehold},
    {"private rent", kHousehold},
    {"low education", kPerson},
    {"middle education", kPerson},
    {"high education", kPerson},
    {"1 kind of adversity", kChildhood},
    {"2 kinds of adversity", kChildhood},
    {"3 or more kinds of adversity", kChildhood},
    {"in the first years", kPerson},
    {"child", kPerson},
    {"adolescent", kPerson},
    {"young adult", kPerson},
    {"adult of 25-44", kPerson},
    {"of middle age", kPerson},
    {"older", kPerson},
    {"oldest", kPerson},
    {"of 18 or older", kPerson},
    {"lowest income fifth", kHousehold},
    {"second income fifth", kHousehold},
    {"middle income fifth", kHousehold},
    {"fourth income fifth", kHousehold},
    {"highest income fifth", kHousehold},
    {"child under 4", kHousehold},
    {"no children", kHousehold},
    {"1 child", kHousehold},
    {"2 children", kHousehold},
    {"3 or more children", kHousehold},
}};

const TraitWords* trait_named(const std::string& name) {
  const auto at = std::find(kTraitNames.begin(), kTraitNames.end(), name);
  return at == kTraitNames.end() ? nullptr : &kTraitWords[static_cast<std::size_t>(at - kTraitNames.begin())];
}

/// The predictor of this name in the matrix of any level of units.
template <class Found>
const Found* named(const Model& model, std::vector<Found> Matrix::*list, const std::string& name) {
  for (const Matrix& matrix : model.matrix)
    for (const Found& one : matrix.*list)
      if (one.name == name) return &one;
  return nullptr;
}

std::vector<std::string> labels(const Model& model, const StateMask& mask) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < model.states.size(); ++i)
    if (mask.test(static_cast<int>(i))) all.push_back(model.states[i].label_en);
  return all;
}

constexpr int kNoEnd = 256;  ///< `until` of a duration that has none [months]

/// ", first 6 months", ", after 6 months", ", after 6 to 24 months".
std::string span_words(const Derived& derived) {
  if (derived.from_month <= 0) return ", first " + std::to_string(derived.until_month) + " months";
  std::string words = ", after " + std::to_string(derived.from_month);
  const bool ends = derived.until_month < kNoEnd;
  return words + (ends ? " to " + std::to_string(derived.until_month) : std::string()) + " months";
}

std::string words_of(const Model& model, const Derived& derived) {
  const std::string any = listed(labels(model, derived.mask), "or");
  switch (derived.kind) {
    case DerivedKind::at_least:
      return std::to_string(derived.count) + " or more at once of: " + any;
    case DerivedKind::duration:
      return model.states[static_cast<std::size_t>(derived.which)].label_en + span_words(derived);
    case DerivedKind::partner_has:
      return "partner: " + any;
    case DerivedKind::parent_has:
      return "parent: " + any;
    case DerivedKind::both_have:
      return "both partners: " + any;
    case DerivedKind::trait:
    case DerivedKind::pair:
      break;
  }
  return derived.name;
}

std::string words_of(const Model& model, const LevelPredictor& predictor) {
  const std::string any = listed(labels(model, predictor.mask), "or");
  switch (predictor.source) {
    case LevelSource::stress_fast:
      return "stress load that wears off fast";
    case LevelSource::stress_slow:
      return "stress load that wears off slowly";
    case LevelSource::mastery:
      return "mastery";
    case LevelSource::support:
      return "support";
    case LevelSource::friends_have:
      return "friends: " + any;
    case LevelSource::place_has:
      return "buurt: " + any;
    case LevelSource::household_has:
      return "others at home: " + any;
    case LevelSource::months_since_start:
      return "years since the start";
  }
  return predictor.name;
}

std::string place_of(const Model& model, const Derived& derived) {
  if (derived.kind == DerivedKind::duration) return model.states[static_cast<std::size_t>(derived.which)].domain;
  return derived.kind == DerivedKind::at_least ? kStress : kHousehold;
}

std::string place_of(const LevelPredictor& predictor) {
  const bool load = predictor.source == LevelSource::stress_fast || predictor.source == LevelSource::stress_slow;
  if (load) return kStress;
  return predictor.source == LevelSource::household_has ? kHousehold
         : predictor.source == LevelSource::mastery     ? kPerson
                                                        : kAround;
}

}  // namespace

std::string predictor_words(const Model& model, const std::string& name) {
  if (const int state = model.state(name); state >= 0) return model.states[static_cast<std::size_t>(state)].label_en;
  if (const TraitWords* trait = trait_named(name)) return trait->words;
  if (const LevelPredictor* level = named(model, &Matrix::level_predictors, name)) return words_of(model, *level);
  if (const Derived* derived = named(model, &Matrix::derived, name)) return words_of(model, *derived);
  return name;
}

std::string predictor_place(const Model& model, const std::string& name) {
  if (const int state = model.state(name); state >= 0) return model.states[static_cast<std::size_t>(state)].domain;
  if (const TraitWords* trait = trait_named(name)) return trait->place;
  if (const LevelPredictor* level = named(model, &Matrix::level_predictors, name)) return place_of(*level);
  if (const Derived* derived = named(model, &Matrix::derived, name)) return place_of(model, *derived);
  return kPerson;
}

int column_of(const std::string& place) {
  if (place == kStress) return 2;
  if (place == "health" || place == "behaviour") return 3;
  const bool brought = place == kChildhood || place == kHousehold || place == kPerson || place == kAround;
  return brought ? 0 : 1;
}

}  // namespace sleutel
