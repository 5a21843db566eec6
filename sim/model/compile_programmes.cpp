#include "sim/model/compile_programmes.h"

#include "sim/base/math.h"
#include "sim/base/problems.h"
#include "sim/model/compile_matrix.h"

namespace sleutel {
namespace {

/// More than this over all programmes on one transition could overflow [log2 hazard x 2^20].
constexpr std::int64_t kMostTogether = std::int64_t{1} << 29;

void add_effect(const ProgrammeEffect& effect, int programme, Model& model) {
  const State& state = model.states[static_cast<std::size_t>(effect.state)];
  Matrix& matrix = model.matrix[static_cast<std::size_t>(state.level)];
  const LanePlace lane = lane_of(matrix, effect.state);
  if (lane.vector < 0) return;
  auto& rows = effect.change == Change::begin ? matrix.programme_begin : matrix.programme_end;
  const auto at = static_cast<std::size_t>(programme) * static_cast<std::size_t>(matrix.vectors) +
                  static_cast<std::size_t>(lane.vector);
  rows[at].at[static_cast<std::size_t>(lane.lane)] += fixed_log(math::log2(effect.hazard_ratio));
}

/// Sizes of the effects of all programmes on one lane, added up [log2 hazard x 2^20].
std::int64_t sum_of_sizes(const std::vector<Lanes>& rows, const Matrix& matrix, std::size_t programmes, std::size_t v,
                          std::size_t lane) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < programmes; ++i) {
    const std::int64_t value = rows[i * static_cast<std::size_t>(matrix.vectors) + v].at[lane];
    sum += value < 0 ? -value : value;
  }
  return sum;
}

bool could_overflow(const std::vector<Lanes>& rows, const Matrix& matrix, std::size_t programmes) {
  for (std::size_t v = 0; v < static_cast<std::size_t>(matrix.vectors); ++v) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if (sum_of_sizes(rows, matrix, programmes, v, lane) > kMostTogether) return true;
    }
  }
  return false;
}

}  // namespace

void add_programme_rows(const std::vector<Programme>& programmes, Model& model) {
  std::vector<Problem> problems;
  if (programmes.size() > kMaxProgrammes) {
    problems.push_back({programmes.back().file, 0, 0, "",
                        "the study uses " + std::to_string(programmes.size()) + " programmes (at most 64)", ""});
    throw InputError(problems);
  }
  for (Matrix& matrix : model.matrix) {
    const std::size_t rows = programmes.size() * static_cast<std::size_t>(matrix.vectors);
    matrix.programme_begin.assign(rows, {});
    matrix.programme_end.assign(rows, {});
  }
  for (std::size_t i = 0; i < programmes.size(); ++i) {
    for (const ProgrammeEffect& effect : programmes[i].effects) add_effect(effect, static_cast<int>(i), model);
  }
  for (const Matrix& matrix : model.matrix) {
    const bool overflow = could_overflow(matrix.programme_begin, matrix, programmes.size()) ||
                          could_overflow(matrix.programme_end, matrix, programmes.size());
    if (overflow)
      problems.push_back(
          {"", 0, 0, "", "the effects of all programmes on one transition add to more than 512 doublings", ""});
  }
  throw_if_any(problems);
}

}  // namespace sleutel
