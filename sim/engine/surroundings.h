#pragma once
/// \file
/// What is around a resident, from last month's columns: traits, what partners, parents, friends and the buurt had,
/// support. The phases of a month read it. It is kept from month to month, and with it the marks that say about whom
/// something may have changed: everything that is made of a resident (bounds of hazards, responses, what is counted) is
/// made anew for those only. docs/decisions/0037-how-the-engine-is-fast.md; tests/engine/kept_test.cpp
/// compares what is kept with what would be made anew.

#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/marks.h"
#include "sim/engine/predictors.h"
#include "sleutel/city.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// Why something of a resident must be made anew this month.
enum Stale : std::uint8_t {
  kStaleUnit = 1,       ///< bounds of his own hazards may have changed
  kStaleLoad = 2,       ///< a load has left the range in which the bounds of hazards hold
  kStaleFriends = 4,    ///< support must be looked at again
  kStaleResponse = 8,   ///< age, traits or loads that responses read may have changed
  kStaleCouple = 32,    ///< hazards of the couple may have changed
  kStaleCount = 64,     ///< what he is counted for may have changed, for another reason than states and responses
  kStalePressure = 16,  ///< what his states put on his loads, or what dampens it, may have changed; or he had a shock
  kStalePlace = 128     ///< what he shows to his buurt has changed, or he is not there
};
inline constexpr std::uint8_t kStaleAll = 255;

inline constexpr std::uint8_t kNoBirthday = 255;

/// Traits on which something of a resident depends, so that another trait leaves it as it is.
struct TraitsRead {
  std::uint64_t unit = 0;      ///< his own hazards
  std::uint64_t couple = 0;    ///< hazards of the couple
  std::uint64_t response = 0;  ///< responses
  std::uint64_t pressure = 0;  ///< what dampens his loads

  /// Stale bits of who has these traits more or less than before.
  int stale_by(std::uint64_t others) const {
    constexpr std::uint64_t adult = std::uint64_t{1} << static_cast<int>(Trait::adult_18_plus);
    return ((others & unit) != 0 ? kStaleUnit : 0) | ((others & couple) != 0 ? kStaleCouple : 0) |
           ((others & response) != 0 ? kStaleResponse : 0) | ((others & adult) != 0 ? kStaleFriends : 0) |
           ((others & pressure) != 0 ? kStalePressure : 0);
  }
};

/// What is kept of one stress load of all residents [points x 4096].
struct KeptLoad {
  Column<std::uint16_t> added;      ///< what his states put on top each month
  Column<std::uint16_t> low, high;  ///< the range in which the bounds of his hazards hold
};

struct Surroundings {
  Column<StateMask> seen;           ///< [resident] states at the end of last month
  Column<std::uint32_t> shown;      ///< [resident] bit k: had any of Asked::masks[k]; kShownPresent
  Column<std::uint64_t> traits;     ///< [resident] bit = Trait
  Column<std::uint8_t> couple;      ///< [resident] 1: lives with a partner and has the lower id of the two
  Column<std::uint8_t> birthday;    ///< [resident] month of birth modulo 12; kNoBirthday: is not there
  Column<std::uint8_t> wants_ties;  ///< [resident] 1: has fewer ties than he would
  Column<std::uint8_t> slotted;     ///< [resident] bit k: the state whose duration stands in slot k is on
  Column<std::uint8_t> adults;      ///< [household] members of 18 or more
  std::vector<std::uint8_t> place;  ///< [buurt * kMaxAsked + k] share of adults who had any of mask k [1/32]
  std::vector<int> place_masks;     ///< numbers of the masks that buurten are asked about
  std::uint32_t place_sees = 0;     ///< bits of `shown` that matter to the buurt
  std::array<KeptLoad, 2> loads;    ///< fast, slow
  TraitsRead traits_read;

  Column<std::uint64_t> placed;            ///< [resident] what he adds to the counts of his buurt; 0: nothing
  std::vector<std::int32_t> place_counts;  ///< [buurt * (kMaxAsked + 1) + k] adults who show mask k; last: adults

  Column<std::uint8_t> stale;         ///< [resident] Stale bits of this month
  Column<std::uint8_t> changed;       ///< [household] 1: a member, his life stage, the home or the income has changed
  Column<std::uint8_t> stale_home;    ///< [household] 1: its bounds must be made anew
  Column<std::uint8_t> stale_couple;  ///< [who names a couple] 1: its bounds must be made anew

  /// Calls visit(column) for every column of residents, then of households.
  template <class OfResidents, class OfHouseholds>
  void each_column(OfResidents&& of_residents, OfHouseholds&& of_households) {
    of_residents(seen), of_residents(shown), of_residents(traits), of_residents(couple), of_residents(birthday),
        of_residents(slotted);
    of_residents(placed), of_residents(stale), of_residents(wants_ties), of_residents(stale_couple);
    for (KeptLoad& load : loads) of_residents(load.added), of_residents(load.low), of_residents(load.high);
    of_households(adults), of_households(changed), of_households(stale_home);
  }
  /// Gives every column as many rows as the city has; new residents are touched.
  void fit(City& city);
  /// Forgets everything: rows have other residents now.
  void forget(City& city);
};

/// What these predictors ask of buurten. Nothing must be kept from before: see forget().
void begin_with(const Asked& asked, Surroundings& around);

inline bool is_adult(const Surroundings& around, Row row) {
  return ((around.traits[row] >> static_cast<int>(Trait::adult_18_plus)) & 1U) != 0;
}

/// What one resident shows to others this month.
inline std::uint32_t shown_by(const Residents& residents, Row row, const Asked& asked) {
  return residents.present(row) ? asked.shown(residents.states[row]) | kShownPresent : 0;
}

/// Takes a resident out of the counts of his buurt.
void leave_place(Row row, Surroundings& around);

/// Looks at one household: who is adult, its reference person and who names it, and the traits of its members from this
/// row on. Who has other traits than before, or stands for the household now or no longer, is marked.
void survey_household(City& city, Row household, int month, Surroundings& around, Row from = 0);

/// True if one of the mask is on in one and off in the other.
constexpr bool differ_in(const StateMask& one, const StateMask& other, const StateMask& mask) {
  return (((one.word[0] ^ other.word[0]) & mask.word[0]) | ((one.word[1] ^ other.word[1]) & mask.word[1])) != 0;
}

/// Support of one resident, once every `shown` word is there. True if it is another.
bool survey_support(City& city, Row row, Surroundings& around);

}  // namespace sleutel
