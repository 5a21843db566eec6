#pragma once
/// \file
/// What is counted: the outcomes of a model arranged so that a resident-month costs a few additions, and the sums.

#include <array>
#include <cstdint>
#include <vector>

#include "sim/engine/predictors.h"
#include "sleutel/city.h"
#include "sleutel/model.h"
#include "sleutel/recorder.h"

namespace sleutel {

inline constexpr int kMaxOutcomes = 64;
inline constexpr int kMaxMeans = 4;   ///< continuous responses that are reported, utility among them
inline constexpr int kAgeRows = 128;  ///< ages in tables; older residents count as the last

/// An outcome that is a level of an ordered response, or more.
struct CutOutcome {
  std::uint64_t bit = 0;
  int response = 0;
  int min_level = 0;
};

/// An outcome that is a mean.
struct MeanOutcome {
  int outcome = 0;
  int response = -1;  ///< -1: the utility
};

/// The outcomes of one model, one bit each.
struct Observed {
  explicit Observed(const Model& model);

  int outcomes = 0;
  int segments = 0;  ///< ages that no outcome tells apart
  std::array<std::uint8_t, kAgeRows> segment_of_age{};
  std::vector<std::vector<std::uint8_t>> segments_of;   ///< [outcome] segments of its population
  std::array<std::uint64_t, kAgeRows> of_age{};         ///< outcomes whose population has this age
  std::vector<std::uint64_t> of_segment;                ///< the same of each segment
  std::uint64_t per_household = 0;                      ///< outcomes asked at reference persons
  std::uint64_t of_cuts = 0;                            ///< outcomes that cut a response
  std::uint64_t flows = 0;                              ///< outcomes that count events
  std::array<std::uint64_t, kMaxStates> of_state{};     ///< outcomes that hold while the state is on
  StateMask states;                                     ///< states with such outcomes
  std::vector<std::array<std::uint64_t, 256>> of_byte;  ///< [byte of a state mask][value] outcomes of its states
  struct Within {
    std::uint64_t bit = 0;
    int history = 0, slot = 0;
  };
  StateMask histories;         ///< of within
  std::vector<Within> within;  ///< outcomes that hold for a year after a history was set
  std::vector<CutOutcome> cuts;
  std::vector<MeanOutcome> means;                    ///< at most kMaxMeans
  std::array<std::uint64_t, kMaxStates> of_begin{};  ///< outcomes that count the beginnings of a state
  std::uint64_t deaths = 0, births = 0, moves_in = 0, moves_out = 0;

  /// Outcomes that hold for a resident with these states, whatever the age.
  std::uint64_t held(const StateMask& mask, const std::array<std::uint8_t, kMonthsInSlots>& months) const;
};

/// What is counted of one cell, side by side in whole cache lines, as all of it is written together: numbers of the
/// places in Sums::counts.
struct CellLayout {
  explicit CellLayout(const Observed& observed)
      : outcomes(static_cast<std::size_t>(observed.outcomes)), segments(static_cast<std::size_t>(observed.segments)) {}

  std::size_t outcomes, segments;

  static constexpr std::size_t kLine = 64 / sizeof(std::int32_t);
  std::size_t width() const { return (outcomes + 2 * segments + kLine - 1) / kLine * kLine; }
  std::size_t cell(int cell) const { return static_cast<std::size_t>(cell) * width(); }
  std::size_t persons(int segment) const { return outcomes + 2 * static_cast<std::size_t>(segment); }
  std::size_t homes(int segment) const { return persons(segment) + 1; }
};

/// Sums of one thread over a year. All integers: the order of addition cannot matter. An outcome is counted at most
/// once for each resident and month, so that counts are at most the person-months of the cell: 32 bits are enough for
/// as many as there can be rows of residents in memory.
struct Sums {
  Column<std::int32_t> counts;     ///< [CellLayout] numerators of outcomes that are no means; person-months observed;
                                   ///< of these, of reference persons of private non-student households
  Column<std::int64_t> means;      ///< [cell * kMaxMeans + mean] numerators of Observed::means
  std::vector<std::int32_t> died;  ///< [cell * segments + segment] deaths: half person-months of flows
  std::int64_t resident_months = 0;
  std::int64_t clipped = 0;

  void clear(const TallyShape& shape, const Observed& observed);
};

/// True for the resident for whom a household is counted: the reference person of a private, non-student household.
bool stands_for_household(const City& city, Row row);

/// The cell of a resident: frozen buurt and income group, life stage now, sex. Age below kAgeRows [years].
int cell_of_tally(const TallyShape& shape, const Residents& residents, Row row, int age_years);

/// Adds up the sums of all threads into the tally of a year.
void add_up(const Observed& observed, const std::vector<Sums>& of_threads, Tally& tally);

}  // namespace sleutel
