#pragma once
/// \file
/// A published figure and the language in which it is asked of simulated residents: docs/fit.md.

#include <optional>
#include <string>
#include <vector>

#include "sim/fit/clause.h"

namespace sleutel {

enum class FigureMeasure : std::uint8_t {
  share,          ///< of those among, how many meet `of` (now, or so many months later)
  mean,           ///< of a mean outcome among them
  sd,             ///< its standard deviation among them
  rate,           ///< beginnings of a state or life event per person-year among them
  mean_age,       ///< of those among, at the beginning [years]
  healthy_years,  ///< life expectancy at birth of those among, in years of which the share meets `of` (Sullivan)
};

enum class Contrast : std::uint8_t { none, ratio, difference, odds_ratio };

/// What is counted on one side of a figure.
struct Side {
  bool households = false;  ///< private non-student households, asked at their reference person
  Clause among, of;
  int after_months = 0;  ///< `of` is asked so many months later of those who are still there
  int begins = -1;       ///< state or life event
};

/// Of which kind the figure is: what a list of figures must have some of.
enum FigureTrait : std::uint8_t {
  kAssociation = 1,
  kGradient = 2,
  kDuration = 4,
  kByAge = 8,
  kHouseholdContrast = 16,
};

struct PublishedFigure {
  std::string id, name_en, name_nl, stratum, group;
  FigureMeasure measure = FigureMeasure::share;
  Contrast contrast = Contrast::none;
  bool standardised = false;  ///< by age and sex, to both sides together
  bool per_year = false;      ///< a share that is a rate: half a point is not small
  Side side, against;         ///< `against` with a contrast only
  double published = 0, standard_error = 0;
  double published_low = 0, published_high = 0;  ///< 95% interval of a study that is repeated; 0 and 0 of the others
  std::string error_from;                        ///< interval, sample, rounding
  std::string source, evidence, why;
  int traits = 0;  ///< FigureTrait bits
  std::string file;
  int line = 0, column = 0;

  bool is(FigureTrait trait) const { return (traits & trait) != 0; }
  /// A share in which half a point, or three points, mean something.
  bool is_plain_share() const { return measure == FigureMeasure::share && contrast == Contrast::none && !per_year; }
};

/// What a contrast comes to where there is none: 1 of a ratio, 0 of a difference.
inline double none_of(const PublishedFigure& figure) {
  return figure.contrast == Contrast::ratio || figure.contrast == Contrast::odds_ratio ? 1 : 0;
}

/// A file of figures, all with one label.
struct FigureList {
  std::string label;                          ///< calibrated on, held out, or repeated
  double near_relative = 0, near_points = 0;  ///< of what is held out: within so much of itself, or so many points
  int at_least = 0;                           ///< how many of them should be so near
  double at_least_share = 0;                  ///< of studies that are repeated: how many should come out [share]
  std::vector<PublishedFigure> figures;
  /// Patterns without a number that must come about without being put in: above none (0, or 1 of a ratio), which stands
  /// in `published`. In the list of what is held out only.
  std::vector<PublishedFigure> emerges;
};

inline constexpr const char* kCalibratedOn = "calibrated on";
inline constexpr const char* kHeldOut = "held out";
inline constexpr const char* kRepeated = "repeated";

/// Reads a file of figures. Problems go to the reading.
FigureList read_figures(Reading& reading, const std::string& file, const ClauseWords& words);

/// Every figure has one label: none stands in both lists, and none is an input of the model, which is what its file
/// cites. What an edge cites may be calibrated on, but not held out.
void check_labels(Reading& reading, const Model& model, const FigureList& one, const FigureList& other);

}  // namespace sleutel
