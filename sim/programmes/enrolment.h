#pragma once
/// \file
/// Taking part in programmes: who is reached, joins, and leaves again; places and money. A programme decides once about
/// each spell of eligibility, in its first month or, if it reaches people one by one, in the month in which he hears of
/// it; by one draw named by the resident, that month, and the programme: below coverage x uptake he would join. He does
/// so at once, unless places or money are scarce: then he waits for a place (waiting.h). Nothing else of the resident
/// changes.

#include <cstdint>
#include <span>
#include <vector>

#include "sim/programmes/eligibility.h"
#include "sim/programmes/purse.h"
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
  int from_month = 0;
  int until_month = 0;  ///< first month without it
};

/// Somebody would take part, and has no place yet.
struct Waiting {
  std::uint64_t id = 0;
  Row who = kNone;
  int programme = -1;
  int since_month = 0;
};

/// The programmes of one scenario, ready to be asked.
struct Offer {
  Offer(const std::vector<Programme>& all, std::span<const ProgrammeUse> used, std::span<const Budget> money = {},
        int months = 1 << 30);

  struct Entry {
    const Programme* programme = nullptr;
    ProgrammeUse use;
    Bill bill;
    /// Who would join may have to wait.
    bool is_scarce() const { return use.places > 0 || bill.is_budgeted(); }
  };
  std::vector<Entry> entries;  ///< at most one per programme, in the order of the programmes of the study
  std::vector<Budget> budgets;
  int months = 0;  ///< of the study
  bool empty() const { return entries.empty(); }
  const Entry* entry_of(int programme) const;
};

/// What one thread saw while it went through its residents.
struct Enrolled {
  std::vector<Participation> joined;
  std::vector<Waiting> applied;      ///< for a programme that is scarce
  std::vector<ProgrammeYear> books;  ///< [programme of the study]; eligible months, applications, starts and money
};

/// Who takes part and who waits, with the books of the year: what the ordered steps of a month change.
struct Attendance {
  std::vector<Participation>& parts;
  std::vector<Waiting>& waiting;
  Purse& purse;
  std::vector<ProgrammeYear>& books;  ///< [programme of the study]
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

/// Ends what is over: the time is up, eligibility has ended and the programme lasts only while eligible, or the
/// participant stops or is gone. Pays and counts the months of those who go on, and adds to `left` who left. The order
/// of the lists does not matter.
void continue_or_leave(const EnrolmentMonth& now, Attendance& attendance, std::vector<Row>& left);

/// Promises, at the start of a run, what programmes will cost because they are there.
void begin_purse(const Offer& offer, Purse& purse);

/// Pays what programmes cost in this month because they are there.
void pay_for_being_there(const EnrolmentMonth& now, Attendance& attendance);

/// Ends the parts and the waiting of those who are gone, and closes the books of the year, in which all threads' books
/// have been added up.
void close_programmes(const EnrolmentMonth& now, Attendance& attendance);

// --- what the steps share

Applicant applicant_at(const EnrolmentMonth& now, Row row);
/// Whether the resident who stood in this row is still there.
bool is_there(const EnrolmentMonth& now, Row row, std::uint64_t id);
/// First month without it for who joins in this one.
int end_of_part(const Offer::Entry& entry, int month);
/// Makes a resident take part.
Participation part_of(const EnrolmentMonth& now, const Offer::Entry& entry, Row row);
void count_start(const Programme& programme, ProgrammeYear& books);

}  // namespace sleutel
