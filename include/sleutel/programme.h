#pragma once
/// \file
/// Programmes: what the city and its partners can do. A programme acts only by rows of the matrix.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
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

/// Who pays for a programme. In files: the words of kPayerNames.
enum class Payer : std::uint8_t {
  municipality,
  state,
  health_insurer,
  care_office,  ///< of the act on long-term care
  uwv,          ///< the agency of employees' insurances
  school,       ///< schools, colleges and universities
  housing_association,
  employer,
  fund,  ///< charities and funds
  resident,
};
inline constexpr int kPayers = 10;
inline constexpr std::array<std::string_view, kPayers> kPayerNames = {
    "municipality",        "state",    "health_insurer", "care_office", "uwv", "school",
    "housing_association", "employer", "fund",           "resident"};

inline constexpr int kWholeBill = 10000;  ///< shares of a bill are in so many parts

/// Shares of a bill. [Payer] in parts of kWholeBill, which they add up to.
using PayerShares = std::array<int, kPayers>;
/// Money of each payer [EUR cent].
using PayerCents = std::array<std::int64_t, kPayers>;

/// Who of those who wait gets a place that is free.
enum class WaitingRule : std::uint8_t {
  first_come,    ///< who has waited longest
  most_in_need,  ///< who has most of the stressors that the partner may see; then who has waited longest
  random,        ///< by lot, anew each month
};
inline constexpr std::array<std::string_view, 3> kWaitingRules = {"first_come", "most_in_need", "random"};

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
  std::int64_t cost_cents_per_month = 0;  ///< [EUR cent] per participant and month of taking part
  std::int64_t cost_cents_per_year = 0;   ///< [EUR cent] while it is offered, whoever takes part
  int price_year = 0;
  PayerShares pays{kWholeBill};  ///< the municipality pays all, if the file does not say
  int places = 0;                ///< at most so many take part at once; 0: no limit
  WaitingRule waiting = WaitingRule::first_come;
  StateMask need;            ///< stressors that its partner may see: what most_in_need counts
  double stops = 0;          ///< chance to stop before the end [per month of taking part]
  bool effect_none = false;  ///< the file says `effect: none`
  std::string file;
};

/// A programme as a scenario uses it.
struct ProgrammeUse {
  int programme = -1;         ///< index in StudyPlan::programmes: also its bit in Residents::programmes
  double coverage = 0;        ///< share of the eligible who can be reached [share]
  int from_month = 0;         ///< first month, since the study's start
  int until_month = 1 << 30;  ///< first month without new starts
  int places = 0;             ///< at most so many take part at once; 0: no limit
  WaitingRule waiting = WaitingRule::first_come;
  double reach = 1;  ///< chance that who is eligible hears of it [per month]
};

/// Money that one payer has in a scenario for some months. It can be spent on all programmes that he pays for, or on
/// some of them.
struct Budget {
  std::string name;  ///< such as "municipality, 2025-01 to 2025-12"
  Payer payer = Payer::municipality;
  std::vector<int> programmes;  ///< indices in StudyPlan::programmes, ascending
  int from_month = 0;           ///< first month, since the study's start
  int until_month = 0;          ///< first month after it
  std::int64_t cents = 0;       ///< [EUR cent]
  friend bool operator==(const Budget&, const Budget&) = default;
};

/// How an amount is divided over the payers: to the cent, adding up to it exactly. Each gets what the shares up to his
/// make, rounded down, less what went to those before him.
constexpr PayerCents divided(std::int64_t cents, const PayerShares& shares) {
  PayerCents all{};
  std::int64_t until_here = 0, given = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    until_here += shares[i];
    const std::int64_t due = cents / kWholeBill * until_here + cents % kWholeBill * until_here / kWholeBill;
    all[i] = due - given;
    given = due;
  }
  return all;
}

/// What a programme costs in one month because it is there, of `per_year` cents a year: adds up to it over a year.
constexpr std::int64_t cents_of_month(std::int64_t per_year, int month) {
  const int of_year = (month % 12 + 12) % 12;
  return per_year * (of_year + 1) / 12 - per_year * of_year / 12;
}

}  // namespace sleutel
