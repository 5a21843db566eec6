#pragma once
/// \file
/// Lists of rows that pass a test. The test is no branch: a test that the processor cannot foresee costs more than
/// writing a row down and overwriting it.

#include <cstddef>
#include <span>
#include <vector>

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

/// The rows from 0 to count - 1 that pass, in ascending order, in room that only grows.
template <class Passes>
std::span<Row> list_rows(std::size_t count, std::vector<Row>& room, Passes&& passes) {
  if (room.size() < count) room.resize(count);
  Row* const rows = room.data();
  std::size_t listed = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Row row = static_cast<Row>(i);
    rows[listed] = row;
    listed += passes(row) ? 1 : 0;
  }
  return {rows, listed};
}

}  // namespace sleutel
