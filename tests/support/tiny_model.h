#pragma once
/// \file
/// Small models made in code: a list of states with constant rates, a list of edges, and from them a compiled Model.
/// The numbers are made up; they are chosen so that much happens in a small town.

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/math.h"
#include "sleutel/model.h"

namespace sleutel::test {

/// A state, or a life event, with hazards that depend on nothing but age and sex.
struct TinyState {
  std::string name;
  int draw = -1;
  Level level = Level::resident;
  double begin = 0, end = 0;  ///< hazards [1/year]
  int from_age = 0, until_age = 200;
  double doubles_every = 0;  ///< begin doubles with every so many years of age; 0: constant
  std::string group = {};    ///< name of its group
  bool is_rest = false, is_event = false, is_history = false, only_women = false;
  bool counts_months = false;
  bool has_class = false;
  double fast = 0, slow = 0, holds = 0;  ///< stress [points]
  std::string mark_on_begin = {}, mark_on_end = {};
};

struct TinyEdge {
  std::string from;  ///< a state, a derived predictor, a trait, or a quantised predictor (ratio per level)
  std::string to;
  Change change = Change::begin;
  double ratio = 1;
};

struct TinySpec {
  std::vector<TinyState> states;
  std::vector<Derived> derived;  ///< masks by name: see derived_states
  std::map<std::string, std::vector<std::string>> derived_states;
  std::vector<LevelPredictor> predictors;
  std::map<std::string, std::vector<std::string>> predictor_states;
  std::vector<TinyEdge> edges;
  std::vector<Outcome> outcomes;  ///< states by Outcome::id if kind is prevalence or begin
  double programme_ratio = 1;     ///< of programme 0 on the end of problem_debt

  TinyState& state(const std::string& name) {
    return *std::find_if(states.begin(), states.end(), [&](const TinyState& s) { return s.name == name; });
  }
};

/// log2 of a rate or ratio in whole steps, as the compiler of the model rounds it.
inline std::int32_t log_step(double x) {
  const double scaled = math::log2(x) * kLogUnit;
  return static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

namespace tiny {

inline StateMask mask_of(const Model& model, const std::vector<std::string>& names) {
  StateMask mask;
  for (const auto& name : names)
    if (model.state(name) >= 0) mask.set(model.state(name));
  return mask;
}

inline void number_states(Model& model, TinySpec& spec) {
  std::sort(spec.states.begin(), spec.states.end(), [](const auto& a, const auto& b) { return a.draw < b.draw; });
  for (const TinyState& tiny : spec.states) {
    State state;
    state.name = state.label_en = state.label_nl = tiny.name;
    state.kind = tiny.is_event ? StateKind::event : StateKind::stressor;
    state.level = tiny.level;
    state.draw = tiny.draw;
    state.is_rest = tiny.is_rest;
    state.is_event = tiny.is_event;
    state.is_history = tiny.is_history;
    state.stress_fast = static_cast<std::uint16_t>(tiny.fast * kLoadUnit);
    state.stress_slow = static_cast<std::uint16_t>(tiny.slow * kLoadUnit);
    state.stress_holds = static_cast<float>(tiny.holds);
    if (tiny.counts_months) {
      state.months_slot = static_cast<int>(model.months_slot_names.size());
      model.months_slot_names.push_back(tiny.name);
    }
    if (tiny.has_class) {
      state.class_bit = 0;
      state.class_share = 0.5F;
    }
    model.states.push_back(state);
  }
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    model.states[i].marks_on_begin = model.state(spec.states[i].mark_on_begin);
    model.states[i].marks_on_end = model.state(spec.states[i].mark_on_end);
  }
}

inline void make_groups(Model& model, const TinySpec& spec) {
  std::map<std::string, Group> groups;
  for (std::size_t i = 0; i < spec.states.size(); ++i) {
    const TinyState& tiny = spec.states[i];
    if (tiny.group.empty()) continue;
    Group& group = groups[tiny.group];
    group.name = tiny.group;
    group.level = tiny.level;
    if (tiny.is_rest)
      group.rest = static_cast<int>(i);
    else
      group.members.push_back(static_cast<int>(i));
  }
  for (const auto& [name, group] : groups) {
    for (const int member : group.members) model.states[member].group = static_cast<int>(model.groups.size());
    model.states[group.rest].group = static_cast<int>(model.groups.size());
    model.groups.push_back(group);
  }
}

inline bool has_lane(const TinyState& state) { return !state.is_rest && (state.begin > 0 || state.end > 0); }

inline void lay_out(Matrix& matrix, const TinySpec& spec, Level level) {
  matrix.level = level;
  std::vector<int> states;
  for (std::size_t i = 0; i < spec.states.size(); ++i)
    if (spec.states[i].level == level && has_lane(spec.states[i])) states.push_back(static_cast<int>(i));
  const auto draw_of = [&](int state) { return spec.states[static_cast<std::size_t>(state)].draw; };
  std::sort(states.begin(), states.end(), [&](int a, int b) { return draw_of(a) < draw_of(b); });
  const std::size_t vectors = (states.size() + kLanes - 1) / kLanes;
  matrix.vectors = static_cast<int>(vectors);
  matrix.live.assign(vectors, 0);
  matrix.state_of.assign(vectors, {});
  for (auto& lanes : matrix.state_of) lanes.fill(-1);
  for (std::size_t at = 0; at < states.size(); ++at) {
    matrix.state_of[at / kLanes][at % kLanes] = states[at];
    matrix.live[at / kLanes] = static_cast<std::uint16_t>(matrix.live[at / kLanes] | 1U << (at % kLanes));
  }
}

/// Vector and lane of a state of this level.
inline std::pair<std::size_t, std::size_t> place_of(const Matrix& matrix, int state) {
  for (std::size_t v = 0; v < matrix.state_of.size(); ++v)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      if (matrix.state_of[v][lane] == state) return {v, lane};
  throw std::logic_error("a state without a lane");
}

inline double rate_at(const TinyState& state, int age, int sex, Change change) {
  if (change == Change::end) return state.end;
  if (age < state.from_age || age >= state.until_age || (state.only_women && sex == 0)) return 0;
  return state.doubles_every > 0 ? state.begin * math::exp2(age / state.doubles_every) : state.begin;
}

inline void fill_base(Matrix& matrix, const TinySpec& spec) {
  const auto vectors = static_cast<std::size_t>(matrix.vectors);
  matrix.cells = (kMaxAge + 1) * 2;
  const std::size_t size = static_cast<std::size_t>(matrix.cells) * vectors;
  for (auto* table : {&matrix.base_begin, &matrix.base_end, &matrix.shift_begin, &matrix.shift_end})
    table->assign(size, Lanes{});
  for (auto* table : {&matrix.closed_begin, &matrix.closed_end}) table->assign(size, 0xffff);
  for (std::size_t at = 0; at < size * kLanes; ++at) {
    const std::size_t lane = at % kLanes, v = at / kLanes % vectors, cell = at / kLanes / vectors;
    if (((matrix.live[v] >> lane) & 1) == 0) continue;
    const TinyState& tiny = spec.states[static_cast<std::size_t>(matrix.state_of[v][lane])];
    const auto fill = [&](Change change, Lanes& base, std::uint16_t& closed) {
      const double rate = rate_at(tiny, static_cast<int>(cell / 2), static_cast<int>(cell % 2), change);
      if (rate <= 0) return;
      base.at[lane] = log_step(rate);
      closed = static_cast<std::uint16_t>(closed & ~(1U << lane));
    };
    fill(Change::begin, matrix.base_begin[cell * vectors + v], matrix.closed_begin[cell * vectors + v]);
    fill(Change::end, matrix.base_end[cell * vectors + v], matrix.closed_end[cell * vectors + v]);
  }
}

inline void add_predictors(Model& model, Matrix& matrix, const TinySpec& spec) {
  matrix.derived = spec.derived;
  for (Derived& derived : matrix.derived) {
    const auto named = spec.derived_states.find(derived.name);
    if (named == spec.derived_states.end()) continue;
    derived.mask = mask_of(model, named->second);
    if (derived.kind == DerivedKind::duration) derived.which = model.state(named->second.front());
  }
  matrix.level_predictors = spec.predictors;
  int row = matrix.level_row_first;
  for (LevelPredictor& predictor : matrix.level_predictors) {
    const auto named = spec.predictor_states.find(predictor.name);
    if (named != spec.predictor_states.end()) predictor.mask = mask_of(model, named->second);
    matrix.level_first_row.push_back(row);
    row += predictor.levels;
  }
  matrix.rows = row;
  const std::size_t size = static_cast<std::size_t>(matrix.rows) * static_cast<std::size_t>(matrix.vectors);
  for (auto* table : {&matrix.edge_begin, &matrix.edge_end}) table->assign(size, Lanes{});
  for (auto* table : {&matrix.forbid_begin, &matrix.forbid_end, &matrix.require_begin, &matrix.require_end})
    table->assign(size, 0);
}

/// Rows of a predictor: its first row and how many levels it has (1 for a bit); none: -1.
inline std::pair<int, int> rows_of(const Model& model, Matrix& matrix, const std::string& name) {
  if (model.state(name) >= 0) {
    matrix.state_rows[static_cast<std::size_t>(model.state(name) / 64)] |= std::uint64_t{1} << (model.state(name) % 64);
    return {model.state(name), 1};
  }
  for (std::size_t i = 0; i < matrix.derived.size(); ++i)
    if (matrix.derived[i].name == name) {
      matrix.derived_rows |= std::uint64_t{1} << i;
      return {kMaxStates + static_cast<int>(i), 1};
    }
  for (std::size_t i = 0; i < matrix.level_predictors.size(); ++i)
    if (matrix.level_predictors[i].name == name) return {matrix.level_first_row[i], matrix.level_predictors[i].levels};
  return {-1, 0};
}

inline void add_edge(const Model& model, Matrix& matrix, const TinySpec& spec, const TinyEdge& edge) {
  const int to = model.state(edge.to);
  if (spec.states[static_cast<std::size_t>(to)].level != matrix.level) return;
  const auto vectors = static_cast<std::size_t>(matrix.vectors);
  const auto [v, lane] = place_of(matrix, to);
  const auto [first, levels] = rows_of(model, matrix, edge.from);
  auto& rows = edge.change == Change::begin ? matrix.edge_begin : matrix.edge_end;
  for (int level = 0; level < levels; ++level) {
    const std::int32_t step = log_step(edge.ratio) * (levels == 1 ? 1 : level);
    rows[static_cast<std::size_t>(first + level) * vectors + v].at[lane] += step;
  }
}

inline void add_programme(const Model& model, Matrix& matrix, const TinySpec& spec) {
  const auto vectors = static_cast<std::size_t>(matrix.vectors);
  matrix.programme_begin.assign(kMaxProgrammes * vectors, Lanes{});
  matrix.programme_end.assign(kMaxProgrammes * vectors, Lanes{});
  const int state = model.state("problem_debt");
  if (state < 0 || spec.states[static_cast<std::size_t>(state)].level != matrix.level) return;
  const auto [v, lane] = place_of(matrix, state);
  matrix.programme_end[v].at[lane] = log_step(spec.programme_ratio);
}

inline void add_outcomes(Model& model, const TinySpec& spec) {
  for (Outcome outcome : spec.outcomes) {
    if (outcome.kind == OutcomeKind::prevalence) outcome.mask = mask_of(model, {outcome.id});
    if (outcome.kind == OutcomeKind::begin) outcome.state = model.state(outcome.id.substr(4));  // new_<state>
    if (outcome.kind == OutcomeKind::within_year) {
      outcome.state = model.state("depressed");
      outcome.history = model.state("past_depression");
    }
    model.outcomes.push_back(outcome);
  }
}

inline void find_roles(Model& model) {
  Roles& r = model.roles;
  const std::pair<int*, const char*> names[] = {{&r.death, "death"},
                                                {&r.giving_birth, "giving_birth"},
                                                {&r.partnering, "partnering"},
                                                {&r.separating, "separating"},
                                                {&r.leaving_home, "leaving_home"},
                                                {&r.moving, "moving"},
                                                {&r.leaving_city, "leaving_city"},
                                                {&r.separated, "separated"},
                                                {&r.bereaved, "bereaved"},
                                                {&r.low_income, "low_income"},
                                                {&r.problem_debt, "problem_debt"},
                                                {&r.unemployed, "unemployed"},
                                                {&r.disabled, "disabled"},
                                                {&r.inactive, "inactive"},
                                                {&r.poor_housing, "poor_housing"},
                                                {&r.depressed, "depressed"},
                                                {&r.lonely, "lonely"},
                                                {&r.smoking, "smoking"}};
  for (const auto& [role, name] : names) *role = model.state(name);
}

}  // namespace tiny

inline Model compile(TinySpec spec) {
  Model model;
  model.id = model.title = "tiny";
  tiny::number_states(model, spec);
  tiny::make_groups(model, spec);
  tiny::find_roles(model);
  tiny::add_outcomes(model, spec);
  for (int level = 0; level < kLevelsOfUnits; ++level) {
    Matrix& matrix = model.matrix[static_cast<std::size_t>(level)];
    tiny::lay_out(matrix, spec, static_cast<Level>(level));
    tiny::fill_base(matrix, spec);
    tiny::add_predictors(model, matrix, spec);
    for (const TinyEdge& edge : spec.edges) tiny::add_edge(model, matrix, spec, edge);
    tiny::add_programme(model, matrix, spec);
  }
  model.stress = {16384, 61147, 0.85F, 0.3F, 0.3F};  // half-lives of half a month and of ten months
  model.responses.base.assign((kMaxAge + 1) * 2, Lanes{});
  model.responses.rows.assign(static_cast<std::size_t>(model.matrix[0].rows), Lanes{});
  return model;
}

}  // namespace sleutel::test
