#include "sim/attribute/variant.h"

#include <cstddef>

namespace sleutel {
namespace {

/// The lanes of one vector whose state is asked about.
std::uint16_t lanes_of(const Matrix& matrix, std::size_t vector, const StateMask& states) {
  std::uint16_t lanes = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const int state = matrix.state_of[vector][lane];
    if (state >= 0 && states.test(state)) lanes = static_cast<std::uint16_t>(lanes | 1U << lane);
  }
  return lanes;
}

}  // namespace

std::shared_ptr<const Model> without_states(const Model& model, const StateMask& absent) {
  auto variant = std::make_shared<Model>(model);
  variant->absent = absent;
  for (Matrix& matrix : variant->matrix) {
    const auto vectors = static_cast<std::size_t>(matrix.vectors);
    for (std::size_t v = 0; v < vectors; ++v) {
      const std::uint16_t lanes = lanes_of(matrix, v, absent);
      if (lanes == 0) continue;
      for (std::size_t at = v; at < matrix.closed_begin.size(); at += vectors)
        matrix.closed_begin[at] = static_cast<std::uint16_t>(matrix.closed_begin[at] | lanes);
    }
  }
  return variant;
}

}  // namespace sleutel
