#include <cstddef>

#include "sim/attribute/variant.h"

namespace sleutel {
namespace {

/// Whether each row of a matrix asks for any of some states.
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

}  // namespace

std::shared_ptr<const Model> without_edges_among(const Model& model, const StateMask& states) {
  auto variant = std::make_shared<Model>(model);
  StateMask to = states;
  const Roles& roles = model.roles;
  if (roles.separated >= 0 && roles.separating >= 0 && states.test(roles.separated)) to.set(roles.separating);
  for (Matrix& matrix : variant->matrix)
    if (matrix.vectors > 0) cut(matrix, rows_asking(matrix, states), to);
  return variant;
}

}  // namespace sleutel
