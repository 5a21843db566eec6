#include "sim/model/compile.h"

#include <algorithm>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/compile_matrix.h"
#include "sim/model/gain.h"
#include "sim/model/names.h"

namespace sleutel {
namespace {

struct EventRole {
  const char* name;
  int Roles::*slot;
  Level level;
};
constexpr EventRole kEventRoles[] = {{"death", &Roles::death, Level::resident},
                                     {"giving_birth", &Roles::giving_birth, Level::resident},
                                     {"partnering", &Roles::partnering, Level::resident},
                                     {"separating", &Roles::separating, Level::couple},
                                     {"leaving_home", &Roles::leaving_home, Level::resident},
                                     {"moving", &Roles::moving, Level::household},
                                     {"leaving_city", &Roles::leaving_city, Level::household}};
constexpr std::pair<const char*, int Roles::*> kStateRoles[] = {
    {"separated", &Roles::separated},   {"bereaved", &Roles::bereaved},
    {"low_income", &Roles::low_income}, {"problem_debt", &Roles::problem_debt},
    {"unemployed", &Roles::unemployed}, {"disabled", &Roles::disabled},
    {"inactive", &Roles::inactive},     {"poor_housing", &Roles::poor_housing},
    {"depressed", &Roles::depressed},   {"lonely", &Roles::lonely},
    {"smoking", &Roles::smoking}};

const EventRole* event_role(const std::string& name) {
  for (const EventRole& role : kEventRoles) {
    if (name == role.name) return &role;
  }
  return nullptr;
}

/// An event has consequences in C++ only if its name is known there.
void check_event(Reading& reading, const source::State& event) {
  const EventRole* role = event_role(event.name.text);
  if (role == nullptr) {
    std::vector<std::string> known;
    for (const EventRole& entry : kEventRoles) known.emplace_back(entry.name);
    const std::string near = did_you_mean(event.name.text, known);
    reading.add(event.name.place, "no life event is called " + in_quotes(event.name.text),
                near.empty() ? "the life events are " + listed(known, "and") : near);
    return;
  }
  const char* const levels[] = {"resident", "household", "couple"};
  if (role->name == std::string("moving") || role->name == std::string("leaving_city")) {
    if (event.level != Level::couple) return;
  }
  if (event.level != role->level) {
    reading.add(event.name.place, in_quotes(event.name.text) + " has level " + levels[static_cast<int>(role->level)],
                std::string("write level: ") + levels[static_cast<int>(role->level)]);
  }
}

Roles roles_of(Reading& reading, const Names& names) {
  Roles roles;
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    const State& state = names.states[i];
    if (state.is_event) check_event(reading, names.written[i]);
    const EventRole* role = state.is_event ? event_role(state.name) : nullptr;
    if (role != nullptr) roles.*(role->slot) = static_cast<int>(i);
    for (const auto& [name, slot] : kStateRoles) {
      if (!state.is_event && !state.is_rest && state.name == name) roles.*slot = static_cast<int>(i);
    }
  }
  return roles;
}

/// A state that nothing begins, ends, marks, or knows by name, would never be on.
void check_reachable(Reading& reading, const Names& names, const Roles& roles) {
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    const State& state = names.states[i];
    if (state.is_rest || state.is_event || names.written[i].onset.given) continue;
    const int self = static_cast<int>(i);
    const bool marked = std::any_of(names.states.begin(), names.states.end(), [&](const State& other) {
      return other.marks_on_begin == self || other.marks_on_end == self;
    });
    const bool known = std::any_of(std::begin(kStateRoles), std::end(kStateRoles),
                                   [&](const auto& role) { return roles.*(role.second) == self; });
    if (marked || known) continue;
    reading.add(names.written[i].name.place, "nothing ever begins " + in_quotes(state.name),
                state.is_history ? "let a state mark it: marks: {on_end: " + state.name + "}" : "give it an onset");
  }
}

std::vector<source::Word> response_words(const source::Model& written) {
  std::vector<source::Word> words;
  for (const auto& response : written.responses) {
    for (const source::Addition& edge : response.edges) words.push_back(edge.predictor);
  }
  return words;
}

/// What the edges of transitions and of responses stand on.
void count_edges(const Reading& reading, const source::Model& written, Model& model) {
  int all = 0;
  int assumed = 0;
  int unproven = 0;
  const auto count = [&](bool is_assumption, bool unverified) {
    ++all;
    assumed += is_assumption ? 1 : 0;
    unproven += is_assumption || unverified ? 1 : 0;
  };
  for (const Edge& edge : model.edges) count(edge.kind == "assumption", edge.unverified);
  for (const auto& response : written.responses) {
    for (const source::Addition& edge : response.edges)
      count(edge.kind == "assumption", any_unverified(reading.evidence, edge.evidence));
  }
  if (all == 0) return;
  model.share_assumed = static_cast<double>(assumed) / all;
  model.share_assumed_or_unverified = static_cast<double>(unproven) / all;
}

void count_evidence(const Reading& reading, Model& model) {
  model.evidence_used = static_cast<int>(reading.used.size());
  for (const std::string& id : reading.used)
    if (reading.evidence.find(id)->is_unverified()) model.evidence_unverified.push_back(id);
}

/// What was not checked against its publication counts as assumed until it is.
void check_assumed(Reading& reading, const Model& model) {
#ifdef SLEUTEL_MUTANT_UNCHECKED
  const double share = model.share_assumed;
#else
  const double share = model.share_assumed_or_unverified;
#endif
  if (share <= 1.0 / 3 + 1e-9) return;
  reading.add(source::Place{},
              fixed_text(share * 100, 1) +
                  "% of the edges are assumptions or stand on evidence that is not verified (at most one in three); "
                  "assumptions alone: " +
                  fixed_text(model.share_assumed * 100, 1) + "%",
              "find evidence for some of them, check it against the publication, or leave them out");
}

void check_radius(Reading& reading, Model& model) {
  const Square gain = gain_matrix(model, table_equilibrium(model));
  model.spectral_radius = spectral_radius(gain);
  if (model.spectral_radius < 1) return;
  reading.add(source::Place{},
              "the loops among states explode: the spectral radius of the gain is " +
                  fixed_text(model.spectral_radius, 3) + " (must be below 1)",
              "look at the strongest edges in both directions between two states");
}

}  // namespace

Model compile(Reading& reading, const source::Model& written) {
  Model model;
  model.id = written.id;
  model.title = written.title;
  model.stress = written.stress;
  model.tariff = written.tariff;
  const Names names = make_names(reading, written);
  model.states = names.states;
  model.groups = names.groups;
  model.months_slot_names = names.months_slot_names;
  model.roles = roles_of(reading, names);
  check_reachable(reading, names, model.roles);
  for (const Level level : {Level::resident, Level::household, Level::couple}) {
    const bool residents = level == Level::resident;
    CompiledMatrix compiled = compile_matrix(reading, names, written.shrink, level,
                                             residents ? response_words(written) : std::vector<source::Word>{});
    if (residents) model.responses = compile_responses(reading, written, names, compiled);
    check_overflow(reading, names, compiled.matrix);
    model.matrix[static_cast<std::size_t>(level)] = std::move(compiled.matrix);
    model.edges.insert(model.edges.end(), compiled.edges.begin(), compiled.edges.end());
  }
  compile_outcomes(reading, written, names, model);
  compile_targets(reading, written, names, model);
  for (const auto& [id, row] : reading.evidence.rows) model.evidence[id] = row.text();
  count_edges(reading, written, model);
  count_evidence(reading, model);
  check_assumed(reading, model);
  if (reading.problems.empty()) check_radius(reading, model);
  return model;
}

}  // namespace sleutel
