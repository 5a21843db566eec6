#include <algorithm>
#include <cstdlib>

#include "sim/base/text.h"
#include "sim/model/compile_matrix.h"

namespace sleutel {
namespace {

constexpr std::int64_t kMost = 2147483647;
/// Centring and level together move a log hazard by at most 512 doublings.
constexpr std::int64_t kShiftAllowance = std::int64_t{1} << 29;

std::int64_t size_at(const std::vector<Lanes>& table, const Matrix& matrix, int row, LanePlace lane) {
  const auto at =
      static_cast<std::size_t>(row) * static_cast<std::size_t>(matrix.vectors) + static_cast<std::size_t>(lane.vector);
  return std::abs(static_cast<std::int64_t>(table[at].at[static_cast<std::size_t>(lane.lane)]));
}

/// The largest sum of edges: every row on, and of each quantised predictor its largest level.
std::int64_t largest_sum(const std::vector<Lanes>& edges, const Matrix& matrix, LanePlace lane) {
  std::int64_t sum = 0;
  for (int row = 0; row < matrix.level_row_first; ++row) sum += size_at(edges, matrix, row, lane);
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    std::int64_t largest = 0;
    for (int k = 0; k < matrix.level_predictors[p].levels; ++k) {
      largest = std::max(largest, size_at(edges, matrix, matrix.level_first_row[p] + k, lane));
    }
    sum += largest;
  }
  return sum;
}

/// The largest base, the clip, the allowance for centring, and all programmes at once.
std::int64_t largest_outside(const std::vector<Lanes>& base, const std::vector<Lanes>& programmes, const Matrix& matrix,
                             LanePlace lane) {
  std::int64_t largest = 0;
  for (int cell = 0; cell < matrix.cells; ++cell) largest = std::max(largest, size_at(base, matrix, cell, lane));
  std::int64_t sum = largest + kClip + kShiftAllowance;
  const auto count = static_cast<int>(programmes.size()) / std::max(1, matrix.vectors);
  for (int programme = 0; programme < count; ++programme) sum += size_at(programmes, matrix, programme, lane);
  return sum;
}

bool fits(const Matrix& matrix, LanePlace lane, Change change) {
  const bool begin = change == Change::begin;
  const auto& base = begin ? matrix.base_begin : matrix.base_end;
  const auto& programmes = begin ? matrix.programme_begin : matrix.programme_end;
  return largest_sum(begin ? matrix.edge_begin : matrix.edge_end, matrix, lane) < kMost &&
         largest_outside(base, programmes, matrix, lane) < kMost;
}

}  // namespace

void check_overflow(Reading& reading, const Names& names, const Matrix& matrix) {
  for (std::size_t state = 0; state < names.states.size(); ++state) {
    const LanePlace lane = lane_of(matrix, static_cast<int>(state));
    if (lane.vector < 0) continue;
    for (const Change change : {Change::begin, Change::end}) {
      if (fits(matrix, lane, change)) continue;
      reading.add(names.written[state].name.place,
                  std::string("the effects on the ") + (change == Change::begin ? "onset" : "end") + " of " +
                      in_quotes(names.states[state].name) +
                      " could add to more than 32 bits hold (2,048 doublings of a rate)",
                  "look for a large effect per point of a predictor with many points");
    }
  }
}

}  // namespace sleutel
