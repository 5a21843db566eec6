#pragma once
/// \file
/// A comparison as text for people, JSON and CSV for programs.

#include <string>
#include <vector>

#include "output/compare/compare.h"

namespace sleutel {

/// Blocks by scenario and year (and by outcome if there are groups), columns aligned, ending with notes, the file, its
/// size and the next command. Groups in which nobody is of the outcome's population are left out.
std::string comparison_text(const Results& results, const std::vector<ComparisonRow>& all, By by);

/// An array of objects: scenario, outcome, label, unit, group, year, baseline, value, difference, low, high,
/// replicates, verdict, matters, definition, notes. Numbers that do not exist are null.
std::string comparison_json(const Results& results, const std::vector<ComparisonRow>& rows);

/// The same fields, notes joined by "; ", after a header line; numbers that do not exist are empty.
std::string comparison_csv(const Results& results, const std::vector<ComparisonRow>& rows);

}  // namespace sleutel
