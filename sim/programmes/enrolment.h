#pragma once
/// \file
/// Taking part in programmes: who is reached, joins, and leaves again; places and money. A programme decides once about
/// each spell of eligibility, by one draw named by the resident, the month in which the spell was first seen, and the
/// programme: below coverage x uptake the resident joins. Nothing else of the resident changes.

#include <cstdint>
#include <span>
#include <vector>

#include "sleutel/city.h"
#include "sleutel/programme.h"
#include "sleutel/random.h"
#include "sleutel/recorder.h"

namespace sleutel {

/// Somebody takes part, until the start of a month.
struct Participation {
  std::uint64_t id = 0;
  Row who = kNone;
  int programme = -1;
  int until_month = 0;  ///< first month without it
};

/// The programmes of one scenario, ready to be asked.
struct Offer {
  Offer(const std::vector<Programme>& all, std::span<const ProgrammeUse> used);

  struct Entry {
    const Programme* programme = nullptr;
    ProgrammeUse use;
  };
  std::vector<Entry> entries;  ///< at most one per programme: the same programme used twice is offered where either is
  bool empty() const { return entries.empty(); }
};

/// What one thread saw while it went through its residents.
struct Enrolled {
  std::vector<Participation> joined;
  std::vector<ProgrammeYear> books;  ///< [programme of the study]; eligible months, starts and money
};

/// When and for whom programmes decide.
struct EnrolmentMonth {
  const Offer& offer;
  City& city;
  std::span<const std::uint64_t> traits;  ///< [resident] bit = Trait
  StreamKey key;
  int month = 0;
};

/// Decides about residents first <= row < last: sets `considered` and the membership of those who join. `changed` are
/// those of them whose states, traits, age in years or district may be others than last month, or who are new: only
/// they can become or cease to be eligible, after the first month of an offer.
void enrol(const EnrolmentMonth& now, Row first, Row last, std::span<const Row> changed, Enrolled& enrolled);

/// Ends what is over: the time is up, or eligibility has ended and the programme lasts only while eligible. Counts the
/// months of those who go on, and adds to `left` who left. The order of the list does not matter.
void continue_or_leave(const EnrolmentMonth& now, std::vector<Participation>& taking_part,
                       std::vector<ProgrammeYear>& books, std::vector<Row>& left);

}  // namespace sleutel
