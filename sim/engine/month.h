#pragma once
/// \file
/// One month of one run.

#include "sim/engine/run.h"

namespace sleutel {

/// The phases of a month, in this order. Each reads what those before it wrote; what each means is in
/// docs/model-semantics.md. Once a month each: surroundings() uses up the marks of City::touched.
void surroundings(Run& run);
void programmes(Run& run);
void stress(Run& run);
void transitions(Run& run);
void life_events(Run& run);
void wellbeing(Run& run);
void observe(Run& run);

struct Phase {
  const char* name;
  void (*live)(Run&);
};
inline constexpr std::size_t kPhasesOfMonth = 7;
extern const std::array<Phase, kPhasesOfMonth> kMonth;  ///< the phases in their order

/// All of them; then the month is over.
void advance(Run& run);

/// Applies what was drawn: deaths first, then states, then the wishes for life events (apply.cpp).
void apply(Run& run);

/// Adds to the sums what a resident was counted for in the months before this one (observe.cpp).
void count_until_now(Run& run, Row row, int slot);
/// Asks memory for the sums that this will change: they are those of his cell, far from those of the one before.
void fetch_sums(const Run& run, Row row, int slot);
/// The same for everybody, at the end of a year.
void count_all_until_now(Run& run);

/// Counts an event of one resident for these outcomes (observe.cpp).
void count_event(Run& run, Row row, std::uint64_t outcomes);
/// Half a person-month of who died.
void count_half_month(Run& run, Row row);

/// Drops residents who are gone and puts the others in order of buurt, household and id (resort.cpp). No result depends
/// on it.
void resort(Run& run);

}  // namespace sleutel
