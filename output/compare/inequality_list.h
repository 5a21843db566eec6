#pragma once
/// \file
/// The measures of inequality that an outcome has, each a function of a society. Private to output/compare/.

#include <functional>
#include <string>
#include <vector>

#include "output/compare/inequality.h"
#include "output/measures/society.h"

namespace sleutel {

/// How an outcome is read as something good to have (attainment) and bad to have (shortfall), in natural units.
struct OutcomeReading {
  bool has_attainment = false, has_shortfall = false;
  double highest = 0, width = 0;  ///< most that there can be, and from the least to the most; if both forms are there
  bool higher_is_better = false;
};

/// From the outcome's unit: "%" and "per 1,000" are shares, "(0-10)" and "(-0.446 to 1)" name their limits; rates
/// ("per 1,000 a year") have none, so one form only.
OutcomeReading reading_of(const OutcomeInfo& outcome);

struct InequalityMeasure {
  std::string id, label, definition;
  double factor = 1;  ///< printed value / value
  int decimals = 1;
  bool shown_first = false;                            ///< without --measure
  std::function<double(const Society&)> of;            ///< of levels in natural units; NaN if there is none
  std::function<double(const Society&)> matters_from;  ///< smallest difference that matters, at these levels (printed)
};

/// In the order in which they are printed.
std::vector<InequalityMeasure> inequality_measures(const OutcomeInfo& outcome, const InequalityOptions& options);

}  // namespace sleutel
