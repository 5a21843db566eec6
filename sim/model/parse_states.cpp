#include <algorithm>

#include "sim/base/text.h"
#include "sim/model/parse.h"

namespace sleutel {
namespace {

const std::vector<std::string> kKinds = {"stressor", "condition", "behaviour", "situation", "mood", "history"};
const std::vector<std::string> kDomains = {"family", "money", "work",      "housing", "school",
                                           "social", "care",  "behaviour", "health",  "place"};
const std::vector<std::string> kUnits = {"resident", "household", "couple"};
constexpr int kLastDraw = 9999;

Level level_in(Reading& reading, const Node& node) {
  const int level = choice(reading, node, "level", kUnits, 0);
  return static_cast<Level>(level < 0 ? 0 : level);
}

std::uint8_t stages_of(Reading& reading, const std::vector<source::Word>& stages) {
  const std::vector<std::string> known(kLifeStageNames, kLifeStageNames + kLifeStages);
  std::uint8_t bits = 0;
  for (const source::Word& stage : stages) {
    int found = kLifeStages - 1;
    while (found >= 0 && stage.text != kLifeStageNames[found]) --found;
    if (found >= 0) {
      bits = static_cast<std::uint8_t>(bits | (1U << found));
      continue;
    }
    const std::string near = did_you_mean(stage.text, known);
    reading.add(stage.place, "unknown life stage " + in_quotes(stage.text),
                near.empty() ? "it is one of " + listed(known) : near);
  }
  return bits;
}

/// age: [from, until]
void read_ages(Reading& reading, const Node& node, int& from, int& until) {
  const Node* age = node.find("age");
  if (age == nullptr) return;
  if (!age->is_list() || age->items.size() != 2) {
    reading.add(age->problem("expected two ages [from, until], found " + age->found()));
    return;
  }
  const Range ages{.min = 0, .max = 200};
  from = static_cast<int>(number(reading, age->items[0], ages).value_or(0));
  until = static_cast<int>(number(reading, age->items[1], ages).value_or(200));
  if (from >= until) reading.add(age->problem("nobody is of these ages", "the first age is below the second"));
}

source::AppliesTo parse_applies_to(Reading& reading, const Node& state) {
  source::AppliesTo applies;
  const Node* node = state.find("applies_to");
  if (node == nullptr || !expect_map(reading, *node, "life_stage, age, any or none")) return applies;
  allow_keys(reading, *node, {"life_stage", "age", "any", "none"});
  if (node->items.empty()) reading.add(node->problem("applies_to says nothing", "leave it out if all may get it"));
  if (node->find("life_stage") != nullptr) applies.stages = stages_of(reading, words(reading, *node, "life_stage"));
  read_ages(reading, *node, applies.age_from, applies.age_until);
  applies.any = words(reading, *node, "any");
  applies.none = words(reading, *node, "none");
  return applies;
}

void read_classes(Reading& reading, const Node& attribute, source::State& state) {
  state.class_attribute = attribute.key;
  if (!expect_map(reading, attribute, "two classes with their shares, and evidence")) return;
  std::vector<double> shares;
  for (const Node& item : attribute.items) {
    if (item.key == "evidence" || item.key == "note") continue;
    state.class_names.push_back(item.key);
    shares.push_back(number(reading, item, kShare).value_or(0));
  }
  const auto ids = cited(reading, attribute);
  if (shares.size() != 2) {
    reading.add(attribute.problem("an attribute has two classes, found " + std::to_string(shares.size())));
    return;
  }
  if (shares[0] + shares[1] < 0.999999 || shares[0] + shares[1] > 1.000001) {
    reading.add(attribute.problem("the shares of the classes must add to 1"));
  }
  const std::string path = attribute.path + "." + state.class_names[1];
  state.class_share = reading.parameter(path, shares[1], "share", attribute, ids, kShare);
}

void parse_class(Reading& reading, const Node& node, source::State& state) {
  const Node* map = node.find("class");
  if (map == nullptr || !expect_map(reading, *map, "one attribute with two classes")) return;
  if (map->items.size() != 1) {
    reading.add(map->problem("a state has one class attribute, found " + std::to_string(map->items.size())));
    return;
  }
  read_classes(reading, map->items.front(), state);
}

void parse_marks(Reading& reading, const Node& node, source::State& state) {
  const Node* marks = node.find("marks");
  if (marks == nullptr || !expect_map(reading, *marks, "on_begin or on_end and the name of a history state")) return;
  allow_keys(reading, *marks, {"on_begin", "on_end"});
  if (const Node* begin = marks->find("on_begin")) state.marks_on_begin = word_of(*begin);
  if (const Node* end = marks->find("on_end")) state.marks_on_end = word_of(*end);
}

void parse_stress_points(Reading& reading, const Node& node, source::State& state) {
  const Node* stress = node.find("stress");
  if (stress == nullptr || !expect_map(reading, *stress, "fast, slow, holds and evidence")) return;
  allow_keys(reading, *stress, {"fast", "slow", "holds", "evidence", "note"});
  state.stress_evidence = cited(reading, *stress);
  const auto part = [&](const char* key, const char* unit, const Range& range) {
    const double value = optional_number(reading, *stress, key, range).value_or(0);
    return reading.parameter(stress->path + "." + key, value, unit, *stress, state.stress_evidence, range);
  };
  const Range points{.min = 0, .max = 15};
  state.stress_fast = part("fast", "points", points);
  state.stress_slow = part("slow", "points", points);
  state.stress_holds = part("holds", "share", kShare);
  if (state.stress_fast == 0 && state.stress_slow == 0) {
    reading.add(stress->problem("no points: this stress has no effect", "give fast, slow or both, or leave it out"));
  }
}

std::vector<std::string> texts_of(const std::vector<source::Word>& words) {
  std::vector<std::string> texts;
  for (const source::Word& word : words) texts.push_back(word.text);
  return texts;
}

/// A partner whom the model does not declare is most likely misspelt: he would see nothing.
std::vector<std::string> partners_in(Reading& reading, const Node& node) {
  const std::vector<source::Word> named = words(reading, node, "visible_to");
  for (const source::Word& word : named) {
    if (std::find(reading.partners.begin(), reading.partners.end(), word.text) != reading.partners.end()) continue;
    const std::string near = did_you_mean(word.text, reading.partners);
    reading.add(word.place, "unknown partner " + in_quotes(word.text),
                near.empty() ? "add it to `partners:` of the model" : near);
  }
  return texts_of(named);
}

/// What states and events have in common.
source::State named_state(Reading& reading, const Node& node) {
  source::State state;
  state.name = {node.key, key_place_of(node)};
  if (!is_name(node.key)) {
    reading.add(
        node.key_problem("a name is made of lower-case letters, digits and _", "rename " + in_quotes(node.key)));
  }
  if (!node.is_map()) return state;
  state.level = level_in(reading, node);
  state.draw = whole(reading, node, "draw", 0, kLastDraw, std::nullopt);
  state.visible_to = partners_in(reading, node);
  state.applies_to = parse_applies_to(reading, node);
  return state;
}

source::Transition parse_half(Reading& reading, const Node& state, const char* key) {
  const Node* node = state.find(key);
  if (node == nullptr || !expect_map(reading, *node, "a rate and edges")) return {};
  allow_keys(reading, *node,
             {"per_year", "probability", "local_factor", "needs", "forbidden_by", "edges", "note", "per_month", "rate",
              "chance"});
  return parse_transition(reading, *node);
}

}  // namespace

std::string domain_in(Reading& reading, const Node& node) {
  const int domain = choice(reading, node, "domain", kDomains, -1);
  return domain < 0 ? "" : kDomains[static_cast<std::size_t>(domain)];
}

source::State parse_state(Reading& reading, const Node& node) {
  source::State state = named_state(reading, node);
  if (!expect_map(reading, node, "kind, domain, draw, label, onset, end ...")) return state;
  allow_keys(reading, node,
             {"label", "kind", "domain", "level", "draw", "visible_to", "applies_to", "class", "duration", "onset",
              "end", "marks", "stress", "note"});
  read_label(reading, node, "label", state.label_en, state.label_nl);
  const int kind = choice(reading, node, "kind", kKinds, -2);
  if (kind == -2) reading.add(node.problem("the key \"kind\" is missing", "it is one of " + listed(kKinds)));
  state.kind = static_cast<StateKind>(kind < 0 ? 0 : kind);
  state.domain = domain_in(reading, node);
  const bool needs_domain = state.kind != StateKind::history && node.find("domain") == nullptr;
  if (needs_domain) reading.add(node.problem("the key \"domain\" is missing", "it is one of " + listed(kDomains)));
  parse_class(reading, node, state);
  state.duration = truth(reading, node, "duration", false);
  state.onset = parse_half(reading, node, "onset");
  state.end = parse_half(reading, node, "end");
  parse_marks(reading, node, state);
  parse_stress_points(reading, node, state);
  if (state.kind == StateKind::history && (state.onset.given || state.end.given)) {
    reading.add(node.key_problem("a history is set by the marks of another state and has no onset or end",
                                 "take onset and end away, or give it another kind"));
  }
  if (!state.onset.given && node.find("applies_to") != nullptr) {
    reading.add(node.problem("applies_to has no effect on a state without onset", "take it away"));
  }
  return state;
}

source::State parse_event(Reading& reading, const Node& node) {
  source::State event = named_state(reading, node);
  event.kind = StateKind::event;
  if (!expect_map(reading, node, "draw, level, a rate and edges")) return event;
  allow_keys(reading, node,
             {"label", "domain", "level", "draw", "visible_to", "applies_to", "per_year", "probability", "local_factor",
              "needs", "forbidden_by", "edges", "note", "per_month", "rate", "chance"});
  event.label_en = event.label_nl = node.key;
  if (node.find("label") != nullptr) read_label(reading, node, "label", event.label_en, event.label_nl);
  event.domain = domain_in(reading, node);
  event.onset = parse_transition(reading, node);
  return event;
}

}  // namespace sleutel
