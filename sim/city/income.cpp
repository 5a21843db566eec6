#include "sim/city/income.h"

#include <algorithm>

#include "sim/city/steps.h"

namespace sleutel::city {

double equivalence_factor(int adults, int minors) {
  constexpr double kAdults[] = {1.00, 1.00, 1.37, 1.73, 2.00};
  const int a = std::min(adults, 4);
  const double first_child = adults <= 1 ? 0.33 : 0.30;
  const double next_child = 0.20;
  const double base = kAdults[a] + 0.27 * std::max(0, adults - 4);
  return base + (minors > 0 ? first_child + next_child * (minors - 1) : 0);
}

HouseholdSize household_size(const City& city, std::size_t household) {
  HouseholdSize size;
  for (Row row = city.households.first_member[household]; row != kNone; row = city.residents.next_in_household[row])
    ++(age_of(city, row) >= 18 ? size.adults : size.minors);
  return size;
}

double minimum_line(const City& city, const CityFiles& files, std::size_t household) {
  constexpr int kPensionAge = 67;
  const auto& q = files.quantities;
  const bool pair = city.residents.partner[city.households.first_member[household]] != kNone;
  const bool older = head_age(city, household) >= kPensionAge;
  const double without_allowance = 1.2 * (1 - q.holiday_allowance);
  const double month = pair ? (older ? without_allowance * files.minimum.couple_older : q.minimum_line_couple)
                            : (older ? without_allowance * files.minimum.single_older : q.minimum_line_single);
  return 12 * month / (pair ? equivalence_factor(2, 0) : 1.0);
}

}  // namespace sleutel::city
