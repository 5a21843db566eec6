#include <array>
#include <cmath>

#include "sim/base/math.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/parse.h"

namespace sleutel {
namespace {

constexpr double kLeastReach = 1;  ///< of the levels of a load [points]

const std::vector<std::string> kSources = {"stress_fast",  "stress_slow", "mastery",      "support",
                                           "friends_have", "place_has",   "household_has"};
constexpr LevelSource kSourceOf[] = {LevelSource::stress_fast,  LevelSource::stress_slow,  LevelSource::mastery,
                                     LevelSource::support,      LevelSource::friends_have, LevelSource::place_has,
                                     LevelSource::household_has};

/// Share of a load that is kept in a month, from its half-life [x 2^16].
std::uint32_t keep_of(double half_life_months) {
  return static_cast<std::uint32_t>(math::exp2(-1 / half_life_months) * 65536 + 0.5);
}

const Node* section(Reading& reading, const Node& map, const char* key, const char* holds) {
  const Node* node = map.find(key);
  return node != nullptr && expect_map(reading, *node, holds) ? node : nullptr;
}

double stress_number(Reading& reading, const Node& stress, const char* key, const char* value_key, const char* unit,
                     const Range& range) {
  const Node* node = Reader(reading.problems).required(stress, key);
  if (node == nullptr) return 1;
  if (node->is_map()) allow_keys(reading, *node, {value_key, "evidence", "note"});
  return cited_number(reading, *node, value_key, unit, range);
}

Stress parse_stress(Reading& reading, const Node& root) {
  Stress stress;
  const Node* node = section(reading, root, "stress", "half_life_fast, half_life_slow, and the amplifier and buffers");
  if (node == nullptr) return stress;
  allow_keys(reading, *node,
             {"half_life_fast", "half_life_slow", "adversity_amplifier", "mastery_buffer", "support_buffer"});
  const Range months{.min = 0.05, .max = 600};
  stress.keep_fast = keep_of(stress_number(reading, *node, "half_life_fast", "months", "months", months));
  stress.keep_slow = keep_of(stress_number(reading, *node, "half_life_slow", "months", "months", months));
  const auto part = [&](const char* key, const Range& range) {
    return static_cast<float>(stress_number(reading, *node, key, "value", "share", range));
  };
  stress.adversity_amplifier = part("adversity_amplifier", Range{.min = 0, .max = 10});
  stress.mastery_buffer = part("mastery_buffer", kShare);
  stress.support_buffer = part("support_buffer", kShare);
  if (stress.mastery_buffer + stress.support_buffer > 1) {
    reading.add(node->problem("the buffers add to more than 1: stress would turn into relief"));
  }
  return stress;
}

source::Shrink parse_shrink(Reading& reading, const Node& root) {
  source::Shrink shrink;
  const Node* node = section(reading, root, "shrink", "a factor for each design class, and evidence");
  if (node == nullptr) return shrink;
  allow_keys(reading, *node, {"trial", "within", "cohort", "cross_sectional", "evidence", "note"});
  const auto ids = cited(reading, *node);
  const Range range{.min = 0, .max = 2};
  for (const char* design : {"trial", "within", "cohort", "cross_sectional"}) {
    const double value = required_number(reading, *node, design, range);
    shrink.by_design[design] = reading.parameter(node->path + "." + design, value, "factor", *node, ids, range);
  }
  return shrink;
}

/// What one unit of a predictor is in the whole numbers of its column.
double units_of(LevelSource source, double step) {
  if (source == LevelSource::stress_fast || source == LevelSource::stress_slow) return kLoadUnit;
  const bool is_share = source >= LevelSource::friends_have && source <= LevelSource::household_has;
  return is_share && step < 1 ? 32 : 1;
}

/// A step below what the column can hold would be another step in the run; loads above the last level all count alike.
void check_step(Reading& reading, const Node& node, const LevelPredictor& level) {
  const Node* written = node.find("step");
  if (written == nullptr || level.step <= 0 || level.levels < 2) return;
  const double units = units_of(level.source, level.step);
  const double reach = static_cast<double>(level.step) * (level.levels - 1);
  if (level.step * units < 0.999)
    return reading.add(written->problem(written->text + " (must be at least " + number_text(1 / units) +
                                            ", the smallest step that a resident's column can hold)",
                                        "write a larger step"));
  if (units == kLoadUnit && reach < kLeastReach)
    reading.add(written->problem(written->text + " (" + std::to_string(level.levels) + " levels then end at " +
                                     number_text(std::round(reach * 1e4) / 1e4) + " points; they must reach " +
                                     number_text(kLeastReach) + ", the load of one severe event)",
                                 "write a larger step or more levels, at most " + std::to_string(kMaxLevels)));
}

source::Predictor parse_predictor(Reading& reading, const Node& node) {
  source::Predictor predictor;
  predictor.name = {node.key, key_place_of(node)};
  if (!is_name(node.key, true)) reading.add(node.key_problem("a name is made of lower-case letters, digits and _"));
  if (!expect_map(reading, node, "source, unit, step and levels")) return predictor;
  allow_keys(reading, node, {"source", "states", "unit", "step", "levels", "note"});
  required_word(reading, node, "source");
  const int source = choice(reading, node, "source", kSources, 0);
  LevelPredictor& level = predictor.level;
  level.name = node.key;
  level.source = kSourceOf[source < 0 ? 0 : source];
  level.unit = required_word(reading, node, "unit");
  level.levels = whole(reading, node, "levels", 2, kMaxLevels, std::nullopt);
  const bool is_share = level.source >= LevelSource::friends_have;
  predictor.states = words(reading, node, "states");
  if (is_share && predictor.states.empty())
    reading.add(node.problem("a share needs the states it is of", "add states: [...]"));
  if (!is_share && !predictor.states.empty()) reading.add(node.problem("only a share has states", "take states away"));
  const double otherwise = is_share ? 1.0 / 32 : 1;
  level.step = static_cast<float>(optional_number(reading, node, "step", kPositive).value_or(otherwise));
  check_step(reading, node, level);
  return predictor;
}

source::Derived parse_derived(Reading& reading, const Node& node) {
  source::Derived derived;
  derived.name = {node.key, key_place_of(node)};
  if (!is_name(node.key)) reading.add(node.key_problem("a name is made of lower-case letters, digits and _"));
  if (!expect_map(reading, node, "at_least and of, duration, partner_has, parent_has or both_have")) return derived;
  if (node.find("at_least") != nullptr) {
    allow_keys(reading, node, {"at_least", "of", "note"});
    derived.of = words(reading, node, "of");
    derived.count = whole(reading, node, "at_least", 1, 128, std::nullopt);
    if (derived.count > static_cast<int>(derived.of.size())) {
      reading.add(node.problem("at least " + std::to_string(derived.count) + " of " +
                               std::to_string(derived.of.size()) + " can never be"));
    }
    return derived;
  }
  if (node.find("duration") != nullptr) {
    allow_keys(reading, node, {"duration", "from", "until", "note"});
    derived.kind = DerivedKind::duration;
    derived.of = words(reading, node, "duration");
    derived.from_month = whole(reading, node, "from", 0, 255, 0);
    derived.until_month = whole(reading, node, "until", 1, 256, 256);
    if (derived.from_month >= derived.until_month) reading.add(node.problem("no duration is in this range"));
    if (derived.of.size() != 1) reading.add(node.problem("a duration is of one state"));
    return derived;
  }
  constexpr std::array<std::pair<const char*, DerivedKind>, 3> relations = {{{"partner_has", DerivedKind::partner_has},
                                                                             {"parent_has", DerivedKind::parent_has},
                                                                             {"both_have", DerivedKind::both_have}}};
  for (const auto& [key, kind] : relations) {
    if (node.find(key) == nullptr) continue;
    allow_keys(reading, node, {key, "note"});
    derived.kind = kind;
    derived.of = words(reading, node, key);
    return derived;
  }
  allow_keys(reading, node, {"at_least", "of", "duration", "from", "until", "partner_has", "parent_has", "both_have"});
  reading.add(node.problem("a derived predictor is one of at_least, duration, partner_has, parent_has and both_have"));
  return derived;
}

source::Group parse_group(Reading& reading, const Node& node) {
  source::Group group;
  group.name = {node.key, key_place_of(node)};
  if (!expect_map(reading, node, "rest, draw and members")) return group;
  allow_keys(reading, node, {"rest", "draw", "members", "label", "note"});
  required_word(reading, node, "rest");
  if (const Node* rest = node.find("rest")) group.rest = word_of(*rest);
  group.draw = whole(reading, node, "draw", 0, 9999, std::nullopt);
  group.members = words(reading, node, "members");
  group.label_en = group.label_nl = group.rest.text;
  if (node.find("label") != nullptr) read_label(reading, node, "label", group.label_en, group.label_nl);
  if (group.members.empty()) reading.add(node.problem("a group needs members beside its rest"));
  return group;
}

template <class Parse, class Into>
void parse_each(Reading& reading, const Node& root, const char* key, const char* holds, Parse parse, Into& into) {
  const Node* node = section(reading, root, key, holds);
  if (node == nullptr) return;
  for (const Node& item : node->items) into.push_back(parse(reading, item));
}

}  // namespace

source::Model parse_model(Reading& reading, const Node& root) {
  source::Model model;
  if (!expect_map(reading, root, "model, title, states ...")) return model;
  allow_keys(reading, root,
             {"model", "title", "partners", "stress", "shrink", "predictors", "derived", "groups", "states", "events",
              "responses", "tariff", "outcomes", "targets"});
  model.id = required_word(reading, root, "model");
  model.title = required_word(reading, root, "title");
  for (const source::Word& partner : words(reading, root, "partners")) reading.partners.push_back(partner.text);
  model.stress = parse_stress(reading, root);
  model.shrink = parse_shrink(reading, root);
  parse_each(reading, root, "predictors", "quantised predictors", parse_predictor, model.predictors);
  parse_each(reading, root, "derived", "derived predictors", parse_derived, model.derived);
  parse_each(reading, root, "groups", "groups", parse_group, model.groups);
  parse_each(reading, root, "states", "states", parse_state, model.states);
  parse_each(reading, root, "events", "events", parse_event, model.states);
  parse_each(reading, root, "responses", "responses", parse_response, model.responses);
  parse_each(reading, root, "outcomes", "outcomes", parse_outcome, model.outcomes);
  if (const Node* tariff = root.find("tariff")) model.tariff = parse_tariff(reading, *tariff);
  if (const Node* targets = root.find("targets")) model.targets = parse_targets(reading, *targets);
  if (root.find("states") == nullptr) reading.add(root.problem("the model has no states"));
  return model;
}

}  // namespace sleutel
