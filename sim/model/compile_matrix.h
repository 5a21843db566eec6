#pragma once
/// \file
/// From the transitions of one level to its matrix: lanes, rows, cells and masks, every number rounded once.

#include <vector>

#include "sim/model/effects.h"
#include "sim/model/names.h"
#include "sim/model/rows.h"

namespace sleutel {

/// A matrix, and what stands beside it in the model.
struct CompiledMatrix {
  Matrix matrix;
  std::vector<Edge> edges;
  PredictorRows predictors;
};

/// Compiles the transitions of all states of a level. `responses` are words that the responses need as rows too
/// (residents only).
CompiledMatrix compile_matrix(Reading& reading, const Names& names, const source::Shrink& shrink, Level level,
                              const std::vector<source::Word>& responses);

/// What one unit of a quantised predictor is, for an effect `per` some of it [unit]; 0 and a problem if `per` is
/// missing or of another unit. 1 for binary predictors, which take no `per`.
double unit_of_effect(Reading& reading, const source::Word& predictor, const source::Per& per, const Matrix& matrix,
                      const Predictor& found);

/// The first row of a predictor, and how many rows it has.
struct RowRange {
  int first = 0, count = 0;
};
RowRange rows_of(const Matrix& matrix, const Predictor& predictor);

/// Vector and lane of a state in a matrix; vector -1 if it has none.
struct LanePlace {
  int vector = -1, lane = 0;
};
LanePlace lane_of(const Matrix& matrix, int state);

/// Proves that no sum of rows can overflow 32 bits; reports the lanes for which it can.
void check_overflow(Reading& reading, const Names& names, const Matrix& matrix);

}  // namespace sleutel
