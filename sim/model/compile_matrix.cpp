#include "sim/model/compile_matrix.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/base/math.h"
#include "sim/base/text.h"
#include "sim/model/fill_cells.h"

namespace sleutel {
namespace {

/// States that have a lane: those with a transition. A rest member has none: its draw decides for its group.
std::vector<int> states_with_lane(const Names& names, Level level) {
  std::vector<int> with;
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    const State& state = names.states[i];
    const bool moves = names.written[i].onset.given || names.written[i].end.given;
    if (state.level == level && !state.is_rest && moves) with.push_back(static_cast<int>(i));
  }
  return with;
}

/// Lanes stand in order of draw without gaps, so that a level has as few vectors as can be.
void lay_out_lanes(const Names& names, Matrix& matrix) {
  const std::vector<int> states = states_with_lane(names, matrix.level);
  const std::size_t vectors = (states.size() + kLanes - 1) / kLanes;
  matrix.vectors = static_cast<int>(vectors);
  std::array<int, kLanes> none{};
  none.fill(-1);
  matrix.state_of.assign(vectors, none);
  matrix.live.assign(vectors, 0);
  for (std::size_t at = 0; at < states.size(); ++at) {
    matrix.state_of[at / kLanes][at % kLanes] = states[at];
    matrix.live[at / kLanes] = static_cast<std::uint16_t>(matrix.live[at / kLanes] | 1U << (at % kLanes));
  }
}

void make_room(Matrix& matrix) {
  const auto rows = static_cast<std::size_t>(matrix.rows) * static_cast<std::size_t>(matrix.vectors);
  matrix.edge_begin.assign(rows, {});
  matrix.edge_end.assign(rows, {});
  for (auto* mask : {&matrix.forbid_begin, &matrix.forbid_end, &matrix.require_begin, &matrix.require_end}) {
    mask->assign(rows, 0);
  }
}

std::size_t at_row(const Matrix& matrix, int row, int vector) {
  return static_cast<std::size_t>(row) * static_cast<std::size_t>(matrix.vectors) + static_cast<std::size_t>(vector);
}

/// What stands in the rows of one transition.
struct Target {
  Reading& reading;
  const Names& names;
  const PredictorRows& predictors;
  Matrix& matrix;
  LanePlace lane;
  Change change;
};

void close_by_row(const Target& to, const std::string& name, bool while_on) {
  if (name.empty() || to.lane.vector < 0) return;
  const Predictor predictor = to.predictors.find(name);
  if (predictor.kind == Predictor::Kind::none || predictor.kind == Predictor::Kind::level) return;
  const RowRange rows = rows_of(to.matrix, predictor);
  auto& masks = while_on ? (to.change == Change::begin ? to.matrix.forbid_begin : to.matrix.forbid_end)
                         : (to.change == Change::begin ? to.matrix.require_begin : to.matrix.require_end);
  std::uint16_t& mask = masks[at_row(to.matrix, rows.first, to.lane.vector)];
  mask = static_cast<std::uint16_t>(mask | (1U << to.lane.lane));
}

void add_rows(const Target& to, const source::Edge& edge, double log2_ratio) {
  const Predictor predictor = to.predictors.find(edge.predictor.text);
  if (predictor.kind == Predictor::Kind::none || to.lane.vector < 0) return;
  const double unit = unit_of_effect(to.reading, edge.predictor, edge.per, to.matrix, predictor);
  if (unit <= 0) return;
  const RowRange rows = rows_of(to.matrix, predictor);
  auto& edges = to.change == Change::begin ? to.matrix.edge_begin : to.matrix.edge_end;
  const bool quantised = predictor.kind == Predictor::Kind::level;
  const double step = quantised ? to.matrix.level_predictors[static_cast<std::size_t>(predictor.which)].step : 1;
  for (int k = 0; k < rows.count; ++k) {
    const double times = quantised ? k * step / unit : 1;
    edges[at_row(to.matrix, rows.first + k, to.lane.vector)].at[static_cast<std::size_t>(to.lane.lane)] +=
        fixed_log(log2_ratio * times);
  }
}

Edge listed_edge(const source::Edge& written, const Effect& effect, int state, Change change) {
  Edge edge;
  edge.from = parts_of(written.predictor.text).size() > 1 ? pair_name(written.predictor.text) : written.predictor.text;
  edge.to_state = state;
  edge.change = change;
  edge.hazard_ratio = effect.hazard_ratio();
  edge.published = written.value;
  edge.measure = effect.measure.empty() ? measure_key(written.measure) : effect.measure;
  if (written.per.given) {
    edge.per = written.per.amount == 1 ? written.per.unit : std::to_string(written.per.amount) + " " + written.per.unit;
  }
  for (const std::string& id : written.evidence) edge.evidence += (edge.evidence.empty() ? "" : ", ") + id;
  edge.kind = effect.kind;
  edge.path = written.path;
  edge.unverified = effect.unverified;
  return edge;
}

/// A predictor that can never change the transition it acts on.
void check_own_state(Reading& reading, const Names& names, const source::Edge& edge, int state) {
  const State& own = names.states[static_cast<std::size_t>(state)];
  for (const std::string& part : parts_of(edge.predictor.text)) {
    if (part != own.name || own.is_event) continue;
    reading.add(edge.predictor.place, in_quotes(own.name) + " is no predictor of its own beginning or end",
                "a duration of it may be: declare one under derived");
  }
}

void ask_transition(Reading& reading, PredictorRows& rows, const source::Transition& transition) {
  for (const source::Edge& edge : transition.edges) rows.ask(reading, edge.predictor);
  for (const source::Word& word : transition.needs) rows.ask(reading, word);
  for (const source::Word& word : transition.forbidden_by) rows.ask(reading, word);
}

void ask_applies(Reading& reading, PredictorRows& rows, const source::AppliesTo& applies) {
  if (!applies.any.empty()) rows.ask_any(reading, applies.any);
  for (const source::Word& word : applies.none) rows.ask(reading, word);
}

void check_mask_words(Reading& reading, const Names& names, const std::vector<source::Word>& words) {
  for (const source::Word& word : words) {
    if (names.predictors.count(word.text) == 0) continue;
    reading.add(word.place, in_quotes(word.text) + " has levels and can open or close nothing",
                "name a state or a trait");
  }
}

void fill_transition(const Target& to, const source::Shrink& shrink, const source::Transition& transition, int state,
                     std::vector<Edge>& edges) {
  check_mask_words(to.reading, to.names, transition.needs);
  check_mask_words(to.reading, to.names, transition.forbidden_by);
  for (const source::Word& word : transition.needs) {
    if (!decided_by_cell(word.text, to.matrix.level)) close_by_row(to, word.text, false);
  }
  for (const source::Word& word : transition.forbidden_by) close_by_row(to, word.text, true);
  std::set<std::string> seen;
  for (const source::Edge& edge : transition.edges) {
    check_own_state(to.reading, to.names, edge, state);
    if (!seen.insert(pair_name(edge.predictor.text)).second) {
      to.reading.add(edge.predictor.place, "the pair " + in_quotes(pair_name(edge.predictor.text)) + " stands twice");
      continue;
    }
    const Effect effect = effect_of(to.reading, edge, shrink, to.change);
    add_rows(to, edge, effect.log2_ratio);
    edges.push_back(listed_edge(edge, effect, state, to.change));
  }
}

void fill_state(Reading& reading, const Names& names, const source::Shrink& shrink, int state,
                CompiledMatrix& compiled) {
  const source::State& written = names.written[static_cast<std::size_t>(state)];
  const LanePlace lane = lane_of(compiled.matrix, state);
  Target to{reading, names, compiled.predictors, compiled.matrix, lane, Change::begin};
  if (written.onset.given) {
    fill_transition(to, shrink, written.onset, state, compiled.edges);
    const source::AppliesTo& applies = written.applies_to;
    if (!applies.any.empty()) close_by_row(to, PredictorRows(compiled.predictors).ask_any(reading, applies.any), false);
    for (const source::Word& word : applies.none) close_by_row(to, word.text, true);
  }
  to.change = Change::end;
  if (written.end.given) fill_transition(to, shrink, written.end, state, compiled.edges);
  check_shared(reading, written);
}

bool row_matters(const Matrix& matrix, int row) {
  for (int v = 0; v < matrix.vectors; ++v) {
    const std::size_t at = at_row(matrix, row, v);
    const bool masks = matrix.forbid_begin[at] != 0 || matrix.forbid_end[at] != 0 || matrix.require_begin[at] != 0 ||
                       matrix.require_end[at] != 0;
    const auto nonzero = [](std::int32_t x) { return x != 0; };
    const auto& begin = matrix.edge_begin[at].at;
    const auto& end = matrix.edge_end[at].at;
    if (masks || std::any_of(begin.begin(), begin.end(), nonzero) || std::any_of(end.begin(), end.end(), nonzero)) {
      return true;
    }
  }
  return false;
}

void note_rows_that_matter(Matrix& matrix) {
  for (int state = 0; state < kMaxStates; ++state) {
    if (row_matters(matrix, state))
      matrix.state_rows[static_cast<std::size_t>(state >> 6)] |= std::uint64_t{1} << (state & 63);
  }
  for (std::size_t bit = 0; bit < matrix.derived.size(); ++bit) {
    if (row_matters(matrix, kMaxStates + static_cast<int>(bit))) matrix.derived_rows |= std::uint64_t{1} << bit;
  }
}

}  // namespace

RowRange rows_of(const Matrix& matrix, const Predictor& predictor) {
  switch (predictor.kind) {
    case Predictor::Kind::state:
      return {predictor.which, 1};
    case Predictor::Kind::derived:
      return {kMaxStates + predictor.which, 1};
    case Predictor::Kind::level: {
      const auto which = static_cast<std::size_t>(predictor.which);
      return {matrix.level_first_row[which], matrix.level_predictors[which].levels};
    }
    case Predictor::Kind::none:
      break;
  }
  return {};
}

LanePlace lane_of(const Matrix& matrix, int state) {
  for (int v = 0; v < matrix.vectors; ++v) {
    const auto& lanes = matrix.state_of[static_cast<std::size_t>(v)];
    for (int lane = 0; lane < kLanes; ++lane) {
      if (lanes[static_cast<std::size_t>(lane)] == state) return {v, lane};
    }
  }
  return {};
}

double unit_of_effect(Reading& reading, const source::Word& predictor, const source::Per& per, const Matrix& matrix,
                      const Predictor& found) {
  const auto without_s = [](const std::string& unit) {
    return !unit.empty() && unit.back() == 's' ? unit.substr(0, unit.size() - 1) : unit;
  };
  if (found.kind != Predictor::Kind::level) {
    if (!per.given) return 1;
    reading.add(per.place, in_quotes(predictor.text) + " is on or off: per has no meaning", "take per away");
    return 0;
  }
  const LevelPredictor& level = matrix.level_predictors[static_cast<std::size_t>(found.which)];
  if (!per.given) {
    reading.add(predictor.place, in_quotes(predictor.text) + " has levels: for how much of it is this effect?",
                "add per: " + without_s(level.unit) + ", or per: full");
    return 0;
  }
  if (per.full) return (level.levels - 1) * static_cast<double>(level.step);
  if (without_s(per.unit) == without_s(level.unit)) return per.amount;
  reading.add(per.place, "unknown unit " + in_quotes(per.unit) + " of " + in_quotes(predictor.text),
              "its unit is " + without_s(level.unit) + "; full means from its lowest to its highest level");
  return 0;
}

CompiledMatrix compile_matrix(Reading& reading, const Names& names, const source::Shrink& shrink, Level level,
                              const std::vector<source::Word>& responses) {
  CompiledMatrix compiled{{}, {}, PredictorRows(names, level)};
  Matrix& matrix = compiled.matrix;
  matrix.level = level;
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    if (names.states[i].level != level) continue;
    ask_transition(reading, compiled.predictors, names.written[i].onset);
    ask_transition(reading, compiled.predictors, names.written[i].end);
    ask_applies(reading, compiled.predictors, names.written[i].applies_to);
  }
  for (const source::Word& word : responses) compiled.predictors.ask(reading, word);
  lay_out_lanes(names, matrix);
  compiled.predictors.settle(reading, matrix);
  make_room(matrix);
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    if (names.states[i].level == level) fill_state(reading, names, shrink, static_cast<int>(i), compiled);
  }
  note_rows_that_matter(matrix);
  fill_cells(reading, names, matrix);
  return compiled;
}

}  // namespace sleutel
