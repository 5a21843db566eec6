#include "sim/model/read_programme.h"

#include <algorithm>
#include <map>
#include <optional>

#include "sim/base/files.h"
#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/input/yaml.h"
#include "sim/model/compile_matrix.h"
#include "sim/model/effects.h"
#include "sim/model/names.h"
#include "sim/model/parse.h"
#include "sim/model/predicate.h"
#include "sim/model/programme_supply.h"

namespace sleutel {
namespace {

constexpr Range kRatio{.max = 1000, .above = 0};

/// state.onset, state.end, or the name of an event.
struct TransitionName {
  int state = -1;
  Change change = Change::begin;
};

std::vector<std::string> transition_names(const Model& model) {
  std::vector<std::string> names;
  for (const State& state : model.states) {
    if (state.is_rest || state.is_history) continue;
    names.push_back(state.is_event ? state.name : state.name + ".onset");
    if (!state.is_event) names.push_back(state.name + ".end");
  }
  return names;
}

std::optional<TransitionName> transition_named(const Model& model, const std::string& path) {
  const auto dot = path.find('.');
  const int state = model.state(path.substr(0, dot));
  if (state < 0 || model.states[static_cast<std::size_t>(state)].is_rest) return std::nullopt;
  const bool is_event = model.states[static_cast<std::size_t>(state)].is_event;
  const std::string half = dot == std::string::npos ? "" : path.substr(dot + 1);
  if (is_event && half.empty()) return TransitionName{state, Change::begin};
  if (!is_event && half == "onset") return TransitionName{state, Change::begin};
  if (!is_event && half == "end") return TransitionName{state, Change::end};
  return std::nullopt;
}

/// Whether the model has a cell in which this change may happen.
bool has_transition(const Model& model, const TransitionName& name) {
  const Matrix& matrix =
      model.matrix[static_cast<std::size_t>(model.states[static_cast<std::size_t>(name.state)].level)];
  const LanePlace lane = lane_of(matrix, name.state);
  if (lane.vector < 0) return false;
  const auto& closed = name.change == Change::begin ? matrix.closed_begin : matrix.closed_end;
  for (int cell = 0; cell < matrix.cells; ++cell) {
    const auto at = static_cast<std::size_t>(cell) * static_cast<std::size_t>(matrix.vectors) +
                    static_cast<std::size_t>(lane.vector);
    if (((closed[at] >> lane.lane) & 1) == 0) return true;
  }
  return false;
}

std::optional<TransitionName> checked_transition(Reading& reading, const Model& model, const Node& node) {
  const auto name = transition_named(model, node.key);
  if (!name) {
    reading.add(
        node.key_problem("unknown transition " + in_quotes(node.key), did_you_mean(node.key, transition_names(model))));
    return std::nullopt;
  }
  if (!has_transition(model, *name)) {
    reading.add(node.key_problem(in_quotes(node.key) + " never happens in the model",
                                 "a programme acts on a rate that is there"));
    return std::nullopt;
  }
  return name;
}

ProgrammeEffect published_effect(Reading& reading, const Node& node, const TransitionName& name,
                                 const source::Shrink& shrink) {
  const source::Edge edge = parse_edge(reading, node);
  if (edge.per.given) reading.add(edge.per.place, "taking part is on or off: per has no meaning", "take per away");
  const Effect effect = effect_of(reading, edge, shrink, name.change);
  ProgrammeEffect compiled;
  compiled.state = name.state;
  compiled.change = name.change;
  compiled.path = node.key;
  compiled.hazard_ratio = effect.hazard_ratio();
  compiled.low = compiled.high = compiled.hazard_ratio;
  compiled.assumed = effect.kind == "assumption";
  for (const std::string& id : edge.evidence) compiled.evidence += (compiled.evidence.empty() ? "" : ", ") + id;
  const EvidenceRow* row = edge.evidence.empty() ? nullptr : reading.evidence.find(edge.evidence.front());
  const bool interval = row != nullptr && row->low && row->high && measure_of(row->measure) == edge.measure;
  if (!interval) return compiled;
  const auto bound = [&](double value) {
    source::Edge at = edge;
    at.value = at.written = value;
    return effect_of(reading, at, shrink, name.change).hazard_ratio();
  };
  compiled.low = std::min(bound(*row->low), compiled.hazard_ratio);
  compiled.high = std::max(bound(*row->high), compiled.hazard_ratio);
  return compiled;
}

ProgrammeEffect assumed_effect(Reading& reading, const Node& node, const TransitionName& name) {
  ProgrammeEffect effect;
  effect.state = name.state;
  effect.change = name.change;
  effect.path = node.key;
  effect.assumed = true;
  if (!expect_map(reading, node, "hazard_ratio, low and high")) return effect;
  allow_keys(reading, node, {"hazard_ratio", "low", "high", "note"});
  effect.hazard_ratio = required_number(reading, node, "hazard_ratio", kRatio);
  effect.low = required_number(reading, node, "low", kRatio);
  effect.high = required_number(reading, node, "high", kRatio);
  if (effect.low > effect.hazard_ratio || effect.high < effect.hazard_ratio) {
    reading.add(node.problem("the hazard ratio lies outside its interval"));
  } else if (effect.low > 1 || effect.high < 1) {
    reading.add(node.problem("the interval of an assumed effect must include 1: nobody has measured it"));
  }
  return effect;
}

void parse_assumed(Reading& reading, const Node& assume, const Model& model, Programme& programme) {
  if (!expect_map(reading, assume, "transitions, each with its assumed effect")) return;
  for (const Node& item : assume.items) {
    const auto name = checked_transition(reading, model, item);
    if (name) programme.effects.push_back(assumed_effect(reading, item, *name));
  }
}

void parse_published(Reading& reading, const Node& effect, const Model& model, const source::Shrink& shrink,
                     Programme& programme) {
  if (!expect_map(reading, effect, "transitions, each with its effect; or it is none or unknown")) return;
  if (effect.items.empty()) reading.add(effect.problem("no effects", "write effect: none, or effect: unknown"));
  for (const Node& item : effect.items) {
    const auto name = checked_transition(reading, model, item);
    if (name) programme.effects.push_back(published_effect(reading, item, *name, shrink));
  }
}

void parse_effects(Reading& reading, const Node& root, const Model& model, const source::Shrink& shrink,
                   Programme& programme) {
  const Node* effect = Reader(reading.problems).required(root, "effect");
  const Node* assume = root.find("assume");
  if (effect == nullptr) return;
  const bool unknown = effect->is_scalar() && effect->text == "unknown";
  programme.effect_none = effect->is_scalar() && effect->text == "none";
  if (assume != nullptr && !unknown) {
    reading.add(
        assume->key_problem("assume stands beside effect: unknown only", "write effect: unknown, or take assume away"));
  }
  if (programme.effect_none) return;
  if (!unknown) return parse_published(reading, *effect, model, shrink, programme);
  if (assume != nullptr) parse_assumed(reading, *assume, model, programme);
}

/// One of the partners who may see something of the model: another would be most likely misspelt.
std::string partner_in(Reading& reading, const Node& root, const Model& model) {
  std::string partner = required_word(reading, root, "partner");
  std::vector<std::string> known;
  for (const State& state : model.states) known.insert(known.end(), state.visible_to.begin(), state.visible_to.end());
  if (partner.empty() || std::find(known.begin(), known.end(), partner) != known.end()) return partner;
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  const std::string near = did_you_mean(partner, known);
  reading.add(root.find("partner")->problem(
      "unknown partner " + in_quotes(partner) + ": no state of the model is visible to it",
      near.empty() ? "it is one of " + listed(known) : near));
  return "";
}

Programme parse_programme(Reading& reading, const Node& root, const std::string& id, const Model& model,
                          const std::vector<std::string>& districts, const source::Shrink& shrink) {
  Programme programme;
  programme.id = id;
  programme.file = root.file ? *root.file : "";
  if (!expect_map(reading, root, "name, about, domain, partner, draw, who, uptake, months, effect and cost"))
    return programme;
  allow_keys(reading, root,
             {"name", "about", "domain", "partner", "draw", "who", "hypothetical", "uptake", "months", "while_eligible",
              "stops", "capacity", "waiting", "effect", "assume", "cost", "pays", "note"});
  read_label(reading, root, "name", programme.name_en, programme.name_nl);
  read_label(reading, root, "about", programme.about_en, programme.about_nl);
  if (!required_word(reading, root, "domain").empty()) programme.domain = domain_in(reading, root);
  programme.partner = partner_in(reading, root, model);
  programme.draw = whole(reading, root, "draw", 0, 9999, std::nullopt);
  parse_predicate(reading, root, model, districts, programme);
  parse_taking_part(reading, root, programme);
  parse_capacity(reading, root, model, programme);
  parse_cost(reading, root, programme);
  parse_effects(reading, root, model, shrink, programme);
  return programme;
}

/// `draws`: by programme, the place of its number. Who has none was told so.
void check_draws(Reading& reading, const std::vector<Programme>& programmes,
                 const std::map<std::string, Problem>& draws) {
  std::map<int, std::string> taken;
  for (const Programme& programme : programmes) {
    const auto place = draws.find(programme.id);
    if (place == draws.end()) continue;
    const auto [first, is_new] = taken.emplace(programme.draw, programme.id);
    if (is_new) continue;
    Problem problem = place->second;
    problem.what = "draw " + std::to_string(programme.draw) + " is already that of " + in_quotes(first->second);
    problem.suggestion = "take a number that was never used: " + std::to_string(programmes.back().draw + 1);
    reading.problems.push_back(std::move(problem));
  }
}

/// The shrink factors as the model was compiled with, from its list of parameters.
source::Shrink shrink_of(const Model& model) {
  source::Shrink shrink;
  for (auto& [design, factor] : shrink.by_design) {
    for (const Parameter& parameter : model.parameters) {
      if (parameter.path == "shrink." + design) factor = parameter.value;
    }
  }
  return shrink;
}

}  // namespace

std::vector<Programme> read_programmes(const std::string& folder, const Model& model,
                                       const std::vector<std::string>& districts, const std::string& evidence_folder) {
  std::vector<Problem> problems;
  const Evidence evidence = read_evidence(evidence_folder, problems);
  Reading reading{evidence, "", {}, "", {}, std::move(problems)};
  const source::Shrink shrink = shrink_of(model);
  std::vector<Programme> programmes;
  std::map<std::string, Problem> draws;
  for (const std::string& name : files_in(folder, ".yaml")) {
    const auto root = read_yaml(folder + "/" + name, reading.problems);
    const std::string id = name.substr(0, name.size() - std::string_view(".yaml").size());
    if (!root) continue;
    if (const Node* draw = root->find("draw")) draws.emplace(id, draw->problem(""));
    programmes.push_back(parse_programme(reading, *root, id, model, districts, shrink));
  }
  std::sort(programmes.begin(), programmes.end(), [](const Programme& one, const Programme& other) {
    return std::tie(one.draw, one.id) < std::tie(other.draw, other.id);
  });
  check_draws(reading, programmes, draws);
  throw_if_any(reading.problems);
  return programmes;
}

std::string assume_effect(Programme& programme, const Model& model, const std::string& path, double hazard_ratio,
                          double low, double high) {
  const auto name = transition_named(model, path);
  if (!name || !has_transition(model, *name)) return "unknown transition " + in_quotes(path);
  if (low > hazard_ratio || high < hazard_ratio) return "the hazard ratio lies outside its interval";
  if (low > 1 || high < 1) return "the interval of an assumed effect must include 1: nobody has measured it";
  if (programme.effect_none) return "the programme says effect: none";
  const auto found = std::find_if(
      programme.effects.begin(), programme.effects.end(),
      [&](const ProgrammeEffect& effect) { return effect.state == name->state && effect.change == name->change; });
  if (found != programme.effects.end() && !found->assumed) return "the effect on " + in_quotes(path) + " is measured";
  ProgrammeEffect effect{name->state, name->change, hazard_ratio, low, high, "", true, path};
  if (found != programme.effects.end()) {
    *found = effect;
  } else {
    programme.effects.push_back(effect);
  }
  return "";
}

}  // namespace sleutel
