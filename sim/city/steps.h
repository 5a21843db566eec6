#pragma once
/// \file
/// The steps in which a city is made, in order. Each fills columns that the earlier ones left 0.

#include <vector>

#include "sim/city/families.h"
#include "sleutel/city.h"

namespace sleutel::city {

/// Rows for residents and households of one buurt: ages, sexes, partners, mothers, flags, kinds.
void add_families(City& city, const Families& families, std::size_t place, const CityDraws& draws);

/// Marks the published number of students among those of 18-29 who live alone or share a household with no partner.
void choose_students(City& city, const CityFiles& files, const CityDraws& draws);

/// Education by age, district, and for children by that of their mother.
void give_education(City& city, const CityFiles& files, const CityDraws& draws);

/// How well off a household is against others in its district [sd]; 0 for student and institutional households.
std::vector<double> prosperity(const City& city, const CityFiles& files, const CityDraws& draws);

/// Dwellings with tenure and kind: student houses, homes, empty homes, institutions; every household gets one.
void give_homes(City& city, const CityFiles& files, const std::vector<double>& prosperity, const CityDraws& draws);

/// Household incomes by rank of prosperity within the district, bounds of income fifths, own incomes.
void give_incomes(City& city, const CityFiles& files, const std::vector<double>& prosperity, const CityDraws& draws);

/// Latent positions, sense of control, children ever born.
void give_positions(City& city, const CityFiles& files, const CityDraws& draws);

/// Friends and kin, each tie on both sides; mothers who live elsewhere in the city.
void give_ties(City& city, const CityFiles& files, const CityDraws& draws);

/// reference, named_by, and the frozen strata.
void finish(City& city);

/// A household of students only, or an institution: left out of income figures.
inline bool outside_income_figures(const Households& households, std::size_t household) {
  return households.income_group[household] == kIncomeStudentOrInstitution;
}

inline int age_of(const City& city, Row resident) { return city.residents.age_months(resident, 0) / 12; }

}  // namespace sleutel::city
