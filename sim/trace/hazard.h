#pragma once
/// \file
/// The hazard of one transition of one unit, and what makes it as high as it is. docs/trace.md defines the shares.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/arm.h"
#include "sim/kernel/unit_block.h"

namespace sleutel {

/// What one row that is on adds to a log hazard.
struct Term {
  std::string name;        ///< of the predictor as in the model file, or the id of a programme
  bool programme = false;  ///< it is a programme that the resident takes part in
  std::int32_t log2 = 0;   ///< [doublings x 2^20]
  friend bool operator==(const Term&, const Term&) = default;
};

struct Hazard {
  bool open = false;         ///< it can happen; else the rest is empty
  std::int64_t base = 0;     ///< of the cell: base table, centring and level [log2 of 1/year, x 2^20]
  std::vector<Term> terms;   ///< that are not zero, the largest first; equal ones by name
  std::int64_t clipped = 0;  ///< what the limit of a hundredfold takes off or adds [doublings x 2^20]

  double per_year() const;       ///< [1/year]; 0 if it cannot happen
  double base_per_year() const;  ///< the same without any term
  double factor(const Term& term) const;
  /// Of a term that raises: its part of the sum of all terms that raise. [share]
  double share(const Term& term) const;
  /// The first of the terms that raise.
  std::vector<Term> raised_most(std::size_t count) const;
};

Hazard hazard_at(const Arm& arm, const kernel::Unit& unit, Level level, int state, Change change);

/// How much another hazard's terms differ, the largest difference first: log2 is that of `one` less that of `other`.
std::vector<Term> differences(const Hazard& one, const Hazard& other);

}  // namespace sleutel
