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

/// Goes through all dwellings and marks those with room. Called before each kind of event that seeks homes; what is
/// left in the meantime is marked by mark_vacant.
void reopen_markets(EventContext& context);

/// Adds a dwelling, the last row of the city's, to those that are sought.
void put_on_market(const Dwellings& dwellings, Row dwelling, LifeEvents& memory);

/// Marks a dwelling that was left.
void mark_vacant(EventContext& context, Row dwelling);

/// A dwelling for a seeker: of the student market for students, else rented or, from the second income fifth, owned;
/// social rent up to the third fifth. kNone if nothing is vacant. Without competition, the first of the sequence,
/// vacant or not.
Row find_home(EventContext& context, std::uint64_t seeker, bool student, int income_group);

/// A place in an institution, or kNone.
Row find_care_home(EventContext& context, std::uint64_t seeker);

/// find_home; if nothing is vacant, `instead`, to share it.
Row find_home_or(EventContext& context, std::uint64_t seeker, bool student, int income_group, Row instead);

/// The first dwelling of a seeker's sequence, vacant or not; kNone in a city without dwellings.
Row any_home(const EventContext& context, std::uint64_t seeker, bool student, int income_group);

}  // namespace sleutel
