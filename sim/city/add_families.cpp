#include <algorithm>

#include "sim/city/steps.h"
#include "sim/events/schooling.h"

namespace sleutel::city {
namespace {

constexpr int kAdult = 18;  // years

std::uint8_t flags_of(const Member& member, HouseholdKind kind) {
  std::uint8_t flags = kPresent;
  if (member.role == Role::child) flags |= kChildAtHome;
  if (kind == HouseholdKind::institution) flags |= kInstitution;
  return flags;
}

// Months since the last birthday. Children of one mother are twins or at least ten months apart.
int months_since_birthday(const Families& made, std::size_t member, const CityDraws& draws, Row row, int elder_months) {
  const int own = static_cast<int>(draws.uniform(kBirthMonth, std::uint64_t{row} + 1) * 12);
  const Member& one = made.members[member];
  if (one.role != Role::child || member == 0 || made.members[member - 1].role != Role::child) return own;
  const int years_apart = made.members[member - 1].age - one.age;
  if (years_apart == 0) return elder_months;
  return years_apart == 1 ? std::min(own, elder_months + 2) : own;
}

void add_member(City& city, const Families& made, const Family& family, std::size_t member, const CityDraws& draws) {
  auto& r = city.residents;
  const Row row = static_cast<Row>(r.size());
  const Member& one = made.members[member];
  const int elder = row > 0 ? (-int{r.birth_month[row - 1]}) % 12 : 0;
  const int months = months_since_birthday(made, member, draws, row, elder);
  resize(r, r.size() + 1);
  r.id[row] = std::uint64_t{row} + 1;
  r.household[row] = static_cast<Row>(city.households.count() - 1);
  const bool last = member + 1 == family.first + static_cast<std::size_t>(family.size);
  r.next_in_household[row] = last ? kNone : row + 1;
  r.partner[row] = kNone;
  r.mother[row] = kNone;
  r.ties[row].fill(kNone);
  r.birth_month[row] = static_cast<std::int16_t>(-(one.age * 12 + months));
  r.sex[row] = one.woman ? Sex::female : Sex::male;
  r.flags[row] = flags_of(one, family.kind);
}

// Partners, and the mother of the children: the woman among the parents (two women: the head).
void link_members(City& city, const Families& made, const Family& family, Row first) {
  auto& r = city.residents;
  Row mother = kNone;
  for (int i = 0; i < family.size; ++i) {
    const Member& one = made.members[family.first + static_cast<std::size_t>(i)];
    const Row row = first + static_cast<Row>(i);
    if (one.role == Role::partner) {
      r.partner[row] = first;
      r.partner[first] = row;
    }
    if (one.role == Role::child) {
      r.mother[row] = mother;
    } else if (one.woman && mother == kNone) {
      mother = row;
    }
  }
}

// Two members of a household; kNone if it has nobody of that age.
struct Heads {
  Row eldest = kNone;  // the first of those equally old
  Row lowest_id = kNone;
};

// Among the members of at least this age [years].
Heads heads_of(const City& city, std::size_t household, int least_age) {
  const auto& r = city.residents;
  Heads heads;
  for (Row row = city.households.first_member[household]; row != kNone; row = r.next_in_household[row]) {
    if (age_of(city, row) < least_age) continue;
    if (heads.eldest == kNone || r.birth_month[row] < r.birth_month[heads.eldest]) heads.eldest = row;
    if (heads.lowest_id == kNone || r.id[row] < r.id[heads.lowest_id]) heads.lowest_id = row;
  }
  return heads;
}

// Adults stand for the household; where there are none, the eldest child does.
void name_heads(City& city, std::size_t household) {
  const Heads adults = heads_of(city, household, kAdult);
  const Row reference = adults.eldest != kNone ? adults.eldest : heads_of(city, household, 0).eldest;
  city.households.reference[household] = reference;
  city.households.named_by[household] = adults.eldest != kNone ? adults.lowest_id : reference;
}

// Children have the education of their mother in the strata, or else of the one who stands for the household.
void freeze_strata(City& city, Row row) {
  auto& r = city.residents;
  const auto& h = city.households;
  const Row household = r.household[row];
  r.stratum_buurt[row] = h.buurt[household];
  r.stratum_income[row] = h.income_group[household];
  r.stratum_tenure[row] = static_cast<std::uint8_t>(city.dwellings.tenure[h.dwelling[household]]);
  r.stratum_education[row] = stratum_of_education(city, row, 0);
}

}  // namespace

void add_families(City& city, const Families& families, std::size_t place, const CityDraws& draws) {
  auto& h = city.households;
  for (const Family& family : families.families) {
    const std::size_t household = h.count();
    resize(h, household + 1);
    const Row first = static_cast<Row>(city.residents.size());
    h.first_member[household] = first;
    h.size[household] = static_cast<std::uint16_t>(family.size);
    h.dwelling[household] = kNone;
    h.buurt[household] = static_cast<std::uint8_t>(place);
    h.kind[household] = family.kind;
    if (family.kind == HouseholdKind::institution) h.income_group[household] = kIncomeStudentOrInstitution;
    for (int i = 0; i < family.size; ++i)
      add_member(city, families, family, family.first + static_cast<std::size_t>(i), draws);
    link_members(city, families, family, first);
  }
}

void finish(City& city) {
  for (std::size_t household = 0; household < city.households.count(); ++household) name_heads(city, household);
  for (Row row = 0; row < city.residents.size(); ++row) freeze_strata(city, row);
}

}  // namespace sleutel::city
