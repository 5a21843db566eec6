#include "sim/model/gain.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/base/math.h"
#include "sim/model/compile_matrix.h"

namespace sleutel {
namespace {

constexpr int kFromAge = 18;
constexpr int kUntilAge = 80;
constexpr double kHistoryYears = 30;  ///< over which a history state gathers
constexpr double kUsualEnd = 0.5;     ///< end rate of a state whose end is a life event or never [1/year]

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Mean rate of a transition over the open cells of ages 18 to 79; 0 if it has none.
double mean_rate(const Matrix& matrix, int state, Change change) {
  const LanePlace lane = lane_of(matrix, state);
  if (lane.vector < 0 || matrix.cells == 0) return 0;
  const bool begin = change == Change::begin;
  const auto& base = begin ? matrix.base_begin : matrix.base_end;
  const auto& closed = begin ? matrix.closed_begin : matrix.closed_end;
  const int per_age = matrix.cells / (kMaxAge + 1);
  double sum = 0;
  for (int cell = kFromAge * per_age; cell < kUntilAge * per_age; ++cell) {
    const std::size_t place = at(cell) * at(matrix.vectors) + at(lane.vector);
    if (((closed[place] >> lane.lane) & 1) != 0) continue;
    sum += math::exp2(static_cast<double>(base[place].at[at(lane.lane)]) / kLogUnit);
  }
  return sum / (per_age * (kUntilAge - kFromAge));
}

/// What changes when a predictor is one point up in mean: d mean(predictor) / d share_j, for every state j.
class Responses {
 public:
  Responses(const Model& model, const Equilibrium& equilibrium) : model_(model), at_(equilibrium) {}

  /// Adds `weight` times the response of a derived bit or state row to row i of the gain.
  void add_derived(Square& gain, int i, const Matrix& matrix, const Derived& derived, double weight) const {
    switch (derived.kind) {
      case DerivedKind::trait:
        return;
      case DerivedKind::pair:
        return add_pair(gain, i, matrix, derived, weight);
      case DerivedKind::at_least:
        return add_at_least(gain, i, derived, weight);
      case DerivedKind::duration:
        gain(i, derived.which) += weight * share_in(derived);
        return;
      case DerivedKind::partner_has:
      case DerivedKind::parent_has:
      case DerivedKind::both_have:
        return each(derived.mask, [&](int j) { gain(i, j) += weight; });
    }
  }

  /// `weight` is per unit of the predictor.
  void add_level(Square& gain, int i, const LevelPredictor& level, double weight) const {
    switch (level.source) {
      case LevelSource::stress_fast:
      case LevelSource::stress_slow:
        for (int j = 0; j < count(); ++j) gain(i, j) += weight * load_of(j, level.source);
        return;
      case LevelSource::friends_have:
      case LevelSource::place_has:
      case LevelSource::household_has:
        return each(level.mask, [&](int j) { gain(i, j) += weight; });
      default:
        return;
    }
  }

 private:
  int count() const { return static_cast<int>(model_.states.size()); }
  double share(int j) const { return at_.share[at(j)]; }

  template <class Visit>
  void each(const StateMask& mask, Visit&& visit) const {
    for (int j = 0; j < count(); ++j) {
      if (mask.test(j)) visit(j);
    }
  }

  /// Share of those in a state whose duration is in the range.
  double share_in(const Derived& derived) const {
    const double per_month = at_.end_rate[at(derived.which)] / 12;
    const double until = derived.until_month > 255 ? 0 : math::exp(-per_month * derived.until_month);
    return math::exp(-per_month * derived.from_month) - until;
  }

  void add_pair(Square& gain, int i, const Matrix& matrix, const Derived& pair, double weight) const {
    double product = 1;
    each(pair.mask, [&](int j) { product *= share(j); });
    each(pair.mask, [&](int j) { gain(i, j) += weight * (share(j) > 0 ? product / share(j) : 0); });
    for (std::size_t bit = 0; bit < matrix.derived.size(); ++bit) {
      if (((pair.derived_mask >> bit) & 1) != 0) add_derived(gain, i, matrix, matrix.derived[bit], weight * product);
    }
  }

  /// Chances that 0, 1, ... count of the states other than j are on, taken as independent.
  std::vector<double> chances_of_others(const Derived& derived, int j) const {
    std::vector<double> chance(at(derived.count) + 1, 0.0);
    chance[0] = 1;
    each(derived.mask, [&](int other) {
      if (other == j) return;
      for (std::size_t k = chance.size() - 1; k > 0; --k)
        chance[k] = chance[k] * (1 - share(other)) + chance[k - 1] * share(other);
      chance[0] *= 1 - share(other);
    });
    return chance;
  }

  /// d P(at least k) / d share_j = P(exactly k - 1 of the others).
  void add_at_least(Square& gain, int i, const Derived& derived, double weight) const {
    each(derived.mask, [&](int j) { gain(i, j) += weight * chances_of_others(derived, j)[at(derived.count - 1)]; });
  }

  /// Mean load that a share of a state keeps up: what it holds, and the shocks of its renewal [points].
  double load_of(int j, LevelSource source) const {
    const State& state = model_.states[at(j)];
    const bool fast = source == LevelSource::stress_fast;
    const double points = static_cast<double>(fast ? state.stress_fast : state.stress_slow) / kLoadUnit;
    const double lost = 1 - static_cast<double>(fast ? model_.stress.keep_fast : model_.stress.keep_slow) / 65536;
    const double shocks = lost > 0 ? at_.end_rate[at(j)] / 12 / lost : 0;
    return points * (static_cast<double>(state.stress_holds) + shocks);
  }

  const Model& model_;
  const Equilibrium& at_;
};

/// ln of the hazard ratio of a row in a lane.
double effect_at(const std::vector<Lanes>& edges, const Matrix& matrix, int row, LanePlace lane) {
  const std::size_t place = at(row) * at(matrix.vectors) + at(lane.vector);
  return static_cast<double>(edges[place].at[at(lane.lane)]) / kLogUnit * math::kLn2;
}

/// Onset minus end, on the log hazard.
double net_effect(const Matrix& matrix, int row, LanePlace lane) {
  return effect_at(matrix.edge_begin, matrix, row, lane) - effect_at(matrix.edge_end, matrix, row, lane);
}

void add_lane(const Matrix& matrix, LanePlace lane, int to, double weight, const Responses& responses, Square& gain) {
  for (int j = 0; j < gain.size; ++j) gain(to, j) += weight * net_effect(matrix, j, lane);
  for (std::size_t bit = 0; bit < matrix.derived.size(); ++bit) {
    const double effect = net_effect(matrix, kMaxStates + static_cast<int>(bit), lane);
    if (effect != 0) responses.add_derived(gain, to, matrix, matrix.derived[bit], weight * effect);
  }
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    const LevelPredictor& level = matrix.level_predictors[p];
    const double top = net_effect(matrix, matrix.level_first_row[p] + level.levels - 1, lane);
    if (top != 0)
      responses.add_level(gain, to, level, weight * top / ((level.levels - 1) * static_cast<double>(level.step)));
  }
}

/// The state that a life event begins, or the state itself.
int begun_by(const Model& model, int state) {
  return state == model.roles.separating && model.roles.separated >= 0 ? model.roles.separated : state;
}

void add_histories(const Model& model, const Equilibrium& equilibrium, Square& gain) {
  for (std::size_t j = 0; j < model.states.size(); ++j) {
    for (const int history : {model.states[j].marks_on_begin, model.states[j].marks_on_end}) {
      const double share = equilibrium.share[j];
      if (history < 0 || share <= 0) continue;
      const double gathered = equilibrium.end_rate[j] * share * kHistoryYears;
      gain(history, static_cast<int>(j)) += math::exp(-gathered) * gathered / share;
    }
  }
}

}  // namespace

Equilibrium table_equilibrium(const Model& model) {
  Equilibrium equilibrium;
  const std::size_t count = model.states.size();
  equilibrium.share.assign(count, 0.0);
  equilibrium.end_rate.assign(count, kUsualEnd);
  std::vector<double> begin(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    const Matrix& matrix = model.matrix[static_cast<std::size_t>(model.states[i].level)];
    const int state = static_cast<int>(i);
    begin[at(begun_by(model, state))] += mean_rate(matrix, state, Change::begin);
    const double end = mean_rate(matrix, state, Change::end);
    if (end > 0) equilibrium.end_rate[i] = end;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const bool can_be_on = !model.states[i].is_event && !model.states[i].is_rest && begin[i] > 0;
    if (can_be_on) equilibrium.share[i] = begin[i] / (begin[i] + equilibrium.end_rate[i]);
  }
  for (const PrevalenceTarget& target : model.targets) equilibrium.share[at(target.state)] = target.share;
  return equilibrium;
}

Square gain_matrix(const Model& model, const Equilibrium& equilibrium) {
  Square gain = square_of_zeros(static_cast<int>(model.states.size()));
  const Responses responses(model, equilibrium);
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const int state = static_cast<int>(i);
    const Matrix& matrix = model.matrix[static_cast<std::size_t>(model.states[i].level)];
    const LanePlace lane = lane_of(matrix, state);
    const int to = begun_by(model, state);
    const bool lasts = !model.states[i].is_event || to != state;
    if (lane.vector < 0 || model.states[i].is_rest || !lasts) continue;
    const double share = equilibrium.share[at(to)];
    add_lane(matrix, lane, to, share * (1 - share), responses, gain);
  }
  add_histories(model, equilibrium, gain);
  for (double& x : gain.at) x = std::abs(x);
  return gain;
}

}  // namespace sleutel
