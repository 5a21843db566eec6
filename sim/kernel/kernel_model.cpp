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
    tables.state_lanes |= 1U << lane;
    tables.state_mask[l.state / 64] |= std::uint64_t{1} << (l.state % 64);
    if (l.group < 0) {
      tables.single |= 1U << lane;
    } else {
      const auto members = static_cast<double>(ready.groups[static_cast<std::size_t>(l.group)].members.size());
      tables.slack[lane] = static_cast<std::int32_t>(math::log2(members) * kLogUnit) + 1;
    }
  }
  tables.state_shift = std::popcount(tables.state_mask[0]);
  assert(tables.live == matrix.live[v]);
}

/// Predictor bits, by row, of which `wanted(row)` holds.
template <class Wanted>
std::array<std::uint64_t, kPredictorWords> bits_where(const Wanted& wanted) {
  std::array<std::uint64_t, kPredictorWords> masks{};
  for (std::size_t row = 0; row < kPredictorWords * 64; ++row) {
    if (wanted(row)) masks[row / 64] |= std::uint64_t{1} << (row % 64);
  }
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

bool adds(const Matrix& matrix, std::size_t index) {
  return !all_zero(matrix.edge_begin, index) || !all_zero(matrix.edge_end, index);
}

bool closes(const Matrix& matrix, std::size_t index) {
  return (closed_by(matrix, index, true) | closed_by(matrix, index, false)) != 0;
}

/// Quantised predictors of which a level adds or closes anything in vector v.
std::vector<bool> used_levels(const KernelModel& ready, std::size_t v) {
  const Matrix& matrix = *ready.matrix;
  std::vector<bool> used(matrix.level_predictors.size());
  for (std::size_t p = 0; p < used.size(); ++p) {
    const auto first = static_cast<std::size_t>(matrix.level_first_row[p]);
    for (std::size_t row = first; row < first + static_cast<std::size_t>(matrix.level_predictors[p].levels); ++row) {
      const std::size_t index = row * vectors_of(ready) + v;
      used[p] = used[p] || adds(matrix, index) || closes(matrix, index);
    }
  }
  return used;
}

/// Copies the rows that add something in vector v, and those of all levels, behind the rows of earlier vectors.
void fill_rows(KernelModel& ready, std::size_t v) {
  const Matrix& matrix = *ready.matrix;
  PredictorTables& predictors = ready.tables[v].predictors;
  const auto used = bits_where([&](std::size_t row) { return adds(matrix, row * vectors_of(ready) + v); });
  const auto places = lay_out_rows(predictors, matrix, used, used_levels(ready, v));
  const std::size_t first = ready.rows.size();
  ready.rows.resize(first + static_cast<std::size_t>(predictors.rows) * kPair);
  for (const RowPlace& place : places) {
    std::int32_t* const to = &ready.rows[first + place.to * kPair];
    copy_pair(matrix.edge_begin, matrix.edge_end, place.from * vectors_of(ready) + v, to);
  }
}

void fill_rows(KernelModel& ready) {
  for (std::size_t v = 0; v < vectors_of(ready); ++v) fill_rows(ready, v);
  const std::int32_t* rows = ready.rows.data();
  for (VectorTables& tables : ready.tables) {
    tables.rows = rows;
    rows += static_cast<std::size_t>(tables.predictors.rows) * kPair;
  }
}

/// What the levels of one quantised predictor close; `closed` is asked by row. Gives all of it together.
std::uint32_t fill_level(const KernelModel& ready, std::size_t v, std::size_t predictor, std::uint32_t* closed) {
  const auto first = static_cast<std::size_t>(ready.matrix->level_first_row[predictor]);
  const auto levels = static_cast<std::size_t>(ready.matrix->level_predictors[predictor].levels);
  std::uint32_t any = 0;
  for (std::size_t row = first; row < first + levels; ++row)
    any |= closed[row] = closed_by_level(ready, v, predictor, row);
  return any;
}

/// What the levels of quantised predictors close.
void fill_levels(KernelModel& ready) {
  const Matrix& matrix = *ready.matrix;
  const auto first_level = static_cast<std::size_t>(matrix.level_row_first);
  const std::size_t levels = static_cast<std::size_t>(matrix.rows) - first_level;
  ready.level_closed.resize(vectors_of(ready) * levels);
  for (std::size_t v = 0; v < vectors_of(ready); ++v) {
    std::uint32_t any = 0;
    for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p)
      any |= fill_level(ready, v, p, &ready.level_closed[v * levels] - first_level);
    if (any != 0) ready.tables[v].level_closed = &ready.level_closed[v * levels];
  }
}

/// The tables of one word of predictor bits.
void fill_guards(KernelModel& ready, std::size_t v, std::size_t word, std::uint64_t wanted) {
  ready.tables[v].guard_mask[word] = wanted;
  ready.tables[v].guard_chunks[word] = (std::popcount(wanted) + 7) / 8;
  int nth = 0;
  for (std::uint64_t left = wanted; left != 0; left &= left - 1, ++nth) {
    if (nth % 8 == 0) ready.guards.resize(ready.guards.size() + 256);
    const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
    for (std::size_t value = 0; value < 256; ++value) {
      const bool on = (value >> (nth % 8) & 1) != 0;
      ready.guards[ready.guards.size() - 256 + value] |= closed_by(*ready.matrix, row * vectors_of(ready) + v, on);
    }
  }
}

/// One table of 256 entries for each eight predictor bits that close lanes.
void fill_guards(KernelModel& ready) {
  const Matrix& matrix = *ready.matrix;
  std::vector<std::size_t> first(vectors_of(ready));
  for (std::size_t v = 0; v < vectors_of(ready); ++v) {
    first[v] = ready.guards.size();
    const auto wanted = bits_where([&](std::size_t row) { return closes(matrix, row * vectors_of(ready) + v); });
    for (std::size_t word = 0; word < kPredictorWords; ++word) fill_guards(ready, v, word, wanted[word]);
  }
  for (std::size_t v = 0; v < vectors_of(ready); ++v) ready.tables[v].guards = ready.guards.data() + first[v];
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

std::vector<RowPlace> lay_out_rows(PredictorTables& tables, const Matrix& matrix,
                                   const std::array<std::uint64_t, kPredictorWords>& used,
                                   const std::vector<bool>& level_used) {
  std::vector<RowPlace> places;
  int in_word = 65;  // bits in the packed word at hand: as if one were full
  for (std::size_t word = 0; word < kPredictorWords; ++word) {
    const int bits = std::popcount(used[word]);
    tables.mask[word] = used[word];
    if (bits == 0) continue;
    if (in_word + bits > 64) {
      ++tables.packed_words;
      in_word = 0;
    }
    tables.place[word] = tables.packed_words - 1;
    tables.shift[word] = in_word;
    for (std::uint64_t left = used[word]; left != 0; left &= left - 1) {
      const int to = tables.place[word] * kPackedRows + in_word++;
      places.push_back({word * 64 + static_cast<std::size_t>(std::countr_zero(left)), static_cast<std::size_t>(to)});
    }
  }
  tables.first_level_row = tables.packed_words * kPackedRows;
  for (int row = matrix.level_row_first; row < matrix.rows; ++row) {
    const int to = tables.first_level_row + row - matrix.level_row_first;
    places.push_back({static_cast<std::size_t>(row), static_cast<std::size_t>(to)});
  }
  tables.rows = tables.first_level_row + matrix.rows - matrix.level_row_first;
  for (std::size_t p = 0; p < level_used.size(); ++p) {
    if (!level_used[p]) continue;
    tables.predictor[tables.levels] = static_cast<int>(p);
    tables.first_row[tables.levels++] = tables.first_level_row + matrix.level_first_row[p] - matrix.level_row_first;
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
  fill_guards(ready);
  fill_levels(ready);
  fill_programmes(ready);
  return ready;
}

}  // namespace sleutel::kernel
