#pragma once
/// \file
/// The spectral radius of a small square matrix.

#include <vector>

namespace sleutel {

/// A square matrix of doubles.
struct Square {
  int size = 0;
  std::vector<double> at;  ///< [row * size + column]
  double& operator()(int row, int column) { return at[static_cast<std::size_t>(row) * size + column]; }
  double operator()(int row, int column) const { return at[static_cast<std::size_t>(row) * size + column]; }
};

Square square_of_zeros(int size);

/// The largest modulus of an eigenvalue, by Gelfand's formula: the limit of |A^k|^(1/k), k = 2^20 by squaring, in the
/// largest-row-sum norm. Exact to better than 1e-4 for matrices of a model; 0 for a matrix without loops.
double spectral_radius(const Square& matrix);

}  // namespace sleutel
