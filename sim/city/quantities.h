#pragma once
/// \file
/// The single figures and assumptions of city.yaml. One list (kCityQuantities) drives reading, checking and listing;
/// what each means stands beside its value in the file.

#include <array>
#include <string>

namespace sleutel {

struct CityQuantities {
  double residents_18_26 = 0;              ///< [residents]
  double students_living_away = 0;         ///< [residents]
  double room_let_residents = 0;           ///< [share of residents]
  double room_let_dwellings = 0;           ///< [share of dwellings]
  double minimum_line_single = 0;          ///< [EUR a month]
  double minimum_line_couple = 0;          ///< [EUR a month]
  double holiday_allowance = 0;            ///< [share]
  double income_all = 0;                   ///< [EUR a year]
  double income_single = 0;                ///< [EUR a year]
  double income_couple_with_children = 0;  ///< [EUR a year]
  double income_owner = 0;                 ///< [EUR a year]
  double income_rented = 0;                ///< [EUR a year]
  double institution_residents = 0;        ///< [share of residents]
  double lone_father_share = 0;            ///< [share of lone parents]
  double other_household_share = 0;        ///< [share of households]
  double children_per_household = 0;       ///< [children]
  double children_per_mean_size = 0;       ///< [children per person]
  double living_with_parents_decline = 0;  ///< [factor a year]
  double lone_parent_gradient = 0;         ///< [1]
  double women_share_away = 0;             ///< [share]
  double mother_age = 0;                   ///< [years]
  double mother_age_sd = 0;                ///< [years]
  double partner_age_gap = 0;              ///< [years]
  double partner_age_gap_sd = 0;           ///< [years]
  double same_sex_couples = 0;             ///< [share of couples without children]
  double student_concentration = 0;        ///< [1]
  double room_age_last = 0;                ///< [years]
  double fifth_bound_1 = 0;                ///< [share of the fourth bound]
  double fifth_bound_2 = 0;                ///< [share of the fourth bound]
  double fifth_bound_3 = 0;                ///< [share of the fourth bound]
  double fourth_bound = 0;                 ///< [EUR a year]
  double income_tail = 0;                  ///< [1]
  double income_floor = 0;                 ///< [share of the minimum line]
  double minimum_share_slope = 0;          ///< [1]
  double student_income = 0;               ///< [EUR a year]
  double institution_income = 0;           ///< [EUR a year]
  double child_income = 0;                 ///< [EUR a year]
  double woman_share_of_income = 0;        ///< [share]
  double score_single = 0;                 ///< [sd]
  double score_single_older = 0;           ///< [sd]
  double score_couple = 0;                 ///< [sd]
  double score_couple_older = 0;           ///< [sd]
  double score_family = 0;                 ///< [sd]
  double score_lone_parent = 0;            ///< [sd]
  double score_education = 0;              ///< [sd]
  double score_young = 0;                  ///< [sd]
  double score_spread = 0;                 ///< [sd]
  double owner_age = 0;                    ///< [sd]
  double owner_spread = 0;                 ///< [sd]
  double social_rent_spread = 0;           ///< [sd]
  double high_education_gradient = 0;      ///< [1]
  double mastery_mean = 0;                 ///< [1/32]
  double mastery_sd = 0;                   ///< [1/32]
  double mastery_education = 0;            ///< [1/32]
  double friend_share_1 = 0;               ///< [share]
  double friend_share_2 = 0;               ///< [share]
  double friend_share_3 = 0;               ///< [share]
  double kin_share = 0;                    ///< [share]
};

/// One entry of the list: its name in the file, its place, and what it must be, in the unit that must stand beside it.
struct QuantityEntry {
  const char* name;
  double CityQuantities::*place;
  double min, max;
  bool assumption;  ///< stands under assumptions, not under figures
  const char* unit;
};

inline constexpr int kQuantityCount = 58;
extern const std::array<QuantityEntry, kQuantityCount> kCityQuantities;
static_assert(sizeof(CityQuantities) == kQuantityCount * sizeof(double), "every quantity must stand in the list");

/// The words beside a quantity in city.yaml.
struct QuantityNote {
  std::string name, unit, words;  ///< words: the source of a figure, the reason of an assumption
  double value = 0;
  bool assumption = false;
};

}  // namespace sleutel
