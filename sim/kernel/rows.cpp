#include "sim/kernel/rows.h"

#include <bit>

namespace sleutel::kernel {

namespace {

/// Where the rows of one vector stand in the tables. A table that was left out is zero.
struct Rows {
  std::size_t vectors, vector;

  void add(const std::vector<Lanes>& table, std::size_t row, Lanes& sum) const {
    const std::size_t index = row * vectors + vector;
    if (index >= table.size()) return;
    for (std::size_t lane = 0; lane < kLanes; ++lane) sum.at[lane] += table[index].at[lane];
  }
  std::uint32_t mask(const std::vector<std::uint16_t>& masks, std::size_t row) const {
    const std::size_t index = row * vectors + vector;
    return index < masks.size() ? masks[index] : 0U;
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

VectorSums sums_of(const KernelModel& model, const Unit& unit, const RowsOn& on, std::size_t vector, Change change) {
  const Matrix& m = *model.matrix;
  const bool begin = change == Change::begin;
  const auto& edges = begin ? m.edge_begin : m.edge_end;
  const auto& forbid = begin ? m.forbid_begin : m.forbid_end;
  const auto& require = begin ? m.require_begin : m.require_end;
  const Rows rows{static_cast<std::size_t>(m.vectors), vector};
  VectorSums sums{};
  sums.closed = rows.mask(begin ? m.closed_begin : m.closed_end, unit.cell);
  for (std::size_t i = 0; i < on.count; ++i) {
    rows.add(edges, on.row[i], sums.edges);
    sums.closed |= rows.mask(forbid, on.row[i]);
  }
  for (const std::uint16_t row : model.required_rows) {
    if (!contains(on, row)) sums.closed |= rows.mask(require, row);
  }
  rows.add(begin ? m.base_begin : m.base_end, unit.cell, sums.outside);
  rows.add(begin ? m.shift_begin : m.shift_end, unit.cell, sums.outside);
  for (std::uint64_t left = unit.programmes; left != 0; left &= left - 1) {
    const auto programme = static_cast<std::size_t>(std::countr_zero(left));
    rows.add(begin ? m.programme_begin : m.programme_end, programme, sums.outside);
  }
  return sums;
}

}  // namespace sleutel::kernel
