#include "sim/engine/centring.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "sim/base/math.h"
#include "sim/engine/hazards.h"
#include "sim/kernel/transitions.h"

namespace sleutel {
namespace {

/// 2^(sum / 2^20) x 2^20; sums are clipped, so it is at most 100 x 2^20.
std::int64_t weight_of(std::int32_t sum) {
  return static_cast<std::int64_t>(math::exp2(static_cast<double>(sum) / kLogUnit) * kLogUnit + 0.5);
}

std::int32_t log2_of(double ratio) {
  const double scaled = math::log2(ratio) * kLogUnit;
  return static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

}  // namespace

CentringSums::CentringSums(const Model& model) {
  for (int level = 0; level < kLevelsOfUnits; ++level) {
    const Matrix& matrix = model.matrix[static_cast<std::size_t>(level)];
    OfLevel& sums = of_level_[static_cast<std::size_t>(level)];
    sums.lanes = matrix.vectors * kLanes;
    sums.cells = matrix.cells;
    sums.begin.resize(static_cast<std::size_t>(sums.lanes) * static_cast<std::size_t>(sums.cells));
    sums.end.resize(sums.begin.size());
  }
}

void CentringSums::add(const kernel::KernelModel& model, const kernel::Unit& unit, int vector, OfLevel& sums) {
  const auto of = [&](Change change) { return kernel::clipped_edge_sums(model, unit, vector, change); };
  const kernel::ClippedSums begin = of(Change::begin);
  std::optional<kernel::ClippedSums> end;  // most units have no state of the vector on
  const auto first = static_cast<std::size_t>(vector) * kLanes;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const int state = model.lanes[first + lane].state;
    if (state < 0) continue;
    const bool on = unit.states.test(state);
    if (on && !end) end = of(Change::end);
    const kernel::ClippedSums& found = on ? *end : begin;
    if ((found.open >> lane & 1) == 0) continue;
    OfCell& cell = (on ? sums.end : sums.begin)[(first + lane) * static_cast<std::size_t>(sums.cells) + unit.cell];
    cell.weight += weight_of(found.sum.at[lane]);
    ++cell.units;
  }
}

void CentringSums::add(Run& run) {
  for (int number = 0; number < kLevelsOfUnits; ++number) {
    const auto level = static_cast<Level>(number);
    if (!run.arm->draws(level)) continue;
    const std::vector<GatheredUnit> gathered = gather_units(run, level);
    const kernel::KernelModel& model = run.arm->matrix[static_cast<std::size_t>(number)];
    OfLevel& sums = of_level_[static_cast<std::size_t>(number)];
    // Each vector is summed by one thread, so that sums need no lock; integers, so that their order does not matter.
    run.blocks.with_rows(1).each(model.tables.size(), [&](const Block& vector) {
      for (const auto& [row, unit] : gathered) add(model, unit, static_cast<int>(vector.first), sums);
    });
  }
}

void CentringSums::settle_lane(Matrix& matrix, const OfLevel& sums, int lane, Change change, std::int32_t level,
                               Distance& distance) const {
  const OfCell* const cells = (change == Change::begin ? sums.begin : sums.end).data() +
                              static_cast<std::size_t>(lane) * static_cast<std::size_t>(sums.cells);
  std::vector<std::int64_t> at_risk(static_cast<std::size_t>(sums.cells));
  for (int c = 0; c < sums.cells; ++c) at_risk[static_cast<std::size_t>(c)] = cells[c].units;
  const std::vector<int> group = centring_groups(matrix, lane, change, at_risk);
  const int groups = group.empty() ? 0 : *std::max_element(group.begin(), group.end()) + 1;
  std::vector<OfCell> of_group(static_cast<std::size_t>(groups));
  for (int c = 0; c < sums.cells; ++c)
    if (const int g = group[static_cast<std::size_t>(c)]; g >= 0) {
      of_group[static_cast<std::size_t>(g)].weight += cells[c].weight;
      of_group[static_cast<std::size_t>(g)].units += cells[c].units;
    }
  auto& shifts = change == Change::begin ? matrix.shift_begin : matrix.shift_end;
  for (int c = 0; c < sums.cells; ++c) {
    const int g = group[static_cast<std::size_t>(c)];
    if (g < 0) continue;
    const OfCell& of = of_group[static_cast<std::size_t>(g)];
    std::int32_t shift = level;
    if (of.units > 0) shift -= log2_of(static_cast<double>(of.weight) / kLogUnit / static_cast<double>(of.units));
    std::int32_t& here = shifts[static_cast<std::size_t>(c) * static_cast<std::size_t>(matrix.vectors) +
                                static_cast<std::size_t>(lane / kLanes)]
                             .at[static_cast<std::size_t>(lane % kLanes)];
    const double off = math::expm1(std::abs(shift - here) * math::kLn2 / kLogUnit);
    const auto units = static_cast<double>(cells[c].units);
    if (of.units >= kSmallestCentringCell) distance.largest = std::max(distance.largest, off);
    distance.sum += off * units;
    distance.units += units;
    here += (shift - here) / 2;
  }
}

CentringSums::Move CentringSums::settle(Model& model, const std::vector<std::int32_t>& levels) const {
  Distance distance;
  for (int number = 0; number < kLevelsOfUnits; ++number) {
    Matrix& matrix = model.matrix[static_cast<std::size_t>(number)];
    const OfLevel& sums = of_level_[static_cast<std::size_t>(number)];
    for (int lane = 0; lane < sums.lanes; ++lane) {
      const int state =
          matrix.state_of[static_cast<std::size_t>(lane / kLanes)][static_cast<std::size_t>(lane % kLanes)];
      if (state < 0 || model.states[static_cast<std::size_t>(state)].is_rest) continue;
      const std::int32_t level = levels[static_cast<std::size_t>(state)];
      settle_lane(matrix, sums, lane, Change::begin, level, distance);
      settle_lane(matrix, sums, lane, Change::end, 0, distance);
    }
  }
  return {distance.largest, distance.units > 0 ? distance.sum / distance.units : 0};
}

void shift_onset(Model& model, int state, std::int32_t by) {
  for (Matrix& matrix : model.matrix)
    for (int lane = 0; lane < matrix.vectors * kLanes; ++lane) {
      const auto vector = static_cast<std::size_t>(lane / kLanes);
      const auto place = static_cast<std::size_t>(lane % kLanes);
      if (matrix.state_of[vector][place] != state) continue;
      for (std::size_t cell = 0; cell < static_cast<std::size_t>(matrix.cells); ++cell)
        matrix.shift_begin[cell * static_cast<std::size_t>(matrix.vectors) + vector].at[place] += by;
    }
}

}  // namespace sleutel
