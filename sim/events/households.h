#pragma once
/// \file
/// The few ways in which households change. Size, dwelling counts and the member list are always right; reference
/// person, name and kind are right after refresh(), which every life event calls for each household that it touched.

#include <vector>

#include "sleutel/city.h"

namespace sleutel {

inline constexpr int kAdultMonths = 18 * 12;  ///< age from which a resident is adult [months]

/// Calls visit(row) for each member; the visitor must not change the list.
template <class Visit>
void for_each_member(const City& city, Row household, Visit&& visit) {
  for (Row row = city.households.first_member[household]; row != kNone; row = city.residents.next_in_household[row])
    visit(row);
}

/// True if the first is the elder of two, ties by lower id.
inline bool is_elder(const Residents& residents, Row one, Row other) {
  if (residents.birth_month[one] != residents.birth_month[other])
    return residents.birth_month[one] < residents.birth_month[other];
  return residents.id[one] < residents.id[other];
}

/// Calls visit(row) for everybody who was born in this month, whether or not he is present.
template <class Visit>
void for_each_born(const Residents& residents, int month, Visit&& visit) {
  constexpr std::size_t together = 32;  // compared at once, since in most months of birth nobody is among them
  const auto asked = static_cast<std::int16_t>(month);
  const std::int16_t* const born = residents.birth_month.data();
  const std::size_t count = residents.size();
  for (std::size_t first = 0; first < count; first += together) {
    const std::size_t last = first + together < count ? first + together : count;
    int any = 0;
    for (std::size_t i = first; i < last; ++i) any |= born[i] == asked;
    if (any == 0) continue;
    for (std::size_t i = first; i < last; ++i)
      if (born[i] == asked) visit(static_cast<Row>(i));
  }
}

/// The members in order of id, written into `members` (cleared first).
void list_members(const City& city, Row household, std::vector<Row>& members);

/// What follows from the members of a household.
struct Settled {
  Row reference = kNone;  ///< eldest adult, ties by lower id; eldest member if none is adult
  Row named_by = kNone;   ///< adult with the lowest id; eldest member if none is adult
  HouseholdKind kind = HouseholdKind::single;
  bool student = false;  ///< all members are students living away from their parents
};

/// Reference person, name and kind as they should be in `month`; the household has members.
Settled settled(const City& city, Row household, int month);

/// Makes reference person, name, kind and student_house agree with the members, for use in `month`: who is adult counts
/// as in that month. Who no longer lives with somebody who could be a parent is no child at home any more.
void refresh(City& city, Row household, int month);

/// Says that something of the family of all members was written.
inline void touch_members(City& city, Row household) {
  for_each_member(city, household, [&](Row row) { city.touch(row, kTouchedFamily); });
}

/// Takes a resident out of the household; an empty household leaves its dwelling, which is returned, else kNone.
/// Partners are not touched.
Row move_out(City& city, Row who);

/// Puts a resident, who is in no household, into one.
void move_in(City& city, Row who, Row household);

/// An empty household in a dwelling, reusing a row of `free` (households of size 0) if there is one.
Row new_household(City& city, std::vector<Row>& free, Row dwelling);

/// All households of size 0, in descending order of row; in room for marks.
void list_free_households(const City& city, Column<std::uint8_t>& marks, std::vector<Row>& free);

/// The whole household goes to another dwelling.
void change_dwelling(City& city, Row household, Row dwelling);

/// Ends a partnership on both sides; nothing if there is none.
void part(City& city, Row who);

/// Death or departure: out of household and partnership, no longer present. The row stays until the re-sort. Returns
/// the dwelling that was left, as move_out.
Row take_away(City& city, Row who);

/// Memory for more rows of Residents; it grows in steps of an eighth.
void make_room(Residents& residents, std::size_t more);

/// A new row at the end of Residents, zero but for empty links.
Row add_resident(City& city, std::uint64_t id);

/// Mothers who are no longer present become kNone. For the engine's re-sort: O(residents).
void forget_absent(City& city);

/// A tie that is there: the row of a present resident, else kNone.
inline Row tie_of(const Residents& residents, Row who, int slot) {
  const Row other = residents.ties[who][slot];
  return other != kNone && residents.present(other) ? other : kNone;
}

/// The mother if she lives in the city, else kNone.
inline Row mother_of(const Residents& residents, Row who) {
  const Row mother = residents.mother[who];
  return mother != kNone && residents.present(mother) ? mother : kNone;
}

}  // namespace sleutel
