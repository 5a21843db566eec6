#pragma once
/// \file
/// The life events, one function and one file each, and what several of them share. Only life_events.cpp calls them in
/// the order of a month; tests call them one by one. Each leaves every household that it touched refreshed.

#include <span>

#include "sim/events/life_events.h"

namespace sleutel {

void die(EventContext& context, Row who);
void give_birth(EventContext& context, Row mother);
void separate(EventContext& context, Row who);
void leave_home(EventContext& context, Row who);
void find_partners(EventContext& context, std::span<const Request> candidates);
void fill_care_homes(EventContext& context);
void move_homes(EventContext& context, std::span<const Request> movers);
void leave_city(EventContext& context, Row who);
void leave_city_alone(EventContext& context, Row who);
void let_arrive(EventContext& context);
void end_studies(EventContext& context);
void end_school(EventContext& context);
void retire(EventContext& context);
void make_ties(EventContext& context);
void build_dwellings(EventContext& context);

/// Minors who are left without an adult in their household go, together, to their mother, else to a tie, else to a
/// foster family; nobody is lost. See orphans.cpp.
void care_for_minors(EventContext& context, Row household);

/// Reference person, kind, income: for use after a household changed. Nothing if it is empty.
void settle(EventContext& context, Row household);

/// A new household for one resident, who leaves the present one; the dwelling may be the same.
Row set_up_household(EventContext& context, Row who, Row dwelling);

/// Leaves a poor or cold home behind, without marks.
void leave_poor_home(EventContext& context, Row who);

/// Moves a resident from one household to another, both in the city; the classes of the household states that come
/// along too. Who comes to people who are there leaves a poor home behind. share_household_states follows when all have
/// come.
void bring(EventContext& context, Row who, Row household);

/// What one member of a household has of household-level states, all members have.
void share_household_states(EventContext& context, Row household);

/// A resident who starts a life of his own leaves the household's states behind, without marks.
void drop_household_states(EventContext& context, Row who);

/// Gives an income from work to an adult who has none: that of a keyed resident of the start, 25-54, of the same
/// education.
void start_working(EventContext& context, Row who);

inline void set_flag(Residents& residents, Row who, ResidentFlag flag) {
  residents.flags[who] = static_cast<std::uint8_t>(residents.flags[who] | flag);
}
inline void clear_flag(Residents& residents, Row who, ResidentFlag flag) {
  residents.flags[who] = static_cast<std::uint8_t>(residents.flags[who] & ~flag);
}

}  // namespace sleutel
