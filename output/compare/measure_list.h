#pragma once
/// \file
/// The measures that a results file has: life expectancies, healthy ones, what the cohort lived, incidence, duration,
/// QALYs. Each is a function of sums that are added up over replicates. Definitions: docs/measures.md. Private to
/// output/compare/.

#include <functional>
#include <string>
#include <vector>

#include "output/measures/jackknife.h"
#include "output/measures/sullivan.h"
#include "sleutel/results.h"

namespace sleutel {

/// Residents of some income groups and sexes.
struct Whom {
  std::string label;
  std::vector<int> incomes, sexes;
};

/// A run and the years of it that are measured, since the start of the study.
struct RunYears {
  int scenario = 0, replicate = 0;
  std::vector<int> years;
};

struct Measure {
  std::string id, label, unit, definition;
  int decimals = 2;
  bool is_expectancy = false;  ///< has a standard error of its own, and a gap between income fifths
  bool is_assumption = false;
  std::function<SumsOfRun(const RunYears&, const Whom&)> sums;
  std::function<Expectancy(const SumsOfRun&)> of;      ///< NaN if there is nothing
  std::function<double(const SumsOfRun&)> matters_of;  ///< smallest difference that matters, from the baseline's sums
};

/// In the order in which they are printed. The results must outlive them.
std::vector<Measure> measures_of(const Results& results);

}  // namespace sleutel
