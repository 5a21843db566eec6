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

/// What one thread works with.
struct Workplace {
  kernel::FiredBuffer fired;
  std::vector<Happening> happened;
  Enrolled enrolled;
  Column<Lanes> indices;                   ///< responses of a block
  std::vector<std::int32_t> place_counts;  ///< [buurt * (kMaxAsked + 1) + k] adults who show mask k; last: adults
};

/// What a resident's month was like, as far as outcomes ask.
struct Condition {
  std::uint64_t outcomes = 0;                   ///< cut outcomes that hold
  std::array<std::int32_t, kMaxMeans> means{};  ///< continuous responses [kIndexUnit]; utility [1/10,000]
};

struct Run {
  explicit Run(Blocks how) : blocks(how), places(static_cast<std::size_t>(how.slots())), sums(places.size()) {}

  /// Begins a run of this scenario: the city is the start city again, the month 0.
  void start(const Arm& of, int replicate);
  /// Takes the books and sums of a year that begins now.
  void open_year();
  /// Adds up the year that is over.
  void close_year();
  /// What the recorder is told of a year that was closed.
  YearRecord record(int year) const;
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
  std::vector<Workplace> places;     ///< [slot]
  std::vector<Participation> taking_part;
  std::optional<LifeEvents> life_events;
  Requests requests;
  std::vector<Request> done;     ///< life events of this month
  Column<Condition> conditions;  ///< [unit of a resident]
  std::vector<Sums> sums;        ///< [slot] of this year
  Tally tally;
  std::vector<ProgrammeYear> programme_year;
  Books books;
  std::vector<Event>* history = nullptr;  ///< receives every event, if wanted
};

}  // namespace sleutel
