#include <algorithm>
#include <cstdlib>
#include <limits>

#include "sim/kernel/bounds.h"

// The matrix of the bounds: rows of what is left open are raised to the highest that they may add, and close nothing.

namespace sleutel::kernel {

namespace {

/// How far what is left open can move a lane's sum: [vector][lane].
using Spread = std::vector<std::array<std::int64_t, kLanes>>;

/// One table of edges, begin or end.
class Loosening {
 public:
  Loosening(const Matrix& matrix, std::vector<Lanes>& edges)
      : matrix_(matrix), vectors_(static_cast<std::size_t>(matrix.vectors)), edges_(edges), spread_(vectors_) {}

  /// A bit that may be on or off.
  void bit(int row) {
    for (std::size_t v = 0; v < vectors_; ++v)
      if (Lanes* const edge = edge_at(static_cast<std::size_t>(row), v); edge != nullptr) raise_bit(*edge, spread_[v]);
  }

  /// A predictor that may have any level up to the one given.
  void levels(std::size_t predictor) {
    const auto first = static_cast<std::size_t>(matrix_.level_first_row[predictor]);
    const std::size_t last = first + static_cast<std::size_t>(matrix_.level_predictors[predictor].levels);
    for (std::size_t v = 0; v < vectors_; ++v)
      for (std::size_t lane = 0; lane < kLanes; ++lane) raise_levels(first, last, v, lane);
  }

  const Spread& spread() const { return spread_; }

 private:
  Lanes* edge_at(std::size_t row, std::size_t vector) {
    const std::size_t at = row * vectors_ + vector;
    return at < edges_.size() ? &edges_[at] : nullptr;
  }

  static void raise_bit(Lanes& edge, Spread::value_type& spread) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      spread[lane] += std::abs(std::int64_t{edge.at[lane]});
      edge.at[lane] = std::max(edge.at[lane], 0);
    }
  }

  void raise_levels(std::size_t first, std::size_t last, std::size_t vector, std::size_t lane) {
    Lanes* const lowest = edge_at(first, vector);
    if (lowest == nullptr) return;
    std::int32_t high = lowest->at[lane];
    std::int32_t low = high;
    for (std::size_t row = first; row < last; ++row) {
      Lanes* const edge = edge_at(row, vector);
      if (edge == nullptr) break;
      low = std::min(low, edge->at[lane]);
      high = edge->at[lane] = std::max(high, edge->at[lane]);
    }
    spread_[vector][lane] += std::int64_t{high} - low;
  }

  const Matrix& matrix_;
  std::size_t vectors_;
  std::vector<Lanes>& edges_;
  Spread spread_;
};

void close_nothing(Matrix& matrix, int first_row, int rows) {
  for (auto* masks : {&matrix.forbid_begin, &matrix.forbid_end, &matrix.require_begin, &matrix.require_end}) {
    const auto from = static_cast<std::size_t>(first_row * matrix.vectors);
    const auto until = static_cast<std::size_t>((first_row + rows) * matrix.vectors);
    for (std::size_t at = from; at < until && at < masks->size(); ++at) (*masks)[at] = 0;
  }
}

Matrix loosened(const Matrix& matrix, const Looseness& looseness, std::array<Spread, 2>& spreads) {
  Matrix loose = matrix;
  Loosening begin(matrix, loose.edge_begin);
  Loosening end(matrix, loose.edge_end);
  for (int bit = 0; bit < kMaxDerived; ++bit) {
    if (((looseness.derived >> bit) & 1U) == 0) continue;
    begin.bit(kMaxStates + bit);
    end.bit(kMaxStates + bit);
    close_nothing(loose, kMaxStates + bit, 1);
  }
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    if (((looseness.levels >> p) & 1U) == 0) continue;
    begin.levels(p);
    end.levels(p);
    close_nothing(loose, matrix.level_first_row[p], matrix.level_predictors[p].levels);
  }
  spreads = {begin.spread(), end.spread()};
  return loose;
}

/// A sum is at most its spread below its bound: if the bound is below this, the sum may be below -kClip.
std::int32_t clip_below(std::int64_t spread) {
  return static_cast<std::int32_t>(std::min<std::int64_t>(spread - kClip, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

BoundingModel::BoundingModel(const Model& model, Level level, const Looseness& looseness) {
  std::array<Spread, 2> spreads;
  matrix = std::make_unique<const Matrix>(
      loosened(model.matrix[static_cast<std::size_t>(level)], looseness, spreads));
  ready = prepare(model, *matrix);
  for (std::size_t v = 0; v < ready.tables.size(); ++v)
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      ready.tables[v].clip_below[lane] = clip_below(spreads[0][v][lane]);
      ready.tables[v].clip_below[kLanes + lane] = clip_below(spreads[1][v][lane]);
    }
}

}  // namespace sleutel::kernel
