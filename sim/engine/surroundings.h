#pragma once
/// \file
/// What is around a resident, from last month's columns: traits, what partners, parents, friends and the buurt had,
/// support. The phases of a month read it. It is kept from month to month, and with it the marks that say about whom
/// something may have changed: everything that is made of a resident (unit, hazards, responses, what is counted) is
/// made anew for those only. docs/decisions/0037-how-the-engine-is-fast.md; tests/engine/kept_test.cpp
/// compares what is kept with what would be made anew.

#include <cstdint>
#include <vector>

#include "sim/engine/predictors.h"
#include "sleutel/city.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// Why something of a resident must be made anew this month. Bits that City::touched has too mean the same there.
enum Stale : std::uint8_t {
  kStaleUnit = 1,       ///< states, traits, durations, relations, programmes or age may have changed
  kStaleLevel = 2,      ///< loads, shares of friends or buurt, or support have changed
  kStaleFriends = 4,    ///< friends or support must be looked at again
  kStaleResponse = 8,   ///< the unit that responses are made of has changed
  kStaleCondition = 16  ///< the responses were made anew, and are others
};
inline constexpr std::uint8_t kStaleAll = kStaleUnit | kStaleLevel | kStaleFriends;
inline constexpr std::uint8_t kTouchedAll = kStaleAll | kTouchedFamily;  ///< who is new
static_assert(static_cast<int>(kStaleUnit) == static_cast<int>(kTouchedStates));
static_assert(static_cast<int>(kStaleFriends) == static_cast<int>(kTouchedTies));

struct Surroundings {
  Column<std::uint32_t> shown;      ///< [resident] bit k: had any of Asked::masks[k]; kShownPresent
  Column<std::uint64_t> traits;     ///< [resident] bit = Trait
  Column<std::uint8_t> couple;      ///< [resident] 1: lives with a partner and has the lower id of the two
  Column<std::uint8_t> adults;      ///< [household] members of 18 or more
  Column<std::uint64_t> friends;    ///< [resident] byte k: share of ties who had any of friend mask k [1/32]
  std::vector<std::uint8_t> place;  ///< [buurt * kMaxAsked + k] share of adults who had any of mask k [1/32]
  std::vector<int> friend_masks;    ///< numbers of the masks that friends are asked about
  std::vector<int> place_masks;     ///< numbers of the masks that buurten are asked about
  std::uint32_t friends_see = 0;    ///< bits of `shown` that matter to friends
  std::uint32_t family_sees = 0;    ///< bits of `shown` that matter to the household
  std::uint32_t place_sees = 0;     ///< bits of `shown` that matter to the buurt

  Column<std::int32_t> traits_until;       ///< [household] month from which a member has another life stage
  Column<std::uint64_t> placed;            ///< [resident] what he adds to the counts of his buurt; 0: nothing
  std::vector<std::int32_t> place_counts;  ///< [buurt * (kMaxAsked + 1) + k] adults who show mask k; last: adults

  // Marks. Several threads may set the same mark, so they are set by mark() below.
  Column<std::uint8_t> stale;               ///< [resident] Stale bits of this month
  Column<std::uint8_t> changed;             ///< [household] 1: a member, the home or the income has changed
  Column<std::uint8_t> friend_changed;      ///< [resident] 1: a tie shows something else
  Column<std::uint8_t> member_changed;      ///< [household] 1: a member shows something else
  Column<std::uint8_t> stale_home;          ///< [household] 1: its unit must be made anew
  std::vector<std::uint8_t> place_changed;  ///< [buurt] 1: a share has changed this month
  bool any_place_changed = false;

  /// Calls visit(column) for every column.
  template <class Visit>
  void each_column(Visit&& visit) const {
    visit(shown), visit(traits), visit(couple), visit(adults), visit(friends), visit(traits_until), visit(placed),
        visit(stale);
    visit(changed), visit(friend_changed), visit(member_changed), visit(stale_home);
  }
  int share_of_friends(Row row, int share) const { return static_cast<int>((friends[row] >> (8 * share)) & 255); }
  /// Gives every column as many rows as the city has; new residents are touched.
  void fit(City& city);
  /// Forgets everything: rows have other residents now.
  void forget(City& city);
};

/// Sets a mark; nothing for a row that is none, or is new this month.
inline void mark(Column<std::uint8_t>& marks, Row row) {
  if (row < marks.size()) __atomic_store_n(&marks[row], std::uint8_t{1}, __ATOMIC_RELAXED);
}

/// What these predictors, one for each level, ask of others. Nothing must be kept from before: see forget().
void begin_with(const std::array<Predictors, kLevelsOfUnits>& predictors, const Asked& asked, Surroundings& around);

inline bool is_adult(const Surroundings& around, Row row) {
  return ((around.traits[row] >> static_cast<int>(Trait::adult_18_plus)) & 1U) != 0;
}

/// What one resident shows to others this month.
inline std::uint32_t shown_by(const Residents& residents, Row row, const Asked& asked) {
  return residents.present(row) ? asked.shown(residents.states[row]) | kShownPresent : 0;
}

/// Tells ties and household that bits of what a resident shows have changed.
void tell_others(const Residents& residents, Row row, std::uint32_t changed, Surroundings& around);

/// Takes a resident out of the counts of his buurt.
void leave_place(Row row, Surroundings& around);

/// Looks at one household: who is adult, its reference person and who names it, its members' traits.
void survey_household(City& city, Row household, int month, Surroundings& around);

/// Support and friends' shares of one resident, once every `shown` word is there. True if one of them is another.
bool survey_friends(City& city, Row row, const Switches& switches, Surroundings& around);

}  // namespace sleutel
