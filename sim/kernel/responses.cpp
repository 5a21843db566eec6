#include "sim/kernel/responses.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "sim/kernel/kernel_model.h"
#include "sim/kernel/rows.h"
#include "sim/kernel/vector.h"

namespace sleutel::kernel {

namespace {

const Matrix& resident_matrix(const Model& model) { return model.matrix[static_cast<std::size_t>(Level::resident)]; }

bool adds(const std::vector<Lanes>& rows, std::size_t row) { return row < rows.size() && rows[row].at != Lanes{}.at; }

/// Copies the rows that add something, and those of all levels.
void fill_rows(KernelResponses& ready, const Matrix& matrix, const std::vector<Lanes>& rows) {
  PredictorBits used{};
  for (std::size_t row = 0; row < kPredictorWords * 64; ++row) {
    if (adds(rows, row)) used[row / 64] |= std::uint64_t{1} << (row % 64);
  }
  std::vector<bool> level_used(matrix.level_predictors.size());
  for (std::size_t p = 0; p < level_used.size(); ++p) {
    for (int level = 0; level < matrix.level_predictors[p].levels; ++level) {
      level_used[p] = level_used[p] || adds(rows, static_cast<std::size_t>(matrix.level_first_row[p] + level));
    }
  }
  const auto places = lay_out_rows(ready.tables.predictors, matrix, used, {}, level_used);
  ready.rows.resize(static_cast<std::size_t>(ready.tables.predictors.rows) * kLanes);
  for (const RowPlace& place : places) {
    if (place.from >= rows.size()) continue;
    const auto& numbers = rows[place.from].at;
    std::copy(numbers.begin(), numbers.end(), ready.rows.begin() + static_cast<std::ptrdiff_t>(place.to * kLanes));
  }
  ready.tables.rows = ready.rows.data();
}

void respond_plainly(const Model& model, const UnitBlock& block, std::span<Answer> out) {
  const auto& rows = model.responses.rows;
  for (std::size_t index = 0; index < block.size(); ++index) {
    const Unit& unit = block[index];
    Lanes sum = model.responses.base[unit.age_sex];
    const RowsOn on = rows_on(resident_matrix(model), unit);
    for (std::size_t i = 0; i < on.count; ++i) {
      if (on.row[i] >= rows.size()) continue;
      for (std::size_t lane = 0; lane < kLanes; ++lane) sum.at[lane] += rows[on.row[i]].at[lane];
    }
    std::copy(sum.at.begin(), sum.at.end(), out[index].index);
  }
}

void personalise_plainly(const PersonalTables& tables, const std::array<std::int8_t, kLatents>& positions,
                         Answer& answer) {
  answer.lost = 0;
  answer.above = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    std::int32_t& index = answer.index[lane];
    index += tables.step[lane] * positions[static_cast<std::size_t>(tables.position[lane])];
    if (index > tables.cut[0][lane]) answer.above |= 1U << lane;
    for (std::size_t cut = 0; cut < std::size(tables.cut); ++cut)
      if (index > tables.cut[cut][lane]) answer.lost += tables.lost[cut][lane];
  }
}

}  // namespace

KernelResponses prepare_responses(const Model& model) {
  KernelResponses ready;
  ready.model = &model;
  if (!model.responses.base.empty()) ready.tables.base = model.responses.base.front().at.data();
  fill_rows(ready, resident_matrix(model), model.responses.rows);
  return ready;
}

void responses(const KernelResponses& model, const UnitBlock& block, Isa isa, std::span<Answer> out) {
#if defined(__x86_64__)
  if (isa != Isa::scalar) {
    vector_form(isa).respond(model.tables, records_of(block), block.size(), out.data());
    return;
  }
#endif
  static_cast<void>(isa);
  respond_plainly(*model.model, block, out);
}

void personalise(const PersonalTables& tables, const std::array<std::int8_t, kLatents>* positions,
                 std::span<const std::uint32_t> rows, Isa isa, std::span<Answer> answers) {
#if defined(__x86_64__)
  if (isa != Isa::scalar && !rows.empty()) {
    vector_form(isa).personalise(tables, positions->data(), rows.data(), rows.size(), answers.data());
    return;
  }
#endif
  static_cast<void>(isa);
  for (std::size_t i = 0; i < rows.size(); ++i) personalise_plainly(tables, positions[rows[i]], answers[i]);
}

}  // namespace sleutel::kernel
