#include "sim/model/spectral.h"

#include <algorithm>
#include <cmath>

#include "sim/base/math.h"

namespace sleutel {
namespace {

constexpr int kSquarings = 20;

double row_sum_norm(const Square& matrix) {
  double norm = 0;
  for (int i = 0; i < matrix.size; ++i) {
    double sum = 0;
    for (int j = 0; j < matrix.size; ++j) sum += std::abs(matrix(i, j));
    norm = std::max(norm, sum);
  }
  return norm;
}

/// row += factor * from
void add_row(Square& product, int row, const Square& matrix, int from, double factor) {
  for (int j = 0; j < matrix.size; ++j) product(row, j) += factor * matrix(from, j);
}

Square product_with_itself(const Square& matrix) {
  Square product = square_of_zeros(matrix.size);
  for (int i = 0; i < matrix.size; ++i) {
    for (int k = 0; k < matrix.size; ++k) {
      if (matrix(i, k) != 0) add_row(product, i, matrix, k, matrix(i, k));
    }
  }
  return product;
}

}  // namespace

Square square_of_zeros(int size) {
  return {size, std::vector<double>(static_cast<std::size_t>(size) * static_cast<std::size_t>(size), 0.0)};
}

double spectral_radius(const Square& matrix) {
  Square power = matrix;
  double log_norm = 0;  // of A^(2^k), divided by 2^k
  double weight = 1;    // 1 / 2^k
  for (int squaring = 0; squaring <= kSquarings; ++squaring) {
    const double norm = row_sum_norm(power);
    if (norm == 0) return 0;
    log_norm += weight * math::log(norm);
    for (double& x : power.at) x /= norm;
    if (squaring < kSquarings) power = product_with_itself(power);
    weight /= 2;
  }
  return math::exp(log_norm);
}

}  // namespace sleutel
