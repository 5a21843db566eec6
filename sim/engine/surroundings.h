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

inline constexpr int kMaxFriendShares = 4;  ///< different sets of states that friends are asked about

struct Surroundings {
  Column<std::uint64_t> traits;         ///< [resident] bit = Trait
  Column<std::uint32_t> shown;          ///< [resident] bit k: had any of Asked::masks[k]; kShownPresent
  Column<std::uint32_t> parents_shown;  ///< [household] shown by any adult who is no child at home
  Column<std::uint8_t> adults;          ///< [household] members of 18 or more
  Column<std::array<std::uint8_t, kMaxFriendShares>> friends;  ///< [resident][friend share] share of ties [1/32]
  std::vector<std::uint8_t> place;  ///< [buurt * kMaxAsked + k] share of adults who had any of mask k [1/32]
  std::vector<int> friend_masks;    ///< numbers of the masks that friends are asked about
  std::vector<int> place_masks;     ///< numbers of the masks that buurten are asked about

  /// Position of a mask in friend_masks.
  int friend_share(int asked) const;
  /// Gives every column as many rows as the city has.
  void fit(const City& city);
};

/// Which masks friends and buurten are asked about by the predictors of any level. Errors: std::length_error for more
/// than kMaxFriendShares sets asked of friends.
void find_shares(const std::vector<const Predictors*>& predictors, Surroundings& around);

inline bool is_adult(const Surroundings& around, Row row) {
  return ((around.traits[row] >> static_cast<int>(Trait::adult_18_plus)) & 1U) != 0;
}

/// What one resident shows to others this month.
inline std::uint32_t shown_by(const Residents& residents, Row row, const Asked& asked) {
  return residents.present(row) ? asked.shown(residents.states[row]) | kShownPresent : 0;
}

/// Looks at one household: who is adult, its reference person and who names it, its members' traits.
void survey_household(City& city, Row household, int month, Surroundings& around);

/// Support and friends' shares of one resident, once every `shown` word is there.
void survey_friends(City& city, Row row, const Switches& switches, Surroundings& around);

/// Adds one resident to the counts of his buurt: [buurt * (kMaxAsked + 1) + k], the last of each buurt counts adults.
void count_in_place(const City& city, Row row, const Surroundings& around, std::vector<std::int32_t>& counts);

/// The shares of every buurt from its counts.
void share_places(const std::vector<std::int32_t>& counts, Surroundings& around);

}  // namespace sleutel
