#pragma once
/// \file
/// Standardised income: what a household of one would need to live as well, and the lines drawn through it.

#include "sim/city/city_files.h"
#include "sleutel/city.h"

namespace sleutel::city {

/// What a household needs relative to a person alone (CBS equivalence factors: 1.37 for two adults, 1.33 for an adult
/// and a child, 1.67 and 1.88 for a couple with one and two children). From general knowledge of the method: not
/// verified.
double equivalence_factor(int adults, int minors);

/// Members of 18 and over, and under 18.
struct HouseholdSize {
  int adults = 0, minors = 0;
};
HouseholdSize household_size(const City& city, std::size_t household);

/// Age of the elder of the two who head the household [years].
int head_age(const City& city, std::size_t household);

/// Standardised income of a household at 120% of the social minimum without holiday allowance [EUR a year]. Children
/// change it as little as they change standardised need: allowances for children are taken to cover them.
double minimum_line(const City& city, const CityFiles& files, std::size_t household);

}  // namespace sleutel::city
