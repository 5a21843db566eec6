#pragma once
/// \file
/// A package against the sum of its parts: what it changes, less what its parts change one by one, in the same random
/// futures.
///
///     const auto rows = synergy(results, {{{"together", {"debt", "mood"}}}, {"depression"}, {}});

#include <string>
#include <vector>

#include "output/measures/paired.h"
#include "sleutel/results.h"

namespace sleutel {

struct Package {
  std::string scenario;            ///< that does all at once
  std::vector<std::string> parts;  ///< scenarios that do one each
};

struct SynergyOptions {
  std::vector<Package> packages;
  std::vector<std::string> outcomes;  ///< ids, as in compare; empty: all
  std::vector<int> years;             ///< calendar years; empty: the last that has pairs
};

/// One outcome of one package in one year. Numbers in the printed unit.
struct SynergyRow {
  Package package;
  std::string outcome, label, unit;
  int year = 0;
  PairedDifference together;             ///< of the package against the baseline
  std::vector<PairedDifference> parts;   ///< of each part against the baseline
  PairedDifference sum;                  ///< of the parts' differences, future by future
  PairedDifference more;                 ///< together less the sum
  double ratio = 0;                      ///< together / sum of means; NaN where the interval of the sum holds zero
  Verdict verdict = Verdict::uncertain;  ///< of `more`, against what matters
  double matters = 0;
  int decimals = 1;
};

/// Throws InputError (usage) for a scenario, outcome or year that the file does not have, and for a package with fewer
/// than two parts or that is its own part.
std::vector<SynergyRow> synergy(const Results& results, const SynergyOptions& options);

/// Interprets "together=debt+mood". Throws InputError (usage) if it is none.
Package package_of(const std::string& words);

std::string synergy_text(const Results& results, const std::vector<SynergyRow>& rows,
                         const std::vector<std::string>& notes);
std::string synergy_json(const std::vector<SynergyRow>& rows, const std::vector<std::string>& notes);
std::string synergy_csv(const std::vector<SynergyRow>& rows, const std::vector<std::string>& notes);

}  // namespace sleutel
