#include "sim/programmes/enrolment.h"

#include <algorithm>
#include <limits>

#include "sim/programmes/eligibility.h"

namespace sleutel {

namespace {

constexpr std::uint64_t bit_of(int programme) { return std::uint64_t{1} << programme; }

Applicant applicant_at(const EnrolmentMonth& now, Row row) {
  const Residents& residents = now.city.residents;
  const int buurt = now.city.households.buurt[residents.household[row]];
  return {residents.states[row], now.traits[row], residents.age_months(row, now.month) / 12,
          now.city.buurten[static_cast<std::size_t>(buurt)].district};
}

bool is_reached(const EnrolmentMonth& now, const Offer::Entry& entry, std::uint64_t id) {
  const Draw draw{now.key, id, static_cast<std::uint32_t>(now.month), Purpose::programme(entry.programme->draw)};
  return uniform(draw) < entry.use.coverage * entry.programme->uptake;
}

/// First month without it for who joins now.
int end_of_part(const Programme& programme, int month) {
  return programme.months > 0 ? month + programme.months : std::numeric_limits<int>::max();
}

void join(const EnrolmentMonth& now, const Offer::Entry& entry, Row row, Enrolled& enrolled) {
  Residents& residents = now.city.residents;
  residents.programmes[row] |= bit_of(entry.use.programme);
  enrolled.joined.push_back({residents.id[row], row, entry.use.programme, end_of_part(*entry.programme, now.month)});
  ProgrammeYear& books = enrolled.books[static_cast<std::size_t>(entry.use.programme)];
  ++books.starts;
  ++books.months;
  books.cents += entry.programme->cost_cents_per_start;
#ifdef SLEUTEL_MUTANT_NO_EFFECT
  residents.shock_fast[row] = static_cast<std::uint16_t>(residents.shock_fast[row] + 1);
#endif
}

bool is_offered(const ProgrammeUse& use, int month) { return month >= use.from_month && month < use.until_month; }

void decide(const EnrolmentMonth& now, const Offer::Entry& entry, Row row, Enrolled& enrolled) {
  Residents& residents = now.city.residents;
  const std::uint64_t bit = bit_of(entry.use.programme);
  if (!residents.present(row)) return;
  if (!is_eligible(entry.programme->who, applicant_at(now, row))) {
    residents.considered[row] &= ~bit;
    return;
  }
  const bool decided = ((residents.considered[row] | residents.programmes[row]) & bit) != 0;
  residents.considered[row] |= bit;
  if (!decided && is_reached(now, entry, residents.id[row])) join(now, entry, row, enrolled);
}

/// Those about whom it has decided.
std::int64_t eligible_among(const Residents& residents, int programme, Row first, Row last) {
  std::int64_t eligible = 0;
  for (Row row = first; row < last; ++row)
    eligible += static_cast<std::int64_t>((residents.considered[row] >> programme) & residents.flags[row] & kPresent);
  return eligible;
}

bool goes_on(const EnrolmentMonth& now, const Participation& part) {
  const Residents& residents = now.city.residents;
  if (!residents.present(part.who) || residents.id[part.who] != part.id || now.month >= part.until_month) return false;
  for (const auto& entry : now.offer.entries) {
    if (entry.use.programme != part.programme || !entry.programme->while_eligible) continue;
    return is_eligible(entry.programme->who, applicant_at(now, part.who));
  }
  return true;
}

}  // namespace

Offer::Offer(const std::vector<Programme>& all, std::span<const ProgrammeUse> used) {
  for (const ProgrammeUse& use : used) entries.push_back({&all[static_cast<std::size_t>(use.programme)], use});
}

void enrol(const EnrolmentMonth& now, Row first, Row last, std::span<const Row> changed, Enrolled& enrolled) {
  for (const auto& entry : now.offer.entries) {
    if (!is_offered(entry.use, now.month)) continue;
    if (now.month == entry.use.from_month)
      for (Row row = first; row < last; ++row) decide(now, entry, row, enrolled);
    else
      for (const Row row : changed) decide(now, entry, row, enrolled);
    enrolled.books[static_cast<std::size_t>(entry.use.programme)].eligible_months +=
        eligible_among(now.city.residents, entry.use.programme, first, last);
  }
}

void continue_or_leave(const EnrolmentMonth& now, std::vector<Participation>& taking_part,
                       std::vector<ProgrammeYear>& books, std::vector<Row>& left) {
  Residents& residents = now.city.residents;
  const auto ended = [&](const Participation& part) {
    if (goes_on(now, part)) {
      ++books[static_cast<std::size_t>(part.programme)].months;
      return false;
    }
    if (residents.id[part.who] != part.id) return true;
    residents.programmes[part.who] &= ~bit_of(part.programme);
    left.push_back(part.who);
    return true;
  };
  taking_part.erase(std::remove_if(taking_part.begin(), taking_part.end(), ended), taking_part.end());
}

}  // namespace sleutel
