#pragma once
/// \file
/// A few shapes of SVG, one below the other.

#include <string>
#include <vector>

namespace sleutel {

/// What the shapes have in common: where the text begins, where time begins and ends. [pixels]
struct Drawing {
  static constexpr double kWidth = 1400, kLeft = 24, kTimeFrom = 380, kTimeUntil = 1370, kLine = 20;

  std::string shapes;
  double y = 0;    ///< where the next line begins
  int months = 1;  ///< from kTimeFrom to kTimeUntil

  double x_of(double month) const { return kTimeFrom + (kTimeUntil - kTimeFrom) * month / months; }
  void text(double x, double at_y, const std::string& words, const std::string& style = "");
  /// A line of text at the left, after which y is further down; as many lines as it needs.
  void paragraph(const std::string& words, const std::string& style = "", double indent = 0);
  /// A bar of the present line between two months.
  void bar(double from, double until, const std::string& colour);
  void vertical(double month, double from_y, double until_y, const std::string& style);
  /// A number in a circle on the present line.
  void number(double month, int which);
  /// All of it, with a title for who cannot see it.
  std::string finished(const std::string& title) const;
};

}  // namespace sleutel
