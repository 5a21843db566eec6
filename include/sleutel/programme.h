#pragma once
/// \file
/// Programmes: what the city and its partners can do. A programme acts only by rows of the matrix.

#include <cstdint>
#include <string>
#include <vector>

#include "sleutel/calendar.h"
#include "sleutel/model.h"

namespace sleutel {

/// Who may take part. Empty lists ask nothing.
struct Predicate {
  StateMask any;                      ///< at least one of these states, if any is named
  StateMask all;                      ///< all of these states
  StateMask none;                     ///< none of these states
  std::uint64_t traits_all = 0;       ///< all of these Traits (bit = Trait)
  std::uint64_t traits_any = 0;       ///< at least one of these Traits, if any is named
  std::uint64_t traits_none = 0;      ///< none of these Traits
  int age_from = 0, age_until = 200;  ///< completed years, from <= age < until
  std::vector<int> districts;         ///< indices; empty: the whole city
};

/// One effect of a programme: a factor on the hazard of one transition while taking part.
struct ProgrammeEffect {
  int state = -1;
  Change change = Change::begin;
  double hazard_ratio = 1;
  double low = 1, high = 1;  ///< 95% interval
  std::string evidence;      ///< ids; empty if assumed
  bool assumed = false;      ///< stands in an assume: block
  std::string path;          ///< problem_debt.end
};

/// A programme as its file says, compiled.
struct Programme {
  std::string id;  ///< stem of its file
  std::string name_nl, name_en, about_en, about_nl;
  std::string domain, partner;
  int draw = -1;  ///< permanent number of its random draws; unique over all programmes
  Predicate who;
  std::vector<std::string> selects_on;  ///< states the predicate asks for
  bool hypothetical = false;            ///< it selects on what its partner may not see
  double uptake = 1;                    ///< share of those reached who join [share]
  int months = 0;                       ///< length of taking part [months]
  bool while_eligible = false;          ///< taking part ends when eligibility ends
  std::vector<ProgrammeEffect> effects;
  std::int64_t cost_cents_per_start = 0;  ///< [EUR cent] per participant who starts
  int price_year = 0;
  bool effect_none = false;  ///< the file says `effect: none`
  std::string file;
};

/// A programme as a scenario uses it.
struct ProgrammeUse {
  int programme = -1;         ///< index in StudyPlan::programmes: also its bit in Residents::programmes
  double coverage = 0;        ///< share of the eligible who are reached [share]
  int from_month = 0;         ///< first month, since the study's start
  int until_month = 1 << 30;  ///< first month without new starts
};

}  // namespace sleutel
