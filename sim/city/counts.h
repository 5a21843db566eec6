#pragma once
/// \file
/// What a city holds, counted by buurt and district: the right-hand side of the fit table.

#include <array>
#include <vector>

#include "sim/city/city_files.h"
#include "sleutel/city.h"

namespace sleutel::city {

struct BuurtCount {
  int population = 0, in_households = 0;  ///< [residents]
  std::array<int, kAgeBands> age{};
  int households = 0, with_children = 0;  ///< private
};

/// Dwellings (institutions apart) and households that income figures count.
struct DistrictCount {
  std::array<int, 3> tenure{};  ///< owner, social rent, private rent [dwellings]
  int dwellings = 0, single_family = 0, student_houses = 0;
  double counted = 0;        ///< private households that are not all students
  double income = 0;         ///< sum of their standardised incomes [EUR a year]
  double up_to_minimum = 0;  ///< of them, up to their own minimum line
  double top_fifth = 0;      ///< of them, above the fourth bound
};

/// Sums over the city of disposable income by kind of household.
struct IncomeCount {
  double households = 0, disposable = 0;
  double mean() const { return households > 0 ? disposable / households : 0; }
};

struct CityCount {
  std::vector<BuurtCount> buurten;
  std::vector<DistrictCount> districts;  ///< the last is the city
  int residents_18_26 = 0, students = 0, in_student_houses = 0, institution = 0;
  int singles = 0, lone_parents = 0;  ///< private households
  IncomeCount all, single, couple_with_children, owner, rented;
};

CityCount count_city(const City& city, const CityFiles& files);

}  // namespace sleutel::city
