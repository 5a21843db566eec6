#include "sim/events/households.h"

#include <algorithm>

#include "sim/base/marks.h"

namespace sleutel {
namespace {

/// What a household is made of, counted over its members.
struct Composition {
  int heads = 0;     ///< members who are not children at home
  int children = 0;  ///< children at home
  bool couple = false;
  bool all_students = true;
  bool institution = false;
  Row eldest_adult = kNone, lowest_adult = kNone, eldest = kNone;
};

Composition composition_of(const City& city, Row household, int month) {
  const Residents& residents = city.residents;
  Composition found;
  for_each_member(city, household, [&](Row row) {
    const bool child = residents.is(row, kChildAtHome);
    found.heads += child ? 0 : 1;
    found.children += child ? 1 : 0;
    found.couple |= residents.partner[row] != kNone;
    found.all_students &= residents.is(row, kStudent);
    found.institution |= residents.is(row, kInstitution);
    if (found.eldest == kNone || is_elder(residents, row, found.eldest)) found.eldest = row;
    if (residents.age_months(row, month) < kAdultMonths) return;
    if (found.eldest_adult == kNone || is_elder(residents, row, found.eldest_adult)) found.eldest_adult = row;
    if (found.lowest_adult == kNone || residents.id[row] < residents.id[found.lowest_adult]) found.lowest_adult = row;
  });
  return found;
}

HouseholdKind kind_of(const Composition& made, int size) {
  if (made.institution) return HouseholdKind::institution;
  if (made.couple) return made.children > 0 ? HouseholdKind::couple_with_children : HouseholdKind::couple;
  if (size == 1) return HouseholdKind::single;
  return made.children > 0 && made.heads == 1 ? HouseholdKind::lone_parent : HouseholdKind::other;
}

/// Ties go both ways: who leaves is no longer among those of the other. His own list stays, for who wants to tell them.
void untie(City& city, Row other, Row who) {
  if (other == kNone) return;
  city.touch(other, kTouchedTies);
  for (Row& tie : city.residents.ties[other])
    if (tie == who) tie = kNone;
}

/// Adults who lived as children with parents who are gone stand on their own.
void end_childhood(City& city, Row household, int month) {
  for_each_member(city, household, [&](Row row) {
    if (city.residents.age_months(row, month) >= kAdultMonths)
      city.residents.flags[row] = static_cast<std::uint8_t>(city.residents.flags[row] & ~kChildAtHome);
  });
}

}  // namespace

void list_members(const City& city, Row household, std::vector<Row>& members) {
  members.clear();
  for_each_member(city, household, [&](Row row) { members.push_back(row); });
  std::sort(members.begin(), members.end(), [&](Row a, Row b) { return city.residents.id[a] < city.residents.id[b]; });
}

Settled settled(const City& city, Row household, int month) {
  const Composition made = composition_of(city, household, month);
  return {made.eldest_adult != kNone ? made.eldest_adult : made.eldest,
          made.lowest_adult != kNone ? made.lowest_adult : made.eldest, kind_of(made, city.households.size[household]),
          made.all_students};
}

void refresh(City& city, Row household, int month) {
  Households& households = city.households;
  if (households.size[household] == 0) return;
  const Composition made = composition_of(city, household, month);
  if (made.heads == 0 && made.eldest_adult != kNone) end_childhood(city, household, month);
  const Settled now = settled(city, household, month);
  households.reference[household] = now.reference;
  households.named_by[household] = now.named_by;
  households.kind[household] = now.kind;
  households.student_house[household] = now.student ? 1 : 0;
  touch_members(city, household);
}

Row move_out(City& city, Row who) {
  Residents& residents = city.residents;
  Households& households = city.households;
  const Row household = residents.household[who];
  Row* link = &households.first_member[household];
  while (*link != who) link = &residents.next_in_household[*link];
  *link = residents.next_in_household[who];
  residents.next_in_household[who] = kNone;
  residents.household[who] = kNone;
  touch_members(city, household);
  if (--households.size[household] != 0) return kNone;
  --city.dwellings.households[households.dwelling[household]];
  return households.dwelling[household];
}

void move_in(City& city, Row who, Row household) {
  Residents& residents = city.residents;
  residents.household[who] = household;
  residents.next_in_household[who] = city.households.first_member[household];
  city.households.first_member[household] = who;
  touch_members(city, household);
  if (city.households.size[household]++ == 0) ++city.dwellings.households[city.households.dwelling[household]];
}

namespace {

/// The household that is used anew after some others lies anywhere: all of it is asked for now.
void ask_for_next(const Households& households, const std::vector<Row>& free) {
  constexpr std::size_t ahead = 4;
  if (free.size() < ahead) return;
  const Row next = free[free.size() - ahead];
  for_each_column(households, [next](const auto& column, const ColumnInfo&) { __builtin_prefetch(&column[next], 1); });
}

}  // namespace

Row new_household(City& city, std::vector<Row>& free, Row dwelling) {
  Households& households = city.households;
  Row made = kNone;
  if (free.empty()) {
    made = static_cast<Row>(households.count());
    resize(households, households.count() + 1);
  } else {
    made = free.back();
    free.pop_back();
    ask_for_next(households, free);
  }
  households.first_member[made] = kNone;
  households.size[made] = 0;
  households.dwelling[made] = dwelling;
  households.buurt[made] = city.dwellings.buurt[dwelling];
  households.student_house[made] = 0;
  households.income[made] = 0;
  households.income_group[made] = 0;
  households.classes[made] = 0;
  return made;
}

void list_free_households(const City& city, Column<std::uint8_t>& marks, std::vector<Row>& free) {
  const std::size_t count = city.households.count();
  if (marks.size() < count) marks.resize(count);
  std::uint8_t* const empty = marks.data();
  const std::uint16_t* const size = city.households.size.data();
  for (std::size_t i = 0; i < count; ++i) empty[i] = size[i] == 0 ? 1 : 0;  // many at once, by the compiler
  free.clear();
  for_each_marked(marks, 0, count, 1, [&](Row household) { free.push_back(household); });
  std::reverse(free.begin(), free.end());
}

void change_dwelling(City& city, Row household, Row dwelling) {
  --city.dwellings.households[city.households.dwelling[household]];
  ++city.dwellings.households[dwelling];
  city.households.dwelling[household] = dwelling;
  city.households.buurt[household] = city.dwellings.buurt[dwelling];
}

void part(City& city, Row who) {
  const Row other = city.residents.partner[who];
  if (other == kNone) return;
  city.residents.partner[who] = kNone;
  city.residents.partner[other] = kNone;
  city.touch(who, kTouchedFamily);
  city.touch(other, kTouchedFamily);
}

Row take_away(City& city, Row who) {
  part(city, who);
  const Row left = move_out(city, who);
  for (const Row other : city.residents.ties[who]) untie(city, other, who);
  city.touch(who, kTouchedFamily | kTouchedStates);
  city.residents.flags[who] = static_cast<std::uint8_t>(city.residents.flags[who] & ~kPresent);
  return left;
}

void make_room(Residents& residents, std::size_t more) {
  const std::size_t count = residents.size() + more;
  if (count <= residents.id.capacity()) return;
  const std::size_t room = count + count / 8 + 64;
  for_each_column(residents, [room](auto& column, const ColumnInfo&) { column.reserve(room); });
}

Row add_resident(City& city, std::uint64_t id) {
  Residents& residents = city.residents;
  const std::size_t count = residents.size();
  make_room(residents, 1);
  resize(residents, count + 1);
  residents.id[count] = id;
  residents.household[count] = residents.next_in_household[count] = kNone;
  residents.partner[count] = residents.mother[count] = kNone;
  residents.ties[count].fill(kNone);
  residents.flags[count] = kPresent;
  return static_cast<Row>(count);
}

void forget_absent(City& city) {
  Residents& residents = city.residents;
  for (std::size_t i = 0; i < residents.size(); ++i) {
    const Row row = static_cast<Row>(i);
    residents.mother[row] = mother_of(residents, row);
  }
}

}  // namespace sleutel
