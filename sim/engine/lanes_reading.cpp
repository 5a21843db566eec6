#include "sim/engine/lanes_reading.h"

namespace sleutel {

namespace {

/// Lanes in which a row of the matrix adds, forbids or is required.
kernel::LaneSet lanes_of_row(const Matrix& matrix, int row) {
  const auto vectors = static_cast<std::size_t>(matrix.vectors);
  kernel::LaneSet lanes = 0;
  for (std::size_t v = 0; v < vectors; ++v) {
    const std::size_t at = static_cast<std::size_t>(row) * vectors + v;
    for (const auto* edges : {&matrix.edge_begin, &matrix.edge_end})
      for (std::size_t lane = 0; at < edges->size() && lane < kLanes; ++lane)
        lanes |= kernel::LaneSet{(*edges)[at].at[lane] != 0} << (v * kLanes + lane);
    for (const auto* masks : {&matrix.forbid_begin, &matrix.forbid_end, &matrix.require_begin, &matrix.require_end})
      if (at < masks->size()) lanes |= kernel::LaneSet{(*masks)[at]} << (v * kLanes);
  }
  return lanes;
}

kernel::LaneSet lanes_of_level(const Matrix& matrix, std::size_t predictor) {
  kernel::LaneSet lanes = 0;
  for (int level = 0; level < matrix.level_predictors[predictor].levels; ++level)
    lanes |= lanes_of_row(matrix, matrix.level_first_row[predictor] + level);
  return lanes;
}

/// Derived bits about partner or parents, and pairs that ask for one.
std::uint64_t bits_about_others(const Matrix& matrix) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < matrix.derived.size(); ++i) {
    const Derived& derived = matrix.derived[i];
    const bool asks = derived.kind == DerivedKind::partner_has || derived.kind == DerivedKind::parent_has;
    const bool of_pair = derived.kind == DerivedKind::pair && (derived.derived_mask & bits) != 0;
    if (asks || of_pair) bits |= std::uint64_t{1} << i;
  }
  return bits;
}

}  // namespace

LanesReading lanes_reading(const Matrix& matrix) {
  LanesReading reading;
  if (matrix.vectors > kernel::kLaneSetVectors) {
    reading.levels.fill(kernel::kAllLanes);
    reading.others = kernel::kAllLanes;
    return reading;
  }
  for (std::size_t p = 0; p < matrix.level_predictors.size(); ++p) reading.levels[p] = lanes_of_level(matrix, p);
  for (std::uint64_t left = bits_about_others(matrix); left != 0; left &= left - 1)
    reading.others |= lanes_of_row(matrix, kMaxStates + __builtin_ctzll(left));
  return reading;
}

}  // namespace sleutel
