#include "sim/kernel/kernel_model.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <iterator>
#include <set>

#include "sim/base/math.h"
#include "sim/kernel/fill_tables.h"

namespace sleutel::kernel {

namespace {

static_assert(kMostLevelTables == kMaxLevelPredictors);

void find_lanes(KernelModel& ready, const Model& model) {
  const Matrix& matrix = *ready.matrix;
  ready.lanes.assign(vectors_of(ready) * kLanes, {});
  for (std::size_t at = 0; at < ready.lanes.size(); ++at) {
    const std::size_t v = at / kLanes;
    const std::size_t lane = at % kLanes;
    const int state = matrix.state_of[v][lane];
    if (state < 0 || (matrix.live[v] >> lane & 1) == 0) continue;
    const State& s = model.states[static_cast<std::size_t>(state)];
    assert(!s.is_rest);
    ready.lanes[at] = {state, s.draw, s.group};
  }
}

/// Numbers the groups of this level anew, and gives each lane the new number of its group.
void find_groups(KernelModel& ready, const Model& model) {
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    KernelGroup group;
    group.rest_draw = model.states[static_cast<std::size_t>(model.groups[g].rest)].draw;
    for (std::size_t at = 0; at < ready.lanes.size(); ++at) {
      KernelLane& lane = ready.lanes[at];
      if (lane.state < 0 || lane.group != static_cast<int>(g) || model.groups[g].level != ready.matrix->level) continue;
      group.members.push_back({lane.state, static_cast<int>(at)});
      lane.group = static_cast<int>(ready.groups.size());
    }
    const auto by_draw = [&](const auto& a, const auto& b) { return a.state < b.state; };
    std::sort(group.members.begin(), group.members.end(), by_draw);
    if (!group.members.empty()) ready.groups.push_back(std::move(group));
  }
}

void find_required_rows(KernelModel& ready) {
  const Matrix& matrix = *ready.matrix;
  for (std::size_t row = 0; row < static_cast<std::size_t>(matrix.rows); ++row) {
    std::uint32_t any = 0;
    for (std::size_t v = 0; v < vectors_of(ready); ++v) {
      const std::size_t index = row * vectors_of(ready) + v;
      any |= mask_at(matrix.require_begin, index) | mask_at(matrix.require_end, index);
    }
    if (any != 0) ready.required_rows.push_back(static_cast<std::uint16_t>(row));
  }
}

bool stand_apart(const KernelGroup& group) {
  return std::any_of(group.members.begin(), group.members.end(), [&](const KernelGroup::Member& member) {
    return member.lane / kLanes != group.members.front().lane / kLanes;
  });
}

/// Slots hold the Philox blocks that somebody needs, in order; each lane takes its own draw or that of its group.
void find_draw_blocks(KernelModel& ready) {
  const auto draw_of = [&](const KernelLane& lane) {
    return lane.group < 0 ? lane.draw : ready.groups[static_cast<std::size_t>(lane.group)].rest_draw;
  };
  std::set<int> blocks;
  for (const KernelLane& lane : ready.lanes)
    if (lane.state >= 0) blocks.insert(draw_of(lane) / 8);
  ready.draw_blocks.assign(blocks.begin(), blocks.end());
  const auto source_of = [&](int draw) {
    const auto slot = std::distance(blocks.begin(), blocks.find(draw / 8));
    return static_cast<std::size_t>(slot * 8 + draw % 8);
  };
  for (KernelLane& lane : ready.lanes)
    if (lane.state >= 0) lane.source = source_of(draw_of(lane));
  for (KernelGroup& group : ready.groups) {
    group.source = source_of(group.rest_draw);
    group.spans_vectors = stand_apart(group);
    for (const KernelGroup::Member& member : group.members)
      if (member.lane < 64) group.lanes |= std::uint64_t{1} << member.lane;
    ready.groups_span_vectors = ready.groups_span_vectors || group.spans_vectors;
  }
}

void fill_lane_masks(const KernelModel& ready, std::size_t v, VectorTables& tables) {
  [[maybe_unused]] const Matrix& matrix = *ready.matrix;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const KernelLane& l = ready.lanes[v * kLanes + lane];
    if (l.state < 0) continue;
    tables.live |= 1U << lane;
    if (l.group < 0) {
      tables.single |= 1U << lane;
    } else {
      const auto members = static_cast<double>(ready.groups[static_cast<std::size_t>(l.group)].members.size());
      tables.slack[lane] = static_cast<std::int32_t>(math::log2(members) * kLogUnit) + 1;
    }
  }
  assert(tables.live == matrix.live[v]);
}

/// Predictor bits, by row, of which `wanted(index of the row in a table of the matrix)` holds in any vector.
template <class Wanted>
PredictorBits bits_where(const KernelModel& ready, const Wanted& wanted) {
  PredictorBits masks{};
  for (std::size_t row = 0; row < kPredictorWords * 64; ++row)
    for (std::size_t v = 0; v < vectors_of(ready); ++v)
      if (wanted(row * vectors_of(ready) + v)) masks[row / 64] |= std::uint64_t{1} << (row % 64);
  return masks;
}

/// Lanes closed by one row that is on or off: to begin (low half) and to end (high half).
std::uint32_t closed_by(const Matrix& matrix, std::size_t index, bool on) {
  if (on) return mask_at(matrix.forbid_begin, index) | mask_at(matrix.forbid_end, index) << 16;
  return mask_at(matrix.require_begin, index) | mask_at(matrix.require_end, index) << 16;
}

/// Lanes closed while predictor p has the value whose row is `on`.
std::uint32_t closed_by_level(const KernelModel& ready, std::size_t v, std::size_t p, std::size_t on) {
  const Matrix& matrix = *ready.matrix;
  std::uint32_t closed = 0;
  const auto first = static_cast<std::size_t>(matrix.level_first_row[p]);
  const auto count = static_cast<std::size_t>(matrix.level_predictors[p].levels);
  for (std::size_t row = first; row < first + count; ++row) {
    closed |= closed_by(matrix, row * vectors_of(ready) + v, row == on);
  }
  return closed;
}

/// Place of the rows of quantised predictors: behind those of the words, one at least, for the row of zeros.
int first_level_row(const PredictorTables& tables) { return std::max(tables.words, 1) * kWordRows; }

std::size_t place_of_level(const PredictorTables& tables, const Matrix& matrix, std::size_t row) {
  return static_cast<std::size_t>(first_level_row(tables) - matrix.level_row_first) + row;
}

bool adds(const Matrix& matrix, std::size_t index) {
  return !all_zero(matrix.edge_begin, index) || !all_zero(matrix.edge_end, index);
}

bool closes(const Matrix& matrix, std::size_t index) {
  return (closed_by(matrix, index, true) | closed_by(matrix, index, false)) != 0;
}

/// Quantised predictors of which a level adds or closes anything.
std::vector<bool> used_levels(const KernelModel& ready) {
  const Matrix& matrix = *ready.matrix;
  std::vector<bool> used(matrix.level_predictors.size());
  for (std::size_t p = 0; p < used.size(); ++p) {
    const auto first = static_cast<std::size_t>(matrix.level_first_row[p]) * vectors_of(ready);
    const std::size_t count = static_cast<std::size_t>(matrix.level_predictors[p].levels) * vectors_of(ready);
    for (std::size_t index = first; index < first + count; ++index)
      used[p] = used[p] || adds(matrix, index) || closes(matrix, index);
  }
  return used;
}

/// Says that a lane is on while its state is: by the mark of the state's row.
void mark_lanes(KernelModel& ready, const std::vector<RowPlace>& places, std::size_t v) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const int state = ready.lanes[v * kLanes + lane].state;
    for (const RowPlace& place : places)
      if (state >= 0 && place.from == static_cast<std::size_t>(state))
        ready.marks[v * static_cast<std::size_t>(ready.tables[v].predictors.rows) + place.to] |= std::uint64_t{1}
                                                                                                 << (32 + lane);
  }
}

/// Rows, marks and what is closed without them, of one vector.
void fill_rows(KernelModel& ready, const std::vector<RowPlace>& places, std::size_t v) {
  const Matrix& matrix = *ready.matrix;
  const std::size_t first = v * static_cast<std::size_t>(ready.tables[v].predictors.rows);
  for (const RowPlace& place : places) {
    const std::size_t index = place.from * vectors_of(ready) + v;
    copy_pair(matrix.edge_begin, matrix.edge_end, index, &ready.rows[(first + place.to) * kPair]);
    if (place.from >= static_cast<std::size_t>(matrix.level_row_first)) continue;
    ready.marks[first + place.to] = closed_by(matrix, index, true);
    ready.without[first + place.to] = closed_by(matrix, index, false);
  }
  mark_lanes(ready, places, v);
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    const auto row = static_cast<std::size_t>(matrix.level_first_row[p]);
    for (std::size_t level = row; level < row + static_cast<std::size_t>(matrix.level_predictors[p].levels); ++level)
      ready.marks[first + place_of_level(ready.tables[v].predictors, matrix, level)] =
          closed_by_level(ready, v, p, level);
  }
  VectorTables& tables = ready.tables[v];
  tables.rows = &ready.rows[first * kPair];
  tables.marks = &ready.marks[first];
  tables.without = &ready.without[first];
}

/// Predictor bits of which each lane of the matrix is a state.
PredictorBits lane_bits(const KernelModel& ready) {
  PredictorBits bits{};
  for (const KernelLane& lane : ready.lanes)
    if (lane.state >= 0) bits[static_cast<std::size_t>(lane.state) / 64] |= std::uint64_t{1} << (lane.state % 64);
  return bits;
}

void fill_rows(KernelModel& ready) {
  if (vectors_of(ready) == 0) return;
  const Matrix& matrix = *ready.matrix;
  const auto closed_while = [&](bool on) {
    return bits_where(ready, [&](std::size_t index) { return closed_by(matrix, index, on) != 0; });
  };
  PredictorBits used = bits_where(ready, [&](std::size_t index) { return adds(matrix, index); });
  const PredictorBits forbidding = closed_while(true), lanes = lane_bits(ready);
  for (std::size_t word = 0; word < used.size(); ++word) used[word] |= forbidding[word] | lanes[word];
  PredictorTables predictors;
  const auto places = lay_out_rows(predictors, matrix, used, closed_while(false), used_levels(ready));
  const std::size_t rows = vectors_of(ready) * static_cast<std::size_t>(predictors.rows);
  ready.rows.resize(rows * kPair);
  ready.marks.resize(rows);
  ready.without.resize(rows);
  for (std::size_t v = 0; v < vectors_of(ready); ++v) {
    ready.tables[v].predictors = predictors;
    fill_rows(ready, places, v);
  }
}

void fill_programmes(KernelModel& ready) {
  const Matrix& matrix = *ready.matrix;
  const std::size_t count =
      vectors_of(ready) == 0 ? 0
                             : std::max(matrix.programme_begin.size(), matrix.programme_end.size()) / vectors_of(ready);
  ready.programme_rows.resize(vectors_of(ready) * count * kPair);
  for (std::size_t v = 0; v < vectors_of(ready); ++v) {
    for (std::size_t programme = 0; programme < count; ++programme) {
      const std::size_t index = programme * vectors_of(ready) + v;
      copy_pair(matrix.programme_begin, matrix.programme_end, index,
                &ready.programme_rows[(v * count + programme) * kPair]);
      const bool nothing = all_zero(matrix.programme_begin, index) && all_zero(matrix.programme_end, index);
      ready.tables[v].programme_mask |= std::uint64_t{!nothing} << programme;
    }
    if (count != 0) ready.tables[v].programmes = &ready.programme_rows[v * count * kPair];
  }
}

}  // namespace

std::vector<RowPlace> lay_out_rows(PredictorTables& tables, const Matrix& matrix, const PredictorBits& used,
                                   const PredictorBits& required, const std::vector<bool>& level_used) {
  std::vector<RowPlace> places;
  for (std::size_t word = 0; word < kPredictorWords; ++word) {
    tables.mask[word] = used[word];
    tables.required[word] = required[word];
    if ((used[word] | required[word]) == 0) continue;
    for (std::uint64_t left = used[word] | required[word]; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(left));
      places.push_back({word * 64 + bit, static_cast<std::size_t>(tables.words) * kWordRows + bit});
    }
    tables.word[tables.words++] = static_cast<int>(word);
  }
  for (int row = matrix.level_row_first; row < matrix.rows; ++row) {
    const auto from = static_cast<std::size_t>(row);
    places.push_back({from, place_of_level(tables, matrix, from)});
  }
  tables.rows = first_level_row(tables) + matrix.rows - matrix.level_row_first;
  for (std::size_t p = 0; p < level_used.size(); ++p) {
    if (!level_used[p]) continue;
    tables.predictor[tables.levels] = static_cast<int>(p);
    tables.first_row[tables.levels++] =
        static_cast<int>(place_of_level(tables, matrix, static_cast<std::size_t>(matrix.level_first_row[p])));
  }
  return places;
}

KernelModel prepare(const Model& model, Level level) {
  return prepare(model, model.matrix[static_cast<std::size_t>(level)]);
}

KernelModel prepare(const Model& model, const Matrix& matrix) {
  KernelModel ready;
  ready.matrix = &matrix;
  if (matrix.level == Level::resident) ready.death = model.roles.death;
  find_lanes(ready, model);
  find_groups(ready, model);
  find_required_rows(ready);
  find_draw_blocks(ready);
  ready.tables.resize(vectors_of(ready));
  for (std::size_t v = 0; v < vectors_of(ready); ++v) fill_lane_masks(ready, v, ready.tables[v]);
  fill_draw_pieces(ready);
  fill_cells(ready);
  fill_rows(ready);
  fill_programmes(ready);
  return ready;
}

}  // namespace sleutel::kernel
