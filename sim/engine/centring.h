#pragma once
/// \file
/// Centring. Published base tables are means of populations that already contain the stressors: for each transition, in
/// each cell of its own base table, one constant makes the mean of exp(clipped sum of edges) one among those at risk.
/// docs/decisions/0003-centring-and-start.md says which cells there are and how small ones are merged.

#include <cstdint>
#include <vector>

#include "sim/engine/run.h"

namespace sleutel {

/// Sums over units at risk, by level, change, lane and cell of the matrix.
class CentringSums {
 public:
  explicit CentringSums(const Model& model);

  /// Adds every unit of the run's city as this month's transitions see it: call it between stress and transitions.
  void add(Run& run);

  /// Moves the constants of every cell half of the way to minus log2 of the mean of 2^sum [log2 hazard x 2^20], with
  /// the levels on top of the onset of their states (`levels` [state] [log2 x 2^20]). Half, because who is at risk
  /// changes with the constants: whole steps swing around the answer.
  struct Move {
    double largest = 0;  ///< distance still to go of any cell with enough at risk, as a factor minus one
    double mean = 0;     ///< the same, mean over unit-months at risk
  };
  Move settle(Model& model, const std::vector<std::int32_t>& levels) const;

 private:
  struct OfCell {
    std::int64_t weight = 0;  ///< sum of 2^sum [x 2^20]
    std::int64_t units = 0;   ///< unit-months at risk
  };
  struct OfLevel {
    int lanes = 0, cells = 0;
    std::vector<OfCell> begin, end;  ///< [lane * cells + cell]
  };

  /// Adds one unit to the cells of the lanes of one vector.
  static void add(const kernel::KernelModel& model, const kernel::Unit& unit, int vector, OfLevel& sums);

  struct Distance {
    double largest = 0, sum = 0, units = 0;
  };
  void settle_lane(Matrix& matrix, const OfLevel& sums, int lane, Change change, std::int32_t level,
                   Distance& distance) const;

  std::array<OfLevel, kLevelsOfUnits> of_level_;
};

/// Multiplies the onset of a state in every cell by 2^(by / 2^20): what a change of its level does at once.
void shift_onset(Model& model, int state, std::int32_t by);

/// For tests: the cells of one lane's own base table, as a group number for each cell of the matrix (-1: closed).
/// `at_risk` [cell]: unit-months; groups with fewer than kSmallestCentringCell are merged with the next age.
std::vector<int> centring_groups(const Matrix& matrix, int lane, Change change,
                                 const std::vector<std::int64_t>& at_risk);
inline constexpr std::int64_t kSmallestCentringCell = 1000;  ///< [unit-months at risk]

}  // namespace sleutel
