#include "sim/city/make_city.h"

#include <numeric>

#include "sim/base/math.h"
#include "sim/city/steps.h"

namespace sleutel {
namespace city {

double CityDraws::normal(CityPurpose purpose, std::uint64_t who, std::uint32_t month) const {
  return normal_quantile(uniform(purpose, who, month) + 0x1.0p-54);  // never 0; below 1 by construction
}

}  // namespace city

City make_city(const CityFiles& files, std::uint64_t city_seed) {
  const city::CityDraws draws(city_seed);
  City made;
  made.id = files.id;
  made.name = files.name;
  for (const auto& district : files.districts) made.districts.push_back({district.code, district.name});
  for (const auto& buurt : files.buurten) made.buurten.push_back({buurt.code, buurt.name, files.district_of(buurt)});

  const auto plans = city::plan_buurten(files);
  const auto shapes = city::age_shapes(files, plans);
  for (std::size_t place = 0; place < plans.size(); ++place)
    city::add_families(made, city::families_of(files, shapes, plans[place], place, draws), place, draws);
  city::choose_students(made, files, draws);
  city::give_education(made, files, draws);
  const auto prosperity = city::prosperity(made, files, draws);
  city::give_homes(made, files, prosperity, draws);
  city::give_incomes(made, files, prosperity, draws);
  city::give_positions(made, files, draws);
  city::give_ties(made, files, draws);
  city::finish(made);
  return made;
}

}  // namespace sleutel
