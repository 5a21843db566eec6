#pragma once
/// \file
/// Which lanes of a matrix read what others decide about: a unit of which only some lanes are evaluated need not ask
/// its friends for what none of them reads.

#include <array>
#include <cstdint>

#include "sim/kernel/bounds.h"
#include "sleutel/model.h"

namespace sleutel {

struct LanesReading {
  std::array<kernel::LaneSet, kMaxLevelPredictors> levels{};  ///< [quantised predictor] lanes that read it
  kernel::LaneSet others = 0;                                 ///< lanes that read a bit about partner or parents
};

/// Everything reads everything in a matrix of more than kernel::kLaneSetVectors.
LanesReading lanes_reading(const Matrix& matrix);

}  // namespace sleutel
