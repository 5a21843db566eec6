#pragma once
/// \file
/// One life of one run, lived again from the seeds: nothing of it is stored anywhere.
///
///     const Follower follower(plan, scenario, options);
///     const Life life = follower.life(replicate, id);

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/trace/hazard.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// What a timeline shows of a resident at one moment: life stage, not age; no buurt.
struct Situation {
  bool here = false;  ///< lives in the city; else the rest is empty
  LifeStage stage = LifeStage::first_years;
  HouseholdKind household = HouseholdKind::single;
  int persons = 0;  ///< in the household
  StateMask states;
  std::uint64_t programmes = 0;  ///< that he takes part in
};

/// One line of a timeline.
struct Entry {
  enum class Kind : std::uint8_t {
    joins,      ///< begins to take part in programme `what`
    leaves,     ///< ends it
    event,      ///< the life event `what` is drawn
    begin,      ///< state `what` begins
    end,        ///< it ends
    household,  ///< the household has become another
    gone,       ///< no longer in the city, by an event that somebody else spoke for
  };
  int month = 0;
  Kind kind = Kind::event;
  int what = -1;              ///< state, or programme; -1: none
  HouseholdKind household{};  ///< kind household: what it has become ...
  int persons = 0;            ///< ... and how many live in it
  bool drawn = false;         ///< by a hazard; else it follows from something else
  Level level = Level::resident;
  Hazard hazard;  ///< of the draw
  LifeStage stage = LifeStage::first_years;

  /// The same thing in the same month.
  bool same_as(const Entry& other) const {
    return month == other.month && kind == other.kind && what == other.what && household == other.household &&
           persons == other.persons;
  }
};

/// The units that could have drawn something about a resident in one month: his own, his household's, his couple's.
struct MonthOfUnits {
  std::array<bool, kLevelsOfUnits> is{};
  std::array<kernel::Unit, kLevelsOfUnits> units{};
};

struct Life {
  std::uint64_t resident = 0;
  int replicate = 0;
  std::string scenario;
  Situation start;
  std::vector<Situation> months;  ///< [month] at its end
  std::vector<MonthOfUnits> drawn_from;
  std::vector<Entry> entries;  ///< in order of month, then of kind
};

/// Lives the runs of one scenario.
class Follower {
 public:
  Follower(const StudyPlan& plan, int scenario, const RunOptions& options);

  const Arm& arm() const { return arm_; }
  /// The resident must be one of the start.
  Life life(int replicate, std::uint64_t resident) const;
  /// The hazard that a transition had in a month of a life, whether or not it was drawn.
  Hazard hazard_in(const Life& life, int month, int state, Change change) const;

 private:
  Arm arm_;
  RunOptions options_;
};

/// Row of a resident, or kNone.
Row row_of(const City& city, std::uint64_t id);

}  // namespace sleutel
