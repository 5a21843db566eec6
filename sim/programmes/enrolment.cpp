#include "sim/programmes/enrolment.h"

#include <algorithm>
#include <limits>

namespace sleutel {

namespace {

constexpr std::uint64_t bit_of(int programme) { return std::uint64_t{1} << programme; }

bool is_reached(const EnrolmentMonth& now, const Offer::Entry& entry, std::uint64_t id) {
  const Draw draw{now.key, id, static_cast<std::uint32_t>(now.month), Purpose::programme(entry.programme->draw)};
  return uniform(draw) < entry.use.coverage * entry.programme->uptake;
}

void join(const EnrolmentMonth& now, const Offer::Entry& entry, Row row, Enrolled& enrolled) {
  ProgrammeYear& books = enrolled.books[static_cast<std::size_t>(entry.use.programme)];
  ++books.applied;
  if (entry.is_scarce()) {
    enrolled.applied.push_back({now.city.residents.id[row], row, entry.use.programme, now.month});
    return;
  }
  enrolled.joined.push_back(part_of(now, entry, row));
  count_start(*entry.programme, books);
}

/// Whether this is the month in which he hears of it.
bool hears(const EnrolmentMonth& now, const Offer::Entry& entry, std::uint64_t id) {
  if (entry.use.reach >= 1) return true;
  const auto month = static_cast<std::uint32_t>(now.month);
  return uniform({now.key, id, month, Purpose::reaching(entry.programme->draw)}) < entry.use.reach;
}

/// Asks one resident; returns whether he is eligible. While nobody can join, only that somebody is no longer eligible
/// is noticed.
bool decide(const EnrolmentMonth& now, const Offer::Entry& entry, Row row, bool open, Enrolled& enrolled) {
  Residents& residents = now.city.residents;
  const std::uint64_t bit = bit_of(entry.use.programme);
  if (!residents.present(row)) return false;
  if (!is_eligible(entry.programme->who, applicant_at(now, row))) {
    residents.considered[row] &= ~bit;
    return false;
  }
  const bool decided = ((residents.considered[row] | residents.programmes[row]) & bit) != 0;
  if (!open || (!decided && !hears(now, entry, residents.id[row]))) return true;
  residents.considered[row] |= bit;
  if (!decided && is_reached(now, entry, residents.id[row])) join(now, entry, row, enrolled);
  return true;
}

/// Those about whom it has decided.
std::int64_t eligible_among(const Residents& residents, int programme, Row first, Row last) {
  std::int64_t eligible = 0;
  for (Row row = first; row < last; ++row)
    eligible += static_cast<std::int64_t>((residents.considered[row] >> programme) & residents.flags[row] & kPresent);
  return eligible;
}

enum class Part : std::uint8_t { goes_on, finished, stopped };

bool stops(const EnrolmentMonth& now, const Programme& programme, std::uint64_t id) {
  if (programme.stops <= 0) return false;
  const auto month = static_cast<std::uint32_t>(now.month);
  return uniform({now.key, id, month, Purpose::stopping(programme.draw)}) < programme.stops;
}

Part what_becomes_of(const EnrolmentMonth& now, const Offer::Entry& entry, const Participation& part) {
  if (!is_there(now, part.who, part.id)) return Part::stopped;
  const Programme& programme = *entry.programme;
  const bool over = programme.while_eligible && !is_eligible(programme.who, applicant_at(now, part.who));
  if (over) return Part::finished;
  if (now.month >= part.until_month) return programme.while_eligible ? Part::stopped : Part::finished;
  return stops(now, programme, part.id) ? Part::stopped : Part::goes_on;
}

/// Counts one who leaves. What was promised for the months that he does not stay can be promised to others.
void leave(const EnrolmentMonth& now, const Offer::Entry& entry, const Participation& part, Part how,
           Attendance& attendance) {
  ProgrammeYear& books = attendance.books[static_cast<std::size_t>(part.programme)];
  ++(how == Part::finished ? books.finished : books.stopped);
  if (entry.bill.is_budgeted())
    attendance.purse.promise(entry.bill.of_rest(part.from_month, part.until_month, now.month), -1);
  if (now.city.residents.id[part.who] == part.id) now.city.residents.programmes[part.who] &= ~bit_of(part.programme);
}

void add_to(PayerCents& all, const PayerCents& cents, std::int64_t times) {
  for (std::size_t i = 0; i < all.size(); ++i) all[i] += times * cents[i];
}

/// Residents who are gone since the programmes of this month were asked.
void end_of_the_gone(const EnrolmentMonth& now, Attendance& attendance) {
  std::erase_if(attendance.parts, [&](const Participation& part) {
    if (is_there(now, part.who, part.id)) return false;
    leave(now, *now.offer.entry_of(part.programme), part, Part::stopped, attendance);
    return true;
  });
  std::erase_if(attendance.waiting, [&](const Waiting& one) {
    if (is_there(now, one.who, one.id)) return false;
    ++attendance.books[static_cast<std::size_t>(one.programme)].gave_up;
    return true;
  });
}

}  // namespace

Offer::Offer(const std::vector<Programme>& all, std::span<const ProgrammeUse> used, std::span<const Budget> money,
             int all_months)
    : budgets(money.begin(), money.end()), months(all_months) {
  for (const ProgrammeUse& use : used) {
    const Programme& programme = all[static_cast<std::size_t>(use.programme)];
    entries.push_back({&programme, use, Bill(programme, use, money, months)});
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.use.programme < b.use.programme; });
}

const Offer::Entry* Offer::entry_of(int programme) const {
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const Entry& entry) { return entry.use.programme == programme; });
  return at == entries.end() ? nullptr : &*at;
}

Applicant applicant_at(const EnrolmentMonth& now, Row row) {
  const Residents& residents = now.city.residents;
  const int buurt = now.city.households.buurt[residents.household[row]];
  return {residents.states[row], now.traits[row], residents.age_months(row, now.month) / 12,
          now.city.buurten[static_cast<std::size_t>(buurt)].district};
}

bool is_there(const EnrolmentMonth& now, Row row, std::uint64_t id) {
  return now.city.residents.present(row) && now.city.residents.id[row] == id;
}

int end_of_part(const Offer::Entry& entry, int month) {
  if (entry.programme->months > 0) return month + entry.programme->months;
  return entry.bill.is_budgeted() ? entry.bill.paid_until(month) : std::numeric_limits<int>::max();
}

Participation part_of(const EnrolmentMonth& now, const Offer::Entry& entry, Row row) {
  Residents& residents = now.city.residents;
  residents.programmes[row] |= bit_of(entry.use.programme);
#ifdef SLEUTEL_MUTANT_NO_EFFECT
  residents.shock_fast[row] = static_cast<std::uint16_t>(residents.shock_fast[row] + 1);
#endif
  return {residents.id[row], row, entry.use.programme, now.month, end_of_part(entry, now.month)};
}

void count_start(const Programme& programme, ProgrammeYear& books) {
  ++books.starts;
  ++books.months;
  books.cents += programme.cost_cents_per_start + programme.cost_cents_per_month;
}

void enrol(const EnrolmentMonth& now, Row first, Row last, std::span<const Row> changed, Enrolled& enrolled) {
  for (const auto& entry : now.offer.entries) {
    if (now.month < entry.use.from_month || now.month >= entry.use.until_month) continue;
    std::int64_t& eligible = enrolled.books[static_cast<std::size_t>(entry.use.programme)].eligible_months;
    const bool open = entry.bill.is_open(now.month);
    if (entry.use.reach < 1) {  // anybody may hear of it this month
      for (Row row = first; row < last; ++row) eligible += decide(now, entry, row, open, enrolled) ? 1 : 0;
      continue;
    }
    if (open && !entry.bill.is_open(now.month - 1))
      for (Row row = first; row < last; ++row) decide(now, entry, row, open, enrolled);
    else
      for (const Row row : changed) decide(now, entry, row, open, enrolled);
    eligible += eligible_among(now.city.residents, entry.use.programme, first, last);
  }
}

void continue_or_leave(const EnrolmentMonth& now, Attendance& attendance, std::vector<Row>& left) {
  std::erase_if(attendance.parts, [&](const Participation& part) {
    const Offer::Entry& entry = *now.offer.entry_of(part.programme);
    const Part becomes = what_becomes_of(now, entry, part);
    if (becomes != Part::goes_on) {
      leave(now, entry, part, becomes, attendance);
      if (now.city.residents.id[part.who] == part.id) left.push_back(part.who);
      return true;
    }
    ProgrammeYear& books = attendance.books[static_cast<std::size_t>(part.programme)];
    ++books.months;
    books.cents += entry.programme->cost_cents_per_month;
    entry.bill.each_of_month(part.from_month, now.month,
                             [&](int budget, std::int64_t cents) { attendance.purse.pay(budget, cents); });
    return false;
  });
}

void begin_purse(const Offer& offer, Purse& purse) {
  purse.begin(offer.budgets.size());
  for (const Offer::Entry& entry : offer.entries) purse.promise(entry.bill.of_being_there(0, offer.months));
}

void pay_for_being_there(const EnrolmentMonth& now, Attendance& attendance) {
  for (const Offer::Entry& entry : now.offer.entries) {
    ProgrammeYear& books = attendance.books[static_cast<std::size_t>(entry.use.programme)];
    const PayerCents there = entry.bill.being_there(now.month);
    add_to(books.cents_by_payer, there, 1);
    for (const std::int64_t cents : there) books.cents += cents;
    attendance.purse.pay(entry.bill.of_being_there(now.month, now.month + 1));
  }
}

void close_programmes(const EnrolmentMonth& now, Attendance& attendance) {
  end_of_the_gone(now, attendance);
  for (const Offer::Entry& entry : now.offer.entries) {
    ProgrammeYear& books = attendance.books[static_cast<std::size_t>(entry.use.programme)];
    add_to(books.cents_by_payer, entry.bill.per_start(), books.starts);
    add_to(books.cents_by_payer, entry.bill.per_month(), books.months);
    const auto of_it = [&](const auto& one) { return one.programme == entry.use.programme; };
    books.waiting = std::count_if(attendance.waiting.begin(), attendance.waiting.end(), of_it);
    books.taking_part = std::count_if(attendance.parts.begin(), attendance.parts.end(), of_it);
  }
  attendance.purse.close_year(now.offer.budgets);
}

}  // namespace sleutel
