#include "sim/kernel/responses.h"

#include <array>
#include <bit>

#include "sim/kernel/kernel_model.h"
#include "sim/kernel/rows.h"
#include "sim/kernel/vector.h"

namespace sleutel::kernel {

namespace {

const Matrix& resident_matrix(const Model& model) { return model.matrix[static_cast<std::size_t>(Level::resident)]; }

/// Copies the rows of states and derived bits that are not all zero, one behind the other.
void fill_rows(KernelResponses& ready, const std::vector<Lanes>& rows) {
  std::array<std::uint64_t, kPredictorWords> wanted{};
  ready.rows.reserve(kPredictorWords * 64 * kLanes);  // the tables point into it
  for (std::size_t row = 0; row < kPredictorWords * 64 && row < rows.size(); ++row) {
    if (rows[row].at == Lanes{}.at) continue;
    wanted[row / 64] |= std::uint64_t{1} << (row % 64);
    ready.rows.insert(ready.rows.end(), rows[row].at.begin(), rows[row].at.end());
  }
  ready.rows.resize(kPredictorWords * 64 * kLanes);  // zeros behind the rows in use
  lay_out_rows(ready.tables.bits, wanted, ready.rows.data(), kLanes);
}

void fill_levels(ResponseTables& tables, const Matrix& matrix, const std::vector<Lanes>& rows) {
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    const auto first = static_cast<std::size_t>(matrix.level_first_row[p]);
    if (first >= rows.size()) continue;
    tables.level[tables.levels++] = {static_cast<int>(p), rows[first].at.data(), nullptr};
  }
}

void respond_plainly(const Model& model, const UnitBlock& block, std::span<Lanes> out) {
  const auto& rows = model.responses.rows;
  for (std::size_t index = 0; index < block.size(); ++index) {
    const Unit unit = unit_at(block, index);
    Lanes sum = model.responses.base[unit.age_sex];
    const RowsOn on = rows_on(resident_matrix(model), unit);
    for (std::size_t i = 0; i < on.count; ++i) {
      if (on.row[i] >= rows.size()) continue;
      for (std::size_t lane = 0; lane < kLanes; ++lane) sum.at[lane] += rows[on.row[i]].at[lane];
    }
    out[index] = sum;
  }
}

}  // namespace

KernelResponses prepare_responses(const Model& model) {
  KernelResponses ready;
  ready.model = &model;
  if (!model.responses.base.empty()) ready.tables.base = model.responses.base.front().at.data();
  fill_rows(ready, model.responses.rows);
  fill_levels(ready.tables, resident_matrix(model), model.responses.rows);
  return ready;
}

void responses(const KernelResponses& model, const UnitBlock& block, Isa isa, std::span<Lanes> out) {
  if (block.size() == 0) return;
#if defined(__x86_64__)
  if (isa == Isa::avx2) {
    avx2::respond(model.tables, pointers(block), block.size(), out.front().at.data());
    return;
  }
#endif
  static_cast<void>(isa);
  respond_plainly(*model.model, block, out);
}

}  // namespace sleutel::kernel
