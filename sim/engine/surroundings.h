#pragma once
/// \file
/// What is around a resident, from last month's columns: traits, what partners, parents, friends and the buurt had,
/// support. The phases of a month read it; nothing in it is carried to the next month.

#include <cstdint>
#include <vector>

#include "sim/engine/predictors.h"
#include "sleutel/city.h"
#include "sleutel/scenario.h"

namespace sleutel {

inline constexpr int kMaxFriendShares = 7;  ///< different sets of states that friends are asked about

struct Surroundings {
  Column<std::uint32_t> shown;   ///< [resident] bit k: had any of Asked::masks[k]; kShownPresent
  Column<std::uint64_t> traits;  ///< [resident] bit = Trait
  std::array<Column<std::uint64_t>, kLevelsOfUnits> trait_bits;  ///< [Level][resident] derived bits that are traits
  Column<std::uint8_t> adults;                                   ///< [household] members of 18 or more
  Column<std::uint64_t> offered;    ///< [resident] byte k: 1 if he had any of friend mask k; byte 7: 1 if he is there
  Column<std::uint64_t> friends;    ///< [resident] byte k: share of ties who had any of friend mask k [1/32]
  std::vector<std::uint8_t> place;  ///< [buurt * kMaxAsked + k] share of adults who had any of mask k [1/32]
  std::vector<int> friend_masks;    ///< numbers of the masks that friends are asked about
  std::vector<int> place_masks;     ///< numbers of the masks that buurten are asked about
  std::array<const Predictors*, kLevelsOfUnits> predictors{};  ///< [Level]

  // What the traits were made from: a household is looked at again only if this has changed, or a member has reached
  // another life stage.
  Column<std::array<std::uint64_t, 2>> seen_residents;
  Column<std::uint64_t> seen_households;
  Column<std::int32_t> seen_in, seen_until;  ///< [household] traits hold from, and before, this month
  Column<std::uint8_t> changed;              ///< [household] 1: a member has changed

  /// Position of a mask in friend_masks.
  int friend_share(int asked) const;
  int share_of_friends(Row row, int share) const { return static_cast<int>((friends[row] >> (8 * share)) & 255); }
  /// Gives every column as many rows as the city has.
  void fit(const City& city);
  /// Forgets what was seen: rows have other residents now.
  void forget();
};

/// Begins anew with these predictors, one for each level: which masks friends and buurten are asked about. Errors:
/// std::length_error for more than kMaxFriendShares sets asked of friends.
void begin_with(const std::array<Predictors, kLevelsOfUnits>& predictors, Surroundings& around);

inline bool is_adult(const Surroundings& around, Row row) {
  return ((around.traits[row] >> static_cast<int>(Trait::adult_18_plus)) & 1U) != 0;
}

/// What one resident shows to others this month.
inline std::uint32_t shown_by(const Residents& residents, Row row, const Asked& asked) {
  return residents.present(row) ? asked.shown(residents.states[row]) | kShownPresent : 0;
}

/// Looks at one household: who is adult, its reference person and who names it, its members' traits.
void survey_household(City& city, Row household, int month, Surroundings& around);

/// Marks the household of a resident whose traits may have changed since the last look, and remembers him as he is.
void note_resident(const City& city, Row row, Surroundings& around);

/// True if a household must be looked at again in this month; remembers it as it is.
bool note_household(const City& city, Row household, int month, Surroundings& around);

/// What a resident who shows this offers to friends who count: see Surroundings::offered.
std::uint64_t offered_by(const Surroundings& around, std::uint32_t shown);

/// Support and friends' shares of one resident, once every `shown` word is there.
void survey_friends(City& city, Row row, const Switches& switches, Surroundings& around);

/// Adds one resident to the counts of his buurt: [buurt * (kMaxAsked + 1) + k], the last of each buurt counts adults.
void count_in_place(const City& city, Row row, const Surroundings& around, std::vector<std::int32_t>& counts);

/// The shares of every buurt from its counts.
void share_places(const std::vector<std::int32_t>& counts, Surroundings& around);

}  // namespace sleutel
