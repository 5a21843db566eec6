#include "sim/programmes/waiting.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <tuple>

#include "sim/programmes/eligibility.h"

namespace sleutel {

namespace {

/// Somebody in the line for one programme.
struct InLine {
  int need = 0;           ///< more goes first
  int since_month = 0;    ///< earlier goes first
  std::uint64_t lot = 0;  ///< lower goes first
  std::size_t at = 0;     ///< position among all who wait
  std::uint64_t id = 0;

  friend bool operator<(const InLine& a, const InLine& b) {
    return std::tuple(-a.need, a.since_month, a.lot, a.id) < std::tuple(-b.need, b.since_month, b.lot, b.id);
  }
};

int stressors(const StateMask& states, const StateMask& counted) {
  return std::popcount(states.word[0] & counted.word[0]) + std::popcount(states.word[1] & counted.word[1]);
}

InLine in_line(const EnrolmentMonth& now, const Offer::Entry& entry, const Waiting& waiting, std::size_t at) {
  InLine place{0, waiting.since_month, 0, at, waiting.id};
  const bool by_lot = entry.use.waiting == WaitingRule::random;
  if (by_lot) place.since_month = 0;
  if (entry.use.waiting == WaitingRule::most_in_need)
    place.need = stressors(now.city.residents.states[waiting.who], entry.programme->need);
  const auto drawn_in = static_cast<std::uint32_t>(by_lot ? now.month : waiting.since_month);
  place.lot = first_word({now.key, waiting.id, drawn_in, Purpose::waiting(entry.programme->draw)});
  return place;
}

/// Drops those who do not wait any more.
void let_give_up(const EnrolmentMonth& now, Attendance& attendance) {
  std::erase_if(attendance.waiting, [&](const Waiting& one) {
    const Offer::Entry& entry = *now.offer.entry_of(one.programme);
    const bool still = is_there(now, one.who, one.id) && now.month < entry.use.until_month &&
                       is_eligible(entry.programme->who, applicant_at(now, one.who));
    if (!still) ++attendance.books[static_cast<std::size_t>(one.programme)].gave_up;
    return !still;
  });
}

std::int64_t free_places(const Offer::Entry& entry, const std::vector<Participation>& parts) {
  if (entry.use.places == 0) return std::numeric_limits<std::int64_t>::max();
  const auto taken = std::count_if(parts.begin(), parts.end(),
                                   [&](const Participation& part) { return part.programme == entry.use.programme; });
#ifdef SLEUTEL_MUTANT_PLACES
  return std::max<std::int64_t>(0, entry.use.places + 1 - taken);
#endif
  return std::max<std::int64_t>(0, entry.use.places - taken);
}

/// The line for one programme, in order.
std::vector<InLine> line_for(const EnrolmentMonth& now, const Offer::Entry& entry,
                             const std::vector<Waiting>& waiting) {
  std::vector<InLine> line;
  for (std::size_t at = 0; at < waiting.size(); ++at)
    if (waiting[at].programme == entry.use.programme) line.push_back(in_line(now, entry, waiting[at], at));
  std::sort(line.begin(), line.end());
  return line;
}

void start(const EnrolmentMonth& now, const Offer::Entry& entry, const Waiting& who, Attendance& attendance) {
  attendance.parts.push_back(part_of(now, entry, who.who));
  ProgrammeYear& books = attendance.books[static_cast<std::size_t>(entry.use.programme)];
  count_start(*entry.programme, books);
  books.waited_months += now.month - who.since_month;
}

/// Those at the head of the line start, as far as there are places and money. They are marked by a programme of -1.
void serve(const EnrolmentMonth& now, const Offer::Entry& entry, Attendance& attendance, std::vector<Row>& started) {
  const std::vector<InLine> line = line_for(now, entry, attendance.waiting);
  const std::int64_t wanted = std::min(free_places(entry, attendance.parts), static_cast<std::int64_t>(line.size()));
  const std::vector<Charge> charges = entry.bill.of_start(now.month, end_of_part(entry, now.month));
  const std::int64_t starts = attendance.purse.affordable(charges, wanted, now.offer.budgets);
  attendance.purse.promise(charges, starts);
  attendance.purse.pay(entry.bill.of_start(now.month, now.month + 1), starts);
  for (std::int64_t i = 0; i < starts; ++i) {
    Waiting& who = attendance.waiting[line[static_cast<std::size_t>(i)].at];
    start(now, entry, who, attendance);
    started.push_back(who.who);
    who.programme = -1;
  }
}

}  // namespace

void give_places(const EnrolmentMonth& now, std::vector<Waiting>& applied, Attendance& attendance,
                 std::vector<Row>& started) {
  let_give_up(now, attendance);
  attendance.waiting.insert(attendance.waiting.end(), applied.begin(), applied.end());
  applied.clear();
  if (attendance.waiting.empty()) return;
  for (const Offer::Entry& entry : now.offer.entries)
    if (entry.is_scarce() && entry.bill.is_open(now.month)) serve(now, entry, attendance, started);
  std::erase_if(attendance.waiting, [](const Waiting& one) { return one.programme < 0; });
}

}  // namespace sleutel
