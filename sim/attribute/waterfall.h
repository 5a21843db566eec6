#pragma once
/// \file
/// Shapes of a waterfall picture: rows of one height, with words at the left, a plot, and numbers at the right.

#include <string>

namespace sleutel {

/// What the rows have in common, and what was drawn so far. [pixels]
struct Waterfall {
  static constexpr double kWidth = 1180, kLeft = 24, kPlotFrom = 330, kPlotUntil = 760, kRow = 30;
  static constexpr const char* kRaises = "#D55E00";
  static constexpr const char* kLowers = "#0072B2";

  double low = 0, high = 1;  ///< ends of the axis, in the unit of the outcome
  double y = 0;              ///< where the next row begins
  std::string shapes;

  double x_of(double value) const { return kPlotFrom + (kPlotUntil - kPlotFrom) * (value - low) / (high - low); }
  void text(double x, double at_y, const std::string& words, const std::string& style = "");
  /// Words over as many lines as they need, after which y is further down.
  void paragraph(const std::string& words, const std::string& style = "");
  /// A horizontal line in the middle of the present row, with small ends: an interval.
  void whisker(double from, double until);
  void point(double at);
  /// A bar of the present row from one value to another, and a thin line down from its end to the next row.
  void step(double from, double until);
  /// A thin vertical line at a value, from the middle of the row above to the middle of this one.
  void link(double at);
  /// Round values below the rows.
  void axis(int decimals, bool comma);
  std::string finished(const std::string& title) const;
};

/// The step between round values of an axis of this length: 1, 2 or 5 times a power of ten, for 4 to 9 of them.
double round_step(double length);

}  // namespace sleutel
