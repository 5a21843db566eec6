#include "sim/model/names.h"

#include <algorithm>
#include <set>

#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr int kClassBits = 8;

source::State rest_state(const source::Group& group, const std::vector<source::State>& states) {
  source::State rest;
  rest.name = group.rest;
  rest.label_en = group.label_en;
  rest.label_nl = group.label_nl;
  rest.kind = StateKind::situation;
  rest.draw = group.draw;
  for (const source::State& state : states) {
    const bool member = std::any_of(group.members.begin(), group.members.end(),
                                    [&](const source::Word& word) { return word.text == state.name.text; });
    if (!member) continue;
    rest.level = state.level;
    rest.kind = state.kind;
    rest.domain = state.domain;
    break;
  }
  return rest;
}

State state_from(const source::State& written) {
  State state;
  state.name = written.name.text;
  state.label_en = written.label_en;
  state.label_nl = written.label_nl;
  state.kind = written.kind;
  state.domain = written.domain;
  state.level = written.level;
  state.draw = written.draw;
  state.is_event = written.kind == StateKind::event;
  state.is_history = written.kind == StateKind::history;
  state.class_attribute = written.class_attribute;
  state.class_share = static_cast<float>(written.class_share);
  if (written.class_names.size() == 2) state.class_names = {written.class_names[0], written.class_names[1]};
  const auto points = [](double value) { return static_cast<std::uint16_t>(value * kLoadUnit + 0.5); };
  state.stress_fast = points(written.stress_fast);
  state.stress_slow = points(written.stress_slow);
  state.stress_holds = static_cast<float>(written.stress_holds);
  state.visible_to = written.visible_to;
  return state;
}

void check_draws(Reading& reading, const std::vector<source::State>& written) {
  for (std::size_t i = 1; i < written.size(); ++i) {
    if (written[i].draw != written[i - 1].draw) continue;
    reading.add(
        written[i].name.place,
        "draw " + std::to_string(written[i].draw) + " is already that of " + in_quotes(written[i - 1].name.text),
        "take a number that was never used: " + std::to_string(written.back().draw + 1));
  }
}

void check_names(Reading& reading, const Names& names) {
  std::map<std::string, std::string> taken;
  for (const char* trait : kTraitNames) taken[trait] = "a trait";
  const auto claim = [&](const source::Word& word, const std::string& what) {
    const auto [entry, is_new] = taken.emplace(word.text, what);
    if (!is_new)
      reading.add(word.place, in_quotes(word.text) + " is already the name of " + entry->second, "rename it");
  };
  for (const source::State& state : names.written) {
    claim(state.name, state.kind == StateKind::event ? "an event" : "a state");
  }
  for (const auto& [name, derived] : names.derived) claim(derived.name, "a derived predictor");
  for (const auto& [name, predictor] : names.predictors) claim(predictor.name, "a quantised predictor");
}

void add_member(Reading& reading, Names& names, Group& group, const source::Word& word) {
  const int member = names.bit_of(reading, word);
  if (member < 0) return;
  State& state = names.states[static_cast<std::size_t>(member)];
  if (state.group >= 0) {
    reading.add(word.place, in_quotes(word.text) + " is already in a group", "a state is in one group at most");
    return;
  }
  if (state.level != group.level) reading.add(word.place, "the members of a group have one level");
  if (state.is_history) reading.add(word.place, "a history state cannot be in a group");
  state.group = static_cast<int>(names.groups.size());
  group.members.push_back(member);
}

void make_groups(Reading& reading, const source::Model& model, Names& names) {
  std::vector<source::Group> groups = model.groups;
  std::stable_sort(groups.begin(), groups.end(),
                   [](const source::Group& one, const source::Group& other) { return one.draw < other.draw; });
  for (const source::Group& written : groups) {
    const auto rest = names.state_of.find(written.rest.text);
    if (rest == names.state_of.end()) continue;
    State& state = names.states[static_cast<std::size_t>(rest->second)];
    state.is_rest = true;
    state.group = static_cast<int>(names.groups.size());
    Group group{written.name.text, state.level, rest->second, {}};
    for (const source::Word& word : written.members) add_member(reading, names, group, word);
    std::sort(group.members.begin(), group.members.end());
    names.groups.push_back(group);
  }
}

int history_of(Reading& reading, const Names& names, const source::Word& word) {
  if (word.text.empty()) return -1;
  const int state = names.bit_of(reading, word);
  if (state >= 0 && !names.states[static_cast<std::size_t>(state)].is_history) {
    reading.add(word.place, in_quotes(word.text) + " is not a history state", "give it kind: history");
  }
  return state;
}

void make_marks(Reading& reading, Names& names) {
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    names.states[i].marks_on_begin = history_of(reading, names, names.written[i].marks_on_begin);
    names.states[i].marks_on_end = history_of(reading, names, names.written[i].marks_on_end);
  }
}

/// Names of the states whose duration something reads.
std::set<std::string> timed_states(const source::Model& model) {
  std::set<std::string> timed;
  const auto from_table = [&](const source::Transition& transition) {
    for (const source::Word& column : transition.rate.table.by) {
      if (column.text.rfind("months.", 0) == 0) timed.insert(column.text.substr(7));
    }
  };
  for (const source::State& state : model.states) {
    if (state.duration) timed.insert(state.name.text);
    from_table(state.onset);
    from_table(state.end);
  }
  for (const source::Derived& derived : model.derived) {
    if (derived.kind == DerivedKind::duration && !derived.of.empty()) timed.insert(derived.of.front().text);
  }
  for (const source::OutcomeSource& outcome : model.outcomes) {
    if (!outcome.history.text.empty()) timed.insert(outcome.history.text);
  }
  return timed;
}

void give_months_slot(Reading& reading, const source::Word& name, State& state, Names& names) {
  state.months_slot = static_cast<int>(names.months_slot_names.size());
  names.months_slot_names.push_back(state.name);
  if (state.months_slot == kMonthsInSlots)
    reading.add(name.place, "this is the ninth state whose duration something reads (at most 8)");
}

void give_slots(Reading& reading, const source::Model& model, Names& names) {
  const std::set<std::string> timed = timed_states(model);
  int class_bits = 0;
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    State& state = names.states[i];
    if (timed.count(state.name) > 0) give_months_slot(reading, names.written[i].name, state, names);
    if (state.class_attribute.empty()) continue;
    state.class_bit = class_bits++;
    if (state.class_bit == kClassBits) reading.add(names.written[i].name.place, "this is the ninth class (at most 8)");
  }
}

}  // namespace

int trait_of(const std::string& name) {
  for (int trait = 0; trait < kTraits; ++trait) {
    if (name == kTraitNames[static_cast<std::size_t>(trait)]) return trait;
  }
  return -1;
}

int Names::bit_of(Reading& reading, const source::Word& word) const {
  const int state = transition_of(reading, word);
  if (state < 0) return -1;
  const State& found = states[static_cast<std::size_t>(state)];
  if (found.is_event) {
    reading.add(word.place, in_quotes(word.text) + " is an event: it lasts no time and cannot be on", "name a state");
    return -1;
  }
  if (found.is_rest) {
    reading.add(word.place, in_quotes(word.text) + " is the rest of its group and has no bit",
                "name the other members of the group");
    return -1;
  }
  return state;
}

int Names::transition_of(Reading& reading, const source::Word& word) const {
  const auto found = state_of.find(word.text);
  if (found != state_of.end()) return found->second;
  reading.add(word.place, "unknown state " + in_quotes(word.text), did_you_mean(word.text, state_names()));
  return -1;
}

StateMask Names::mask_of(Reading& reading, const std::vector<source::Word>& words) const {
  StateMask mask;
  for (const source::Word& word : words) {
    const int state = bit_of(reading, word);
    if (state >= 0 && mask.test(state)) reading.add(word.place, in_quotes(word.text) + " stands twice");
    if (state >= 0) mask.set(state);
  }
  return mask;
}

std::vector<std::string> Names::state_names() const {
  std::vector<std::string> all;
  for (const auto& [name, state] : state_of) all.push_back(name);
  return all;
}

std::vector<std::string> Names::predictor_names() const {
  std::vector<std::string> all = state_names();
  for (const auto& [name, entry] : derived) all.push_back(name);
  for (const auto& [name, entry] : predictors) all.push_back(name);
  all.insert(all.end(), kTraitNames.begin(), kTraitNames.end());
  return all;
}

Names make_names(Reading& reading, const source::Model& model) {
  Names names;
  names.written = model.states;
  for (const source::Group& group : model.groups) names.written.push_back(rest_state(group, model.states));
  std::sort(names.written.begin(), names.written.end(), [](const source::State& one, const source::State& other) {
    return std::tie(one.draw, one.name.text) < std::tie(other.draw, other.name.text);
  });
  if (names.written.size() > kMaxStates) {
    reading.add(names.written.back().name.place, "the model has " + std::to_string(names.written.size()) +
                                                     " states, events and rest members (at most 128)");
    names.written.resize(kMaxStates);
  }
  for (const source::State& state : names.written) {
    names.state_of.emplace(state.name.text, static_cast<int>(names.states.size()));
    names.states.push_back(state_from(state));
  }
  for (const source::Derived& derived : model.derived) names.derived.emplace(derived.name.text, derived);
  for (const source::Predictor& predictor : model.predictors) names.predictors.emplace(predictor.name.text, predictor);
  check_draws(reading, names.written);
  check_names(reading, names);
  make_groups(reading, model, names);
  make_marks(reading, names);
  give_slots(reading, model, names);
  return names;
}

}  // namespace sleutel
