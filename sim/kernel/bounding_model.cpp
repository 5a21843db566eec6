#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "sim/base/math.h"
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

/// The lowest sum that the edges of a lane can add to: every row on that lowers it, of each quantised predictor the
/// lowest level.
std::int64_t lowest_sum(const Matrix& matrix, const std::vector<Lanes>& edges, std::size_t vector, std::size_t lane) {
  const auto vectors = static_cast<std::size_t>(matrix.vectors);
  const auto at = [&](int row) {
    const std::size_t place = static_cast<std::size_t>(row) * vectors + vector;
    return place < edges.size() ? std::int64_t{edges[place].at[lane]} : 0;
  };
  std::int64_t sum = 0;
  for (int row = 0; row < matrix.level_row_first; ++row) sum += std::min<std::int64_t>(at(row), 0);
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    std::int64_t lowest = at(matrix.level_first_row[p]);
    for (int k = 0; k < matrix.level_predictors[p].levels; ++k)
      lowest = std::min(lowest, at(matrix.level_first_row[p] + k));
    sum += lowest;
  }
  return sum;
}

/// A sum is at most its spread below its bound: if the bound is below this, the sum may be below -kClip. Where no sum
/// can, no bound is below this.
std::int32_t clip_below(std::int64_t spread, std::int64_t lowest) {
  if (lowest >= -kClip) return std::numeric_limits<std::int32_t>::min();
  return static_cast<std::int32_t>(std::min<std::int64_t>(spread - kClip, std::numeric_limits<std::int32_t>::max()));
}

/// A group in one vector is bounded by the sum of its lanes' limits; one that spans vectors keeps its slack.
void gather_groups(KernelModel& ready) {
  for (const KernelGroup& group : ready.groups) {
    VectorTables& tables = ready.tables[static_cast<std::size_t>(group.members.front().lane) / kLanes];
    if (group.spans_vectors || tables.groups == static_cast<int>(std::size(tables.whole_groups))) continue;
    std::uint32_t& lanes = tables.whole_groups[tables.groups++];
    for (const auto& member : group.members) {
      const auto lane = static_cast<std::size_t>(member.lane) % kLanes;
      lanes |= 1U << lane;
      tables.slack[lane] = 0;
    }
  }
}

/// Excess of monthly hazard that a band of ages may add for its youngest or oldest, all lanes together: about so many
/// more candidates per unit and month.
constexpr double kExcess = 0.004;

/// Base tables of which neighbouring ages are taken together, each lane at its highest.
class AgeBands {
 public:
  explicit AgeBands(Matrix& matrix)
      : matrix_(matrix),
        per_age_sex_(static_cast<std::size_t>(matrix.cells) / kAgeSexes),
        vectors_(static_cast<std::size_t>(matrix.vectors)) {}

  /// Raises the tables, and says at which ages a band begins.
  std::vector<bool> raise() {
    std::vector<bool> first(kAgeSexes, true);
    if (vectors_ == 0 || per_age_sex_ == 0) return first;
    for (std::size_t sex = 0; sex < 2; ++sex)
      for (std::size_t from = 0; from <= kMaxAge;) {
        std::size_t until = from + 1;
        while (until <= kMaxAge && fit_together(from, until + 1, sex)) first[2 * until++ + sex] = false;
        raise(from, until, sex);
        from = until;
      }
    return first;
  }

 private:
  static constexpr std::size_t kAgeSexes = 2 * (kMaxAge + 1);

  /// Place of a cell's rows in the tables: of an age and sex, the nth combination of the other attributes.
  std::size_t place(std::size_t age, std::size_t sex, std::size_t nth, std::size_t vector) const {
    return ((2 * age + sex) * per_age_sex_ + nth) * vectors_ + vector;
  }

  static std::int32_t at(const std::vector<Lanes>& table, std::size_t place, std::size_t lane) {
    return place < table.size() ? table[place].at[lane] : 0;
  }

  bool fit_together(std::size_t from, std::size_t until, std::size_t sex) const {
    for (std::size_t nth = 0; nth < per_age_sex_; ++nth)
      if (excess(from, until, sex, nth, matrix_.base_begin, matrix_.shift_begin, matrix_.closed_begin) > kExcess ||
          excess(from, until, sex, nth, matrix_.base_end, matrix_.shift_end, matrix_.closed_end) > kExcess)
        return false;
    return true;
  }

  double excess(std::size_t from, std::size_t until, std::size_t sex, std::size_t nth, const std::vector<Lanes>& base,
                const std::vector<Lanes>& shift, const std::vector<std::uint16_t>& closed) const {
    double sum = 0;
    for (std::size_t v = 0; v < vectors_; ++v)
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        double low = 1e9, high = 0;
        for (std::size_t age = from; age < until; ++age) {
          const std::size_t p = place(age, sex, nth, v);
          const bool shut = p < closed.size() && (closed[p] >> lane & 1) != 0;
          const double log2 = static_cast<double>(at(base, p, lane) + std::int64_t{at(shift, p, lane)}) / kLogUnit;
          const double hazard = shut ? 0 : math::exp2(std::clamp(log2, -60.0, 10.0)) / 12;
          low = std::min(low, hazard);
          high = std::max(high, hazard);
        }
        sum += high - low;
      }
    return sum;
  }

  void raise(std::size_t from, std::size_t until, std::size_t sex) {
    for (std::size_t nth = 0; nth < per_age_sex_; ++nth)
      for (std::size_t v = 0; v < vectors_; ++v) {
        raise(from, until, sex, nth, v, matrix_.base_begin, matrix_.shift_begin, matrix_.closed_begin);
        raise(from, until, sex, nth, v, matrix_.base_end, matrix_.shift_end, matrix_.closed_end);
      }
  }

  void raise(std::size_t from, std::size_t until, std::size_t sex, std::size_t nth, std::size_t vector,
             std::vector<Lanes>& base, std::vector<Lanes>& shift, std::vector<std::uint16_t>& closed) {
    std::array<std::int32_t, kLanes> highest;
    highest.fill(std::numeric_limits<std::int32_t>::min());
    std::uint16_t shut = 0xffff;
    for (std::size_t age = from; age < until; ++age) {
      const std::size_t p = place(age, sex, nth, vector);
      shut = static_cast<std::uint16_t>(shut & (p < closed.size() ? closed[p] : 0));
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        highest[lane] = std::max(highest[lane], at(base, p, lane) + at(shift, p, lane));
    }
    for (std::size_t age = from; age < until; ++age) {
      const std::size_t p = place(age, sex, nth, vector);
      if (p < closed.size()) closed[p] = shut;
      if (p < base.size()) base[p].at = highest;
      if (p < shift.size()) shift[p] = {};
    }
  }

  Matrix& matrix_;
  std::size_t per_age_sex_, vectors_;
};

}  // namespace

BoundingModel::BoundingModel(const Model& model, Level level, const Looseness& looseness) {
  std::array<Spread, 2> spreads;
  const Matrix& exact = model.matrix[static_cast<std::size_t>(level)];
  auto loose = std::make_unique<Matrix>(loosened(exact, looseness, spreads));
  first_of_band = AgeBands(*loose).raise();
  matrix = std::move(loose);
  ready = prepare(model, *matrix);
  gather_groups(ready);
  for (std::size_t v = 0; v < ready.tables.size(); ++v)
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      ready.tables[v].clip_below[lane] = clip_below(spreads[0][v][lane], lowest_sum(exact, exact.edge_begin, v, lane));
      ready.tables[v].clip_below[kLanes + lane] =
          clip_below(spreads[1][v][lane], lowest_sum(exact, exact.edge_end, v, lane));
    }
}

}  // namespace sleutel::kernel
