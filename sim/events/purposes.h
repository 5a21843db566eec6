#pragma once
/// \file
/// The decisions inside life events that are left to chance. Numbers are permanent: once given, never reused.

#include <cstdint>

#include "sleutel/random.h"

namespace sleutel::purpose {

inline constexpr Purpose birth_sex = Purpose::event(0);
/// Personal position in response `slot` (0-7) of a newborn.
constexpr Purpose birth_latent(int slot) { return Purpose::event(1 + slot); }
inline constexpr Purpose birth_mastery = Purpose::event(9);
// 10 was the level that a newborn would reach.
inline constexpr Purpose separation_children = Purpose::event(11);  ///< with whom they live
inline constexpr Purpose separation_leaver = Purpose::event(12);    ///< who leaves the home, without minor children
inline constexpr Purpose leaving_home_where = Purpose::event(13);
inline constexpr Purpose home = Purpose::event(14);         ///< which homes somebody looks at
inline constexpr Purpose partner_sex = Purpose::event(15);  ///< own or other sex; a trait
inline constexpr Purpose partner_noise = Purpose::event(16);
inline constexpr Purpose partner_host = Purpose::event(17);       ///< who moves in with whom
inline constexpr Purpose arrival_household = Purpose::event(18);  ///< which household of the start is copied
inline constexpr Purpose arrival_count = Purpose::event(19);
inline constexpr Purpose study_end = Purpose::event(20);
inline constexpr Purpose work_income = Purpose::event(21);
inline constexpr Purpose foster = Purpose::event(22);
inline constexpr Purpose tie_gate = Purpose::event(23);  ///< who is open to a new tie this month
inline constexpr Purpose tie_noise = Purpose::event(24);
inline constexpr Purpose tie_capacity = Purpose::event(25);  ///< a trait
inline constexpr Purpose institution = Purpose::event(26);   ///< whether a move of the oldest ends in care

inline constexpr Purpose move_priority = Purpose::event(27);  ///< who looks for a home first
inline constexpr Purpose build_count = Purpose::event(28);    ///< dwellings finished this month
inline constexpr Purpose build_like = Purpose::event(29);     ///< which dwelling of the start a new one is like
inline constexpr Purpose school_level = Purpose::event(30);   ///< the level that a child reaches

// While the past is replayed (sim/engine/replay.cpp).
inline constexpr Purpose replay_donor = Purpose::event(40);      ///< whose history a survivor gets
inline constexpr Purpose replay_partner = Purpose::event(41);    ///< separation from, or death of, an unknown partner
inline constexpr Purpose replay_parents = Purpose::event(42);    ///< separation of unknown parents
inline constexpr Purpose replay_union = Purpose::event(43);      ///< when a couple moved in together
inline constexpr Purpose replay_leaving = Purpose::event(44);    ///< when somebody left home
inline constexpr Purpose replay_study = Purpose::event(45);      ///< whether somebody studied, and how long
inline constexpr Purpose replay_schooling = Purpose::event(46);  ///< when the high level was reached

}  // namespace sleutel::purpose
