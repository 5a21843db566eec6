#pragma once
/// \file
/// Where the same resident's life under another scenario first becomes another, and what did it.

#include <optional>
#include <vector>

#include "sim/trace/life.h"

namespace sleutel {

/// The first line of a timeline that is in one of two lives only.
struct Difference {
  Entry entry;
  bool in_first = false;  ///< it is in the first of the two lives; else in the second
  bool drawn = false;     ///< then the hazards of this transition that month say why
  Hazard first, second;   ///< in the two lives; not open where it could not happen
  std::vector<Term> why;  ///< terms that differ, the largest difference first: second less first
};

struct LifeDifferences {
  std::optional<Difference> any;    ///< of all lines
  std::optional<Difference> event;  ///< of those that are no part of a programme
};

/// `first` and `second` follow the two scenarios; the lives are of one resident and replicate.
LifeDifferences first_differences(const Follower& first, const Life& one, const Follower& second, const Life& other);

}  // namespace sleutel
