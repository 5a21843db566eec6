#pragma once
/// \file
/// Lists of rows that pass a test. The test is no branch: a test that the processor cannot foresee costs more than
/// writing a row down and overwriting it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/marks.h"
#include "sleutel/residents.h"

namespace sleutel {

/// Those of a list that pass, in the order of the list, which is overwritten.
template <class Passes>
std::span<Row> keep_rows(std::span<Row> rows, Passes&& passes) {
  std::size_t kept = 0;
  for (const Row row : rows) {
    rows[kept] = row;
    kept += passes(row) ? 1 : 0;
  }
  return rows.first(kept);
}

/// The rows from 0 to count - 1 that pass, in ascending order, in room that only grows. A test that is a plain
/// comparison of one column is made by the compiler for many rows at once; few should pass.
template <class Passes>
std::span<Row> list_rows(std::size_t count, Column<std::uint8_t>& marks, std::vector<Row>& room, Passes&& passes) {
  if (room.size() < count) room.resize(count);
  if (marks.size() < count) marks.resize(count);
  std::uint8_t* const passed = marks.data();
  for (std::size_t i = 0; i < count; ++i) passed[i] = passes(static_cast<Row>(i)) ? 1 : 0;
  Row* const rows = room.data();
  std::size_t listed = 0;
  for_each_marked(marks, 0, count, 1, [&](Row row) { rows[listed++] = row; });
  return {rows, listed};
}

}  // namespace sleutel
