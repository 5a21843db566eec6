#include <cstddef>

#include "sim/attribute/variant.h"

namespace sleutel {
namespace {

/// Sets what these rows add to these states to nothing.
void cut(Matrix& matrix, const std::vector<bool>& rows, const StateMask& to) {
  const auto vectors = static_cast<std::size_t>(matrix.vectors);
  for (std::size_t at = 0; at < matrix.edge_begin.size(); ++at) {
    if (!rows[at / vectors]) continue;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const int state = matrix.state_of[at % vectors][lane];
      if (state < 0 || !to.test(state)) continue;
      matrix.edge_begin[at].at[lane] = 0;
      matrix.edge_end[at].at[lane] = 0;
    }
  }
}

/// A copy in which the rows that `rows_of(matrix)` gives add nothing to these states.
template <class RowsOf>
std::shared_ptr<const Model> copy_without(const Model& model, const StateMask& to, RowsOf&& rows_of) {
  auto variant = std::make_shared<Model>(model);
  for (Matrix& matrix : variant->matrix)
    if (matrix.vectors > 0) cut(matrix, rows_of(matrix), to);
  return variant;
}

}  // namespace

std::vector<bool> rows_asking(const Matrix& matrix, const StateMask& states) {
  std::vector<bool> asks(static_cast<std::size_t>(matrix.rows));
  for (std::size_t state = 0; state < kMaxStates; ++state) asks[state] = states.test(static_cast<int>(state));
  for (std::size_t bit = 0; bit < matrix.derived.size(); ++bit) {
    const Derived& derived = matrix.derived[bit];
    bool any = derived.mask.any_of(states);
    if (derived.kind == DerivedKind::duration) any = any || states.test(derived.which);
    for (std::size_t earlier = 0; earlier < bit; ++earlier)
      if ((derived.derived_mask >> earlier & 1) != 0) any = any || asks[kMaxStates + earlier];
    asks[kMaxStates + bit] = any;
  }
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p)
    for (int level = 0; level < matrix.level_predictors[p].levels; ++level)
      asks[static_cast<std::size_t>(matrix.level_first_row[p] + level)] =
          matrix.level_predictors[p].mask.any_of(states);
  return asks;
}

std::vector<bool> rows_of_stress(const Matrix& matrix) {
  std::vector<bool> rows(static_cast<std::size_t>(matrix.rows));
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    const LevelPredictor& predictor = matrix.level_predictors[p];
    if (predictor.source != LevelSource::stress_fast && predictor.source != LevelSource::stress_slow) continue;
    for (int level = 0; level < predictor.levels; ++level)
      rows[static_cast<std::size_t>(matrix.level_first_row[p] + level)] = true;
  }
  return rows;
}

bool acts_on(const Matrix& matrix, const std::vector<bool>& rows, const StateMask& states) {
  const auto vectors = static_cast<std::size_t>(matrix.vectors);
  for (std::size_t at = 0; at < matrix.edge_begin.size(); ++at) {
    if (!rows[at / vectors]) continue;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const int state = matrix.state_of[at % vectors][lane];
      const bool adds = matrix.edge_begin[at].at[lane] != 0 || matrix.edge_end[at].at[lane] != 0;
      if (adds && state >= 0 && states.test(state)) return true;
    }
  }
  return false;
}

std::shared_ptr<const Model> without_edges(const Model& model, const StateMask& from, const StateMask& to) {
  return copy_without(model, to, [&](const Matrix& matrix) { return rows_asking(matrix, from); });
}

std::shared_ptr<const Model> without_edges_among(const Model& model, const StateMask& states) {
  StateMask to = states;
  const Roles& roles = model.roles;
  if (roles.separated >= 0 && roles.separating >= 0 && states.test(roles.separated)) to.set(roles.separating);
  return without_edges(model, states, to);
}

std::shared_ptr<const Model> without_stress_of(const Model& model, int state) {
  auto variant = std::make_shared<Model>(model);
  State& what = variant->states[static_cast<std::size_t>(state)];
  what.stress_fast = what.stress_slow = 0;
  what.stress_holds = 0;
  return variant;
}

std::shared_ptr<const Model> without_effects_of_stress(const Model& model, const StateMask& to) {
  return copy_without(model, to, rows_of_stress);
}

}  // namespace sleutel
