#pragma once
/// \file
/// Exact thinning. What is kept of a unit from month to month is an upper bound of the draws with which each of its
/// lanes may fire. It holds as long as nothing happens to the unit itself; what others do to it, and a load that moves
/// a little, is covered by the bound (Looseness). Each month everybody draws, and only units with a draw within their
/// bounds are made and evaluated. The records are those of draw_transitions, bit for bit
/// (docs/decisions/0012-bounds-are-kept.md).
///
///     const BoundingModel bounding(model, Level::resident, looseness);   // once per model
///     bounds.fit(rows, ready);
///     bound_unit(bounding, isa, unit, row, bounds);                     // when something happened to this unit
///     const Candidates some = find_candidates(ready, month, units, bounds, buffer);         // each month, by chunks
///     for (place in some.places) decide_candidate(ready, month, unit at place, some, place, kAllLanes, row, buffer);

#include <cstdint>
#include <memory>
#include <span>

#include "sim/kernel/transitions.h"

namespace sleutel::kernel {

/// What the bound of a unit leaves open.
struct Looseness {
  StateMask states;           ///< states that may be on or off, whatever the bounding unit has
  std::uint64_t derived = 0;  ///< derived bits that may be on or off: the bounding unit has them on
  std::uint32_t levels = 0;   ///< bit p: predictor p may have any level up to that of the bounding unit
  std::uint32_t highest = 0;  ///< of these, the predictors of which every bounding unit has the highest level
};

/// A matrix of which no lane has a lower hazard than the one it was made from, whatever is left open.
struct BoundingModel {
  BoundingModel(const Model& model, Level level, const Looseness& looseness);

  std::unique_ptr<const Matrix> matrix;
  KernelModel ready;
  /// [age * 2 + sex] The bounds made at an age hold until the next age of which this says true: between two of them
  /// base rates are taken at their highest.
  std::vector<bool> first_of_band;
};

struct Bounds {
  std::size_t vectors = 0;
  Column<std::uint16_t> limit;  ///< [unit][vector][lane] a lane may fire if its draw is below; flipped for ends
  Column<std::uint16_t> on;     ///< [unit][vector] lanes whose state is on
  Column<std::uint8_t> always;  ///< [unit] 1: to be evaluated each month, since a sum of edges may be clipped

  /// Room for this many units; new ones never fire.
  void fit(std::size_t units, const KernelModel& model);
  /// This unit is no more: it never fires.
  void close(std::size_t unit);
};

/// Makes the bounds of a unit: `unit` with all that is left open as high as it may be. `isa` must not be scalar.
void bound_unit(const BoundingModel& bounding, Isa isa, const Unit& unit, Row row, Bounds& bounds);

/// Units that draw together.
struct UnitsOfChunk {
  const std::uint64_t* ids = nullptr;  ///< that name their draws, side by side
  const Row* rows = nullptr;           ///< of the bounds; null: first, first + 1 ...
  Row first = 0;                       ///< row of the first unit, if `rows` is null
  int count = 0;                       ///< at most kUnitsPerChunk

  Row row(int place) const { return rows == nullptr ? first + static_cast<Row>(place) : rows[place]; }
};

/// The units of a chunk that have a draw within their bounds.
struct Candidates {
  std::uint64_t places = 0;                  ///< bit = position in the chunk
  std::array<std::uint64_t, 8> of_vector{};  ///< the same for each vector, the last for all from the eighth on
  std::uint64_t always = 0;                  ///< of these, units of which a sum of edges may be clipped
  const std::uint16_t* draws = nullptr;      ///< [position in the chunk][draw_stride]; in the buffer
  int draw_stride = 0;
};

Candidates find_candidates(const KernelModel& model, const Month& month, const UnitsOfChunk& units,
                           const Bounds& bounds, FiredBuffer& buffer);

/// Lanes of a unit, bit vector * kLanes + lane.
using LaneSet = std::uint64_t;
inline constexpr LaneSet kAllLanes = ~LaneSet{0};
inline constexpr int kLaneSetVectors = 4;

/// Lanes of the candidate at this place that must be evaluated: those with a draw within their bounds, and with one of
/// a group all of it. All of them where a sum may be clipped, and in matrices of more than kLaneSetVectors.
LaneSet lanes_to_evaluate(const KernelModel& model, const Month& month, const UnitsOfChunk& units, const Bounds& bounds,
                          const Candidates& candidates, int place);

/// Adds what happens to the candidate at this place as it is now, with `row` as the record's unit. Of `unit`, only what
/// these lanes read must be true. Gives the number of open lanes that were clipped; units that are no candidates have
/// none.
int decide_candidate(const KernelModel& model, const Month& month, const Unit& unit, const Candidates& candidates,
                     int place, LaneSet lanes, Row row, FiredBuffer& out);

}  // namespace sleutel::kernel
