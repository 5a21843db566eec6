#pragma once
/// \file
/// Households by district.

#include <cstddef>
#include <vector>

#include "sim/city/income.h"
#include "sleutel/city.h"

namespace sleutel::city {

struct DistrictHouseholds {
  std::vector<std::size_t> all;      ///< private households, in order
  std::vector<std::size_t> counted;  ///< those of them that income figures count: not only students
};

/// One entry per district of the city.
std::vector<DistrictHouseholds> private_households(const City& city);

}  // namespace sleutel::city
