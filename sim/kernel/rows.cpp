#include "sim/kernel/rows.h"

#include <bit>

namespace sleutel::kernel {

namespace {

/// A lane of a matrix, to find its number in a table. A table that was left out is zero.
struct Place {
  std::size_t vectors, vector, lane;

  Place(const KernelModel& model, std::size_t at)
      : vectors(static_cast<std::size_t>(model.matrix->vectors)), vector(at / kLanes), lane(at % kLanes) {}

  std::int32_t number(const std::vector<Lanes>& table, std::size_t row) const {
    const std::size_t index = row * vectors + vector;
    return index < table.size() ? table[index].at[lane] : 0;
  }
  bool bit(const std::vector<std::uint16_t>& masks, std::size_t row) const {
    const std::size_t index = row * vectors + vector;
    return index < masks.size() && (masks[index] >> lane & 1) != 0;
  }
};

void append_bits(RowsOn& rows, std::uint64_t word, int first) {
  for (; word != 0; word &= word - 1) {
    rows.row[rows.count++] = static_cast<std::uint16_t>(first + std::countr_zero(word));
  }
}

bool contains(const RowsOn& on, std::uint16_t row) {
  for (std::size_t i = 0; i < on.count; ++i) {
    if (on.row[i] == row) return true;
  }
  return false;
}

}  // namespace

RowsOn rows_on(const Matrix& matrix, const Unit& unit) {
  RowsOn rows;
  append_bits(rows, unit.states.word[0], 0);
  append_bits(rows, unit.states.word[1], 64);
  append_bits(rows, unit.derived, kMaxStates);
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    rows.row[rows.count++] = static_cast<std::uint16_t>(matrix.level_first_row[p] + unit.levels[p]);
  }
  return rows;
}

EdgeSum edge_sum(const KernelModel& model, const Unit& unit, const RowsOn& on, std::size_t lane, Change change) {
  const Matrix& m = *model.matrix;
  const bool begin = change == Change::begin;
  const auto& edges = begin ? m.edge_begin : m.edge_end;
  const auto& forbid = begin ? m.forbid_begin : m.forbid_end;
  const auto& require = begin ? m.require_begin : m.require_end;
  const Place place(model, lane);
  EdgeSum result;
  result.open = !place.bit(begin ? m.closed_begin : m.closed_end, unit.cell);
  for (std::size_t i = 0; i < on.count; ++i) {
    result.sum += place.number(edges, on.row[i]);
    if (place.bit(forbid, on.row[i])) result.open = false;
  }
  for (const std::uint16_t row : model.required_rows) {
    if (place.bit(require, row) && !contains(on, row)) result.open = false;
  }
  return result;
}

std::int32_t outside_clip(const KernelModel& model, const Unit& unit, std::size_t lane, Change change) {
  const Matrix& m = *model.matrix;
  const bool begin = change == Change::begin;
  const Place place(model, lane);
  std::int32_t sum = place.number(begin ? m.base_begin : m.base_end, unit.cell) +
                     place.number(begin ? m.shift_begin : m.shift_end, unit.cell);
  for (std::uint64_t left = unit.programmes; left != 0; left &= left - 1) {
    sum += place.number(begin ? m.programme_begin : m.programme_end, static_cast<std::size_t>(std::countr_zero(left)));
  }
  return sum;
}

}  // namespace sleutel::kernel
