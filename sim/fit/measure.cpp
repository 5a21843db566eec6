#include "sim/fit/measure.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sleutel {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kBandYears = 5;
constexpr double kMonthsOfYear = 12;

double ratio(double numerator, double denominator) { return denominator > 0 ? numerator / denominator : kNaN; }

CellOfSide& operator+=(CellOfSide& sum, const CellOfSide& more) {
  sum.asked += more.asked;
  sum.meet += more.meet;
  sum.sum += more.sum;
  sum.steps += more.steps;
  sum.squares += more.squares;
  sum.months += more.months;
  sum.events += more.events;
  sum.event_ages += more.event_ages;
  return sum;
}

CellOfSide all_of(const CountsOfSide& counts) {
  CellOfSide all;
  for (const CellOfSide& cell : counts) all += cell;
  return all;
}

/// Of one unit of a mean outcome as printed, how many whole numbers.
double unit_of(const PublishedFigure& figure, const Model& model) {
  const int outcome = figure.side.of.outcome;
  const bool is_utility =
      outcome >= 0 && model.outcomes[static_cast<std::size_t>(outcome)].kind == OutcomeKind::utility;
  return is_utility ? 10000 : kIndexUnit;
}

double spread(const CellOfSide& cell, double unit) {
  const auto n = static_cast<double>(cell.asked);
  if (n < 2) return kNaN;
  const double mean = static_cast<double>(cell.steps) / n;
  const double squares = static_cast<double>(cell.squares) - n * mean * mean;
  return std::sqrt(std::max(0.0, squares) / (n - 1)) * static_cast<double>(kSquareStep) / unit;
}

/// The measure of one cell, or of all together.
double measured(const PublishedFigure& figure, const Model& model, const CellOfSide& cell) {
  switch (figure.measure) {
    case FigureMeasure::share:
      return ratio(static_cast<double>(cell.meet), static_cast<double>(cell.asked));
    case FigureMeasure::mean:
      return ratio(static_cast<double>(cell.sum) / unit_of(figure, model), static_cast<double>(cell.asked));
    case FigureMeasure::sd:
      return spread(cell, unit_of(figure, model));
    case FigureMeasure::rate:
      return ratio(kMonthsOfYear * static_cast<double>(cell.events), static_cast<double>(cell.months));
    case FigureMeasure::mean_age:
      return ratio(static_cast<double>(cell.event_ages) / kMonthsOfYear, static_cast<double>(cell.events));
    case FigureMeasure::healthy_years:
      break;
  }
  return kNaN;
}

double of_side(const PublishedFigure& figure, const Model& model, const CountsOfSide& counts) {
  return figure.measure == FigureMeasure::healthy_years ? healthy_years(counts)
                                                        : measured(figure, model, all_of(counts));
}

double weight_of(const CellOfSide& cell) { return static_cast<double>(cell.asked + cell.months); }

/// Both sides with the ages and sexes of both together, as far as both have somebody.
std::array<double, 2> standardised(const PublishedFigure& figure, const Model& model, const CountsOfSide& side,
                                   const CountsOfSide& against) {
  double one = 0, other = 0, weights = 0;
  for (std::size_t cell = 0; cell < side.size(); ++cell) {
    if (weight_of(side[cell]) == 0 || weight_of(against[cell]) == 0) continue;
    const double weight = weight_of(side[cell]) + weight_of(against[cell]);
    one += weight * measured(figure, model, side[cell]);
    other += weight * measured(figure, model, against[cell]);
    weights += weight;
  }
  return {ratio(one, weights), ratio(other, weights)};
}

double odds(double share) { return ratio(share, 1 - share); }

}  // namespace

double healthy_years(const CountsOfSide& counts) {
  double alive = 1, years = 0;
  for (std::size_t band = 0; band < kAgeBands; ++band) {
    CellOfSide cell = counts[2 * band];
    cell += counts[2 * band + 1];
    if (cell.months == 0 || cell.asked == 0) return kNaN;
    const double deaths = kMonthsOfYear * static_cast<double>(cell.events) / static_cast<double>(cell.months);
    const double healthy = static_cast<double>(cell.meet) / static_cast<double>(cell.asked);
    if (band + 1 == kAgeBands) return deaths > 0 ? years + alive / deaths * healthy : kNaN;
    const double dying = alive * kBandYears * deaths / (1 + kBandYears / 2 * deaths);
    years += kBandYears * (alive - dying / 2) * healthy;
    alive -= dying;
  }
  return years;
}

double value_of(const PublishedFigure& figure, const Model& model, const CountsOfSide& side,
                const CountsOfSide& against) {
  if (figure.contrast == Contrast::none) return of_side(figure, model, side);
  std::array<double, 2> sides{of_side(figure, model, side), of_side(figure, model, against)};
  if (figure.standardised) sides = standardised(figure, model, side, against);
  if (figure.contrast == Contrast::difference) return sides[0] - sides[1];
  if (figure.contrast == Contrast::ratio) return ratio(sides[0], sides[1]);
  return ratio(odds(sides[0]), odds(sides[1]));
}

}  // namespace sleutel
