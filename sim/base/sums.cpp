#include "sim/base/sums.h"

#include <cstddef>

namespace sleutel {

namespace {

/// Sum by halves of f(0) .. f(n - 1) with f taken over [from, from + n).
template <class Term>
double halves(std::size_t from, std::size_t n, const Term& term) {
  if (n > 8) return halves(from, n / 2, term) + halves(from + n / 2, n - n / 2, term);
  double sum = 0.0;
  for (std::size_t i = from; i < from + n; ++i) sum += term(i);
  return sum;
}

}  // namespace

double pairwise_sum(std::span<const double> terms) {
  return halves(0, terms.size(), [&](std::size_t i) { return terms[i]; });
}

double pairwise_mean(std::span<const double> terms) { return pairwise_sum(terms) / static_cast<double>(terms.size()); }

double sample_variance(std::span<const double> terms) {
  const double mean = pairwise_mean(terms);
  const double squares = halves(0, terms.size(), [&](std::size_t i) { return (terms[i] - mean) * (terms[i] - mean); });
  return squares / static_cast<double>(terms.size() - 1);
}

}  // namespace sleutel
