#include "sim/city/district_households.h"

#include "sim/city/steps.h"

namespace sleutel::city {

std::vector<DistrictHouseholds> private_households(const City& city) {
  const auto& h = city.households;
  std::vector<DistrictHouseholds> districts(city.districts.size());
  for (std::size_t i = 0; i < h.count(); ++i) {
    if (h.size[i] == 0 || h.kind[i] == HouseholdKind::institution) continue;
    auto& district = districts[static_cast<std::size_t>(city.buurten[h.buurt[i]].district)];
    district.all.push_back(i);
    if (!outside_income_figures(h, i)) district.counted.push_back(i);
  }
  return districts;
}

}  // namespace sleutel::city
