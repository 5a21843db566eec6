#pragma once
/// \file
/// One run: a copy of the start city that lives month by month under one scenario, with all the memory that this needs.
/// Made once per thread and started again for each scenario and replicate; a month allocates nothing once warm.
///
///     Run run(Blocks(1024, nullptr));
///     run.start(arm, replicate);
///     while (run.month < plan.months()) advance(run);    // sim/engine/month.h

#include <array>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <vector>

#include "sim/engine/arm.h"
#include "sim/engine/blocks.h"
#include "sim/engine/observed.h"
#include "sim/engine/surroundings.h"
#include "sim/engine/units.h"
#include "sim/events/life_events.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// A transition of this month, of a unit that is known by its row.
struct Happening {
  Row row = kNone;       ///< resident; household; the partner who names the couple
  std::uint64_t id = 0;  ///< that named the draw
  std::int16_t state = -1;
  Change change = Change::begin;
  Level level = Level::resident;
};

/// What a resident's month was like, as far as outcomes ask.
struct Condition {
  std::uint64_t outcomes = 0;                   ///< cut outcomes that hold
  std::array<std::int32_t, kMaxMeans> means{};  ///< continuous responses [kIndexUnit]; utility [1/10,000]
};

/// What one thread works with.
struct Workplace {
  kernel::FiredBuffer fired;
  std::vector<Happening> happened;
  Enrolled enrolled;
  std::vector<Row> rows;                   ///< of a block, that something is to be done about
  Column<kernel::Unit> responding;         ///< units of a block that respond anew ...
  Column<kernel::Answer> answers;          ///< ... and their responses
  std::vector<Condition> conditions;       ///< of those of them who have another than before
  std::vector<std::int32_t> place_counts;  ///< changes of Surroundings::place_counts
  std::int64_t clipped = 0;                ///< lanes that were found clipped this month
  std::int64_t counted = 0;                ///< residents who are counted, changes by this thread
};

/// Bits of Counted::how.
enum CountedHow : std::uint8_t {
  kCounts = 1,       ///< is there; without it the rest means nothing
  kCountedHome = 2,  ///< stands for his household
};

/// What a resident is counted for each month, from a month on: see observe.cpp. Half a cache line, as all of it is read
/// and written here and there.
struct alignas(32) Counted {
  std::uint64_t held = 0;                       ///< outcomes that hold, whether or not they are asked of him
  std::array<std::int32_t, kMaxMeans> means{};  ///< Condition::means
  std::uint16_t cell = 0;                       ///< of the tally
  std::uint8_t age_band = 0;                    ///< of life tables, now
  std::uint8_t start_band = kNoAgeBand;         ///< the same at the study's start, of who was there
  std::int16_t since = 0;                       ///< first month that is not in the sums yet
  std::uint8_t segment = 0;                     ///< Observed::segment_of_age
  std::uint8_t how = 0;                         ///< CountedHow bits

  /// The same, whatever the month.
  bool same_as(const Counted& other) const {
    std::int32_t others = 0;
    for (std::size_t k = 0; k < kMaxMeans; ++k) others |= means[k] ^ other.means[k];
    return held == other.held && others == 0 && cell == other.cell && age_band == other.age_band &&
           start_band == other.start_band && segment == other.segment && how == other.how;
  }
};
static_assert(sizeof(Counted) == 32);

/// Residents whose months are recorded; see panel.h. [resident] in the order of StudyPlan::panel.
struct Panel {
  std::vector<std::int32_t> of_id;         ///< [id] position in the panel, or -1
  std::vector<Row> rows;                   ///< where they stand this year, kNone if they are gone
  std::vector<PanelMonth::Status> status;  ///< as far as the run has come
  PanelYear months;                        ///< of this year
};

struct Run {
  explicit Run(Blocks how)
      : blocks(how), places(static_cast<std::size_t>(how.slots())), sums(places.size()), age_counts(places.size()) {}

  /// Begins a run of this scenario: the city is the start city again, the month 0.
  void start(const Arm& of, int replicate);
  /// Forgets what is kept of residents from month to month: rows have other residents now. Sums must be closed.
  void forget();
  /// Takes the books and sums of a year that begins now.
  void open_year();
  /// Adds up the year that is over.
  void close_year();
  /// What the recorder is told of a year that was closed.
  YearRecord record(int year) const;
  /// Memory of the columns of the city, of all that is kept of residents and households, and of the sums.
  std::size_t bytes();
  /// Calls of_residents(column, width) and of_households(column, width) for every column that is kept by row; `width`
  /// entries belong to each row.
  template <class OfResidents, class OfHouseholds>
  void each_kept_column(OfResidents&& of_residents, OfHouseholds&& of_households) {
    around.each_column([&](auto& column) { of_residents(column, std::size_t{1}); },
                       [&](auto& column) { of_households(column, std::size_t{1}); });
    units[0].each_column(of_residents);
    units[1].each_column(of_households);
    units[2].each_column(of_residents);
    of_residents(counted, std::size_t{1});
  }
  EnrolmentMonth enrolment() { return {arm->offer, city, around.traits, key, month}; }
  Attendance attendance() { return {taking_part, waiting, purse, programme_year}; }
  UnitSource source(Level level) const {
    return {city, arm->model, around, arm->predictors[static_cast<std::size_t>(level)], level, month};
  }

  Blocks blocks;
  const Arm* arm = nullptr;
  int replicate = 0;
  StreamKey key;
  int month = 0;
  City city;
  Surroundings around;
  std::array<Units, kLevelsOfUnits> units;
  std::size_t residents_before = 0;  ///< rows of residents when this month began; newcomers stand behind
  Column<kernel::Unit> kept_units;   ///< [resident] as drawn this month, if responses read such units
  std::vector<Workplace> places;     ///< [slot]
  std::vector<Participation> taking_part;
  std::vector<Waiting> waiting;  ///< for a place in a programme
  Purse purse;
  std::optional<LifeEvents> life_events;
  Requests requests;
  std::vector<Request> done;          ///< life events of this month
  Column<Counted> counted;            ///< [resident]
  Column<std::byte> room;             ///< for whoever puts columns in another order
  std::vector<Sums> sums;             ///< [slot] of this year
  std::vector<AgeCounts> age_counts;  ///< [slot] of this year
  Tally tally;
  AgeTally ages;
  std::vector<ProgrammeYear> programme_year;
  Books books;
  Panel panel;                            ///< of this year, if the plan has one
  std::vector<Event>* history = nullptr;  ///< receives every event, if wanted
};

}  // namespace sleutel
