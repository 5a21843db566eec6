#pragma once
/// \file
/// Who gets which vacant home. Each seeker looks at a sequence of dwellings that is named by the seeker and the month
/// alone and takes the first with room; seekers come in order of a keyed priority. So one seeker more, or one home
/// more, moves one other seeker at a time to the next vacancy of that seeker's own sequence, and leaves the others
/// where they are.

#include <cstdint>

#include "sim/events/life_events.h"

namespace sleutel {

/// Homes that are sought apart. An institution is entered by moving when very old only.
enum class HomeMarket : std::uint8_t { owner, social_rent, private_rent, student, institution };
inline constexpr int kHomeMarkets = 5;

/// Of which market a dwelling is.
HomeMarket market_of(const Dwellings& dwellings, Row dwelling);

/// Goes through all dwellings and marks those with room; called each month before the first event that seeks homes.
/// From here to close_markets whatever leaves a dwelling says so, by mark_vacant or mark_left.
void open_markets(EventContext& context);

/// Marks what was left as vacant: called before a further kind of event that seeks homes.
void reopen_markets(EventContext& context);

/// Any dwelling may have room from now on, as nobody says what is left.
void close_markets(LifeEvents& memory);

/// True if every vacant home is marked vacant or left: a home whose mark was forgotten would silently go to nobody.
/// Looks at all dwellings; for tests and assertions.
bool marks_are_complete(const EventContext& context);

/// Adds a dwelling, the last row of the city's, to those that are sought.
void put_on_market(const Dwellings& dwellings, Row dwelling, LifeEvents& memory);

/// Marks a dwelling that was left, for whoever looks for a home after this.
void mark_vacant(EventContext& context, Row dwelling);

/// Marks a dwelling that was left, if it is one: who comes upon it finds it vacant, but who takes the next vacant home
/// after all looks passes it over until markets are reopened.
void mark_left(EventContext& context, Row dwelling);

/// Who looks for a home.
struct HomeSeeker {
  std::uint64_t id = 0;  ///< names the sequence of homes
  bool student = false;  ///< in higher education, away from the parents
  int income_group = 0;  ///< of the household that looks
  bool older = false;    ///< of kOlderMonths or more
  bool alone = true;     ///< nobody comes along: a room will do
};
inline constexpr int kOlderMonths = 35 * 12;  ///< from here on people own more often, as in the made city [months]
inline constexpr int kSeekerClasses = kIncomeGroups * 2 * 2;

/// How the households of the start that are like a seeker live: by income group, age and whether anybody comes along.
/// For the tables of a run.
void count_homes(const City& start, LifeEvents& memory);

/// A dwelling for somebody who may also stay where he is. The first market is that of a keyed household of the start
/// like the seeker's (students: rooms), the others those that are open to him: rented homes, from the second income
/// fifth owned ones; social rent up to the third fifth. kNone if nothing is vacant. Without competition, the first of
/// the sequence, vacant or not.
Row find_home(EventContext& context, const HomeSeeker& seeker);

/// A place in an institution, or kNone.
Row find_care_home(EventContext& context, std::uint64_t seeker);

/// A dwelling for somebody who must have one: find_home, else any that is vacant (an owner lets his home, a room for
/// who comes alone), else `instead`, to share it.
Row find_home_or(EventContext& context, const HomeSeeker& seeker, Row instead);

/// The first dwelling of a seeker's sequence, vacant or not; kNone in a city without dwellings.
Row any_home(const EventContext& context, const HomeSeeker& seeker);

}  // namespace sleutel
