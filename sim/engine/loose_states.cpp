#include "sim/engine/loose_states.h"

#include <algorithm>
#include <vector>

#include "sim/base/math.h"

namespace sleutel {

namespace {

/// Candidates that all states left open may add for each unit and month. Households have lanes that states of members
/// raise much: bounds that leave those open cost more candidates than they save.
constexpr double more_candidates(Level level) { return level == Level::couple ? 0.001 : 0; }

/// The mean hazard in a month of each lane of a matrix, all cells alike, and how far it is raised so far.
class RaisedHazards {
 public:
  RaisedHazards(const Matrix& matrix, const std::vector<Lanes>& base, const std::vector<Lanes>& shift,
                const std::vector<std::uint16_t>& closed, const std::vector<Lanes>& edges)
      : edges_(edges), vectors_(static_cast<std::size_t>(matrix.vectors)), mean_(vectors_ * kLanes) {
    for (std::size_t at = 0; at < base.size(); ++at)
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        if (at < closed.size() && (closed[at] >> lane & 1) != 0) continue;
        const std::int64_t log2 = base[at].at[lane] + std::int64_t{at < shift.size() ? shift[at].at[lane] : 0};
        const double hazard = math::exp2(std::clamp(static_cast<double>(log2) / kLogUnit, -60.0, 10.0)) / 12;
        mean_[at % vectors_ * kLanes + lane] += hazard / matrix.cells;
      }
  }

  /// What these rows, all on, would add to the hazards of all lanes.
  double added_by(const std::vector<int>& rows) const {
    double added = 0;
    for (std::size_t lane = 0; lane < mean_.size(); ++lane) added += mean_[lane] * (factor(rows, lane) - 1);
    return added;
  }
  void raise(const std::vector<int>& rows) {
    for (std::size_t lane = 0; lane < mean_.size(); ++lane) mean_[lane] *= factor(rows, lane);
  }

 private:
  double factor(const std::vector<int>& rows, std::size_t lane) const {
    double log2 = 0;
    for (const int row : rows) {
      const std::size_t at = static_cast<std::size_t>(row) * vectors_ + lane / kLanes;
      if (at < edges_.size()) log2 += std::max(0, edges_[at].at[lane % kLanes]) / static_cast<double>(kLogUnit);
    }
    return math::exp2(std::min(log2, 60.0));
  }

  const std::vector<Lanes>& edges_;
  std::size_t vectors_;
  std::vector<double> mean_;  ///< [vector * kLanes + lane]
};

StateMask states_of_tables(const Matrix& matrix) {
  StateMask states;
  for (const TableAttribute& attribute : matrix.attributes)
    if (attribute.state >= 0) states.set(attribute.state);
  return states;
}

/// The row of a state and those of the derived bits that ask for it.
std::vector<int> rows_with(const Matrix& matrix, int state) {
  std::vector<int> rows{state};
  for (std::size_t i = 0; i < matrix.derived.size(); ++i) {
    const Derived& derived = matrix.derived[i];
    const bool asks = derived.kind == DerivedKind::duration ? derived.which == state : derived.mask.test(state);
    if (asks) rows.push_back(kMaxStates + static_cast<int>(i));
  }
  return rows;
}

}  // namespace

StateMask loose_states(const Model& model, Level level) {
  StateMask loose;
  const Matrix& matrix = model.matrix[static_cast<std::size_t>(level)];
  if (level == Level::resident || matrix.cells == 0) return loose;
  RaisedHazards begin(matrix, matrix.base_begin, matrix.shift_begin, matrix.closed_begin, matrix.edge_begin);
  RaisedHazards end(matrix, matrix.base_end, matrix.shift_end, matrix.closed_end, matrix.edge_end);
  const StateMask of_tables = states_of_tables(matrix);
  double left = more_candidates(level);
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const int state = static_cast<int>(i);
    if (model.states[i].level == level || of_tables.test(state)) continue;
    const std::vector<int> rows = rows_with(matrix, state);
    const double more = begin.added_by(rows) + end.added_by(rows);
    if (more > left) continue;
    left -= more;
    begin.raise(rows);
    end.raise(rows);
    loose.set(state);
  }
  return loose;
}

}  // namespace sleutel
