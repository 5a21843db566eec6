#include <map>

#include "sim/kernel/fill_tables.h"

namespace sleutel::kernel {

namespace {

/// Base and shift of one cell, and what it closes.
struct BaseRow {
  std::array<std::int32_t, kPair> rates{};
  std::uint32_t closed = 0;

  friend bool operator<(const BaseRow& a, const BaseRow& b) {
    return a.closed != b.closed ? a.closed < b.closed : a.rates < b.rates;
  }
};

BaseRow base_row(const Matrix& matrix, std::size_t from) {
  BaseRow row;
  copy_pair(matrix.base_begin, matrix.base_end, from, row.rates.data());
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    row.rates[lane] += number_at(matrix.shift_begin, from, lane);
    row.rates[kLanes + lane] += number_at(matrix.shift_end, from, lane);
  }
  row.closed = mask_at(matrix.closed_begin, from) | mask_at(matrix.closed_end, from) << 16;
  return row;
}

/// The rows of one vector, each once: tables that fit a cache are worth a look-up.
void fill_cells_of(KernelModel& ready, std::size_t v) {
  std::map<BaseRow, std::uint32_t> known;
  for (std::size_t cell = 0; cell < static_cast<std::size_t>(ready.matrix->cells); ++cell) {
    const BaseRow row = base_row(*ready.matrix, cell * vectors_of(ready) + v);
    const auto [at, is_new] = known.try_emplace(row, static_cast<std::uint32_t>(known.size()));
    ready.base_of_cell.push_back(at->second);
    if (!is_new) continue;
    ready.bases.insert(ready.bases.end(), row.rates.begin(), row.rates.end());
    ready.base_closed.push_back(row.closed);
  }
}

}  // namespace

void fill_cells(KernelModel& ready) {
  std::vector<std::size_t> first;  // row of each vector
  for (std::size_t v = 0; v < vectors_of(ready); ++v) {
    first.push_back(ready.base_closed.size());
    fill_cells_of(ready, v);
  }
  for (std::size_t v = 0; v < vectors_of(ready); ++v) {
    ready.tables[v].base_of_cell = ready.base_of_cell.data() + v * static_cast<std::size_t>(ready.matrix->cells);
    ready.tables[v].bases = ready.bases.data() + first[v] * kPair;
    ready.tables[v].base_closed = ready.base_closed.data() + first[v];
  }
}

}  // namespace sleutel::kernel
