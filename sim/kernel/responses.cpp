#include "sim/kernel/responses.h"

#include <algorithm>

#include "sim/kernel/kernel_model.h"
#include "sim/kernel/rows.h"
#include "sim/kernel/vector.h"

namespace sleutel::kernel {

namespace {

const Matrix& resident_matrix(const Model& model) { return model.matrix[static_cast<std::size_t>(Level::resident)]; }

/// Copies all rows and notes which are not all zero; behind them stands one of zeros.
void fill_rows(KernelResponses& ready, const std::vector<Lanes>& rows, std::size_t count) {
  PredictorTables& predictors = ready.tables.predictors;
  predictors.zero_row = static_cast<int>(count);
  ready.rows.resize((count + 1) * kLanes);
  for (std::size_t row = 0; row < count && row < rows.size(); ++row) {
    std::copy(rows[row].at.begin(), rows[row].at.end(), ready.rows.begin() + static_cast<std::ptrdiff_t>(row * kLanes));
    if (row < kPredictorWords * 64 && rows[row].at != Lanes{}.at) {
      predictors.mask[row / 64] |= std::uint64_t{1} << (row % 64);
    }
  }
  ready.tables.rows = ready.rows.data();
}

/// The quantised predictors of which some level adds something.
void find_levels(PredictorTables& predictors, const Matrix& matrix, const std::vector<Lanes>& rows) {
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) {
    const auto first = static_cast<std::size_t>(matrix.level_first_row[p]);
    const auto end = std::min(rows.size(), first + static_cast<std::size_t>(matrix.level_predictors[p].levels));
    bool used = false;
    for (std::size_t row = first; row < end; ++row) used = used || rows[row].at != Lanes{}.at;
    if (!used) continue;
    predictors.predictor[predictors.levels] = static_cast<int>(p);
    predictors.first_row[predictors.levels] = matrix.level_first_row[p];
    ++predictors.levels;
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
  const Matrix& matrix = resident_matrix(model);
  fill_rows(ready, model.responses.rows, static_cast<std::size_t>(matrix.rows));
  find_levels(ready.tables.predictors, matrix, model.responses.rows);
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
