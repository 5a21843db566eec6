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

  /// What every bounding unit has of the bits that may be on or off, and takes it out of the rows: they are all on.
  void take_bit(int row, Spread& always) {
    for (std::size_t v = 0; v < vectors_; ++v)
      if (Lanes* const edge = edge_at(static_cast<std::size_t>(row), v); edge != nullptr) {
        add(*edge, always[v]);
        *edge = {};
      }
  }

  /// The same of a predictor of which every bounding unit has the highest level, if that lowers no sum.
  void take_levels(std::size_t predictor, Spread& always) {
    const auto first = static_cast<std::size_t>(matrix_.level_first_row[predictor]);
    const std::size_t last = first + static_cast<std::size_t>(matrix_.level_predictors[predictor].levels);
    if (edge_at(last - 1, vectors_ - 1) == nullptr || lowers(last - 1)) return;
    for (std::size_t v = 0; v < vectors_; ++v) {
      add(*edge_at(last - 1, v), always[v]);
      for (std::size_t row = first; row < last; ++row) *edge_at(row, v) = {};
    }
  }

 private:
  static void add(const Lanes& edge, Spread::value_type& to) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) to[lane] += edge.at[lane];
  }

  bool lowers(std::size_t row) {
    for (std::size_t v = 0; v < vectors_; ++v)
      for (const std::int32_t number : edge_at(row, v)->at)
        if (number < 0) return true;
    return false;
  }

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

/// A matrix with rows raised to what may be on, and what that took.
struct Loosened {
  Matrix matrix;
  std::array<Spread, 2> spread;  ///< begin, end
  std::array<Spread, 2> always;  ///< begin, end: what every bounding unit has; no longer in the rows
};

Loosened loosened(const Matrix& matrix, const Looseness& looseness) {
  Loosened loose{matrix, {}, {}};
  const Spread nothing(static_cast<std::size_t>(matrix.vectors));
  loose.always = {nothing, nothing};
  std::array<Loosening, 2> tables{Loosening(matrix, loose.matrix.edge_begin), Loosening(matrix, loose.matrix.edge_end)};
  for (int row = 0; row < kMaxStates + kMaxDerived; ++row) {
    const bool open =
        row < kMaxStates ? looseness.states.test(row) : (looseness.derived >> (row - kMaxStates) & 1) != 0;
    if (!open) continue;
    for (std::size_t t = 0; t < tables.size(); ++t) {
      tables[t].bit(row);
      tables[t].take_bit(row, loose.always[t]);
    }
    close_nothing(loose.matrix, row, 1);
  }
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    if (((looseness.levels >> p) & 1U) == 0) continue;
    for (std::size_t t = 0; t < tables.size(); ++t) {
      tables[t].levels(p);
      if (((looseness.highest >> p) & 1U) != 0) tables[t].take_levels(p, loose.always[t]);
    }
    close_nothing(loose.matrix, matrix.level_first_row[p], matrix.level_predictors[p].levels);
  }
  for (std::size_t t = 0; t < tables.size(); ++t) loose.spread[t] = tables[t].spread();
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

std::int32_t held_to_32_bits(std::int64_t x) {
  using Limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(x, Limits::min(), Limits::max()));
}

/// A sum is at most its spread below its bound: if the bound is below this, the sum may be below -kClip. Where no sum
/// can, no bound is below this. What every bounding unit has is not in the bounds that are compared.
std::int32_t clip_below(std::int64_t spread, std::int64_t always, std::int64_t lowest) {
  if (lowest >= -kClip) return std::numeric_limits<std::int32_t>::min();
  return held_to_32_bits(spread - kClip - always);
}

/// What every bounding unit has is added to each cell, behind the clip. No sum of edges is above kClip once clipped,
/// and none below -kClip: more than twice that need not be added.
void add_always(std::vector<Lanes>& base, const Spread& always) {
  const std::size_t vectors = always.size();
  for (std::size_t at = 0; at < base.size(); ++at)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      base[at].at[lane] += static_cast<std::int32_t>(std::min<std::int64_t>(always[at % vectors][lane], 2 * kClip));
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
  const Matrix& exact = model.matrix[static_cast<std::size_t>(level)];
  Loosened loose = loosened(exact, looseness);
  first_of_band = AgeBands(loose.matrix).raise();
  add_always(loose.matrix.base_begin, loose.always[0]);
  add_always(loose.matrix.base_end, loose.always[1]);
  matrix = std::make_unique<const Matrix>(std::move(loose.matrix));
  ready = prepare(model, *matrix);
  gather_groups(ready);
  const std::array<const std::vector<Lanes>*, 2> edges = {&exact.edge_begin, &exact.edge_end};
  for (std::size_t v = 0; v < ready.tables.size(); ++v)
    for (std::size_t t = 0; t < edges.size(); ++t)
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const std::int64_t always = loose.always[t][v][lane];
        const std::int64_t lowest = lowest_sum(exact, *edges[t], v, lane);
        ready.tables[v].clip_below[t * kLanes + lane] = clip_below(loose.spread[t][v][lane], always, lowest);
        ready.tables[v].clip_above[t * kLanes + lane] = held_to_32_bits(kClip - always);
      }
}

}  // namespace sleutel::kernel
