#pragma once
/// \file
/// What of a results file is asked for, as positions. Private to output/compare/.

#include <vector>

#include "output/compare/compare.h"

namespace sleutel {

inline constexpr const char* kGapEnding = "_gap";

struct Selection {
  struct Wanted {
    bool level = false, gap = false;
  };
  std::vector<Wanted> outcomes;  ///< [outcome]
  std::vector<int> scenarios;    ///< without the baseline
  std::vector<int> years;        ///< since the start
};

/// Throws InputError (usage) naming every outcome, year and scenario that the file does not have.
Selection select(const Results& results, const CompareOptions& options);

/// The last year with a pair of any scenario; the last year of the study if there is none.
int last_paired_year(const Results& results);

}  // namespace sleutel
