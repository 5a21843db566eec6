#pragma once
/// \file
/// The distribution of standardised income in a district, by three published facts: the mean, the share up to the
/// minimum line, and the share in the national highest fifth.
///
/// By rank u in [0, 1): up to `low` a line from the floor to the minimum line; then a parabola up to the fourth bound;
/// the last `top` a Pareto tail. The parabola's bend, and where that is not enough the tail, gives the mean.

namespace sleutel::city {

struct IncomeCurve {
  double low = 0.1, top = 0.2;                       ///< [shares of households]
  double floor = 9000, line = 17000, bound = 46000;  ///< [EUR a year]
  double bend = 0;                                   ///< of the parabola, -0.9 to 0.9
  double tail = 3;                                   ///< Pareto index, above 1

  /// Standardised income at rank u [EUR a year].
  double at(double u) const;

  /// Sets bend, and if need be tail, so that the mean is as given [EUR a year].
  void bend_to(double mean);
};

}  // namespace sleutel::city
