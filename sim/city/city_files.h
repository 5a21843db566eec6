#pragma once
/// \file
/// What a city is made from: the tables in scenarios/<city>/margins/ and the figures and assumptions of city.yaml.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/city/quantities.h"
#include "sleutel/calendar.h"
#include "sleutel/flows.h"

namespace sleutel {

inline constexpr int kAgeBands = 5;  ///< 0-14, 15-24, 25-44, 45-64, 65 and over
inline constexpr int kAges = 101;    ///< 0 to 99, and 100 and over
inline constexpr std::array<int, kAgeBands + 1> kAgeBandFrom = {0, 15, 25, 45, 65, kAges};
inline constexpr std::array<const char*, kAgeBands> kAgeBandNames = {"0-14", "15-24", "25-44", "45-64", "65+"};

/// Published figures of a buurt. CBS rounds counts to 5 and the mean size to 0.1.
struct BuurtMargin {
  std::string code, name, district;
  int population = 0;
  std::array<int, kAgeBands> age{};  ///< residents
  int households = 0, with_children = 0;
  double mean_size = 0;  ///< of private households [residents]
};

/// Published figures of a district, or of the city.
struct DistrictMargin {
  std::string code, name;
  int population = 0;
  std::array<int, 4> age{};  ///< 0-24, 25-44, 45-64, 65 and over [residents]
  int households = 0, with_children = 0, dwellings = 0;
  double owner = 0, rented = 0, single_family = 0, association = 0;  ///< [percent of dwellings]
  double personal_income = 0;                                        ///< per resident [1,000 EUR a year]
  std::optional<double> income;         ///< mean standardised household income [1,000 EUR a year]
  double top_fifth = 0;                 ///< households in the national highest income fifth [percent]
  std::optional<double> up_to_minimum;  ///< households up to 120% of the social minimum [percent]
};

/// One row of assumed_by_age.csv; see there.
struct AgeAssumption {
  int from = 0;  ///< [years], up to the next row
  double couple = 0, student = 0, institution = 0, away = 0, high = 0, low = 0;
};

/// The Netherlands by age: what shapes the ages within a published band.
struct NationalAges {
  std::array<double, 96> men{}, women{};                            ///< residents in 2005
  std::array<double, 96> mortality_men{}, mortality_women{};        ///< [1/year]
  std::array<double, 13> children{};                                ///< residents aged 0-12 in 2024
  std::array<double, 13> men_with_parents{}, women_with_parents{};  ///< ages 18-30 [percent]
};

/// Households with 1, 2, and 3 or more children.
struct ChildrenPerHousehold {
  std::array<double, 3> couples{}, lone_parents{};  ///< [households]
  double lone_parent_share = 0;                     ///< of households with children, province [share]
};

/// Monthly norms of the social minimum at 1 July 2023, with holiday allowance [EUR a month].
struct SocialMinimum {
  double single_older = 0, couple_older = 0;  ///< from state pension age
};

/// A share published beside the city, shown in the fit but not fitted.
struct RegionShare {
  std::string region, household_type;
  double percent = 0;
};

struct CityFiles {
  std::string id, name;
  CalendarMonth reference_date;           ///< that the published figures are of
  std::vector<BuurtMargin> buurten;       ///< in order of code
  std::vector<DistrictMargin> districts;  ///< in order of code
  DistrictMargin whole;                   ///< the city
  NationalAges national;
  ChildrenPerHousehold children;
  SocialMinimum minimum;
  std::vector<AgeAssumption> by_age;  ///< in order of age, the first from 0
  std::vector<RegionShare> region_above_minimum;
  CityQuantities quantities;
  Flows flows;                      ///< school years and levels, for the education of the start
  std::vector<QuantityNote> notes;  ///< the words beside each quantity

  const AgeAssumption& at_age(int years) const;
  int district_of(const BuurtMargin& buurt) const;  ///< index of districts
};

/// Reads a city's folder, such as scenarios/leiden. Rows may stand in any order.
/// Throws InputError with all problems of all files.
CityFiles read_city_files(const std::string& folder);

}  // namespace sleutel
