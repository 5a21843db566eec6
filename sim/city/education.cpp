#include "sim/base/math.h"
#include "sim/city/steps.h"

namespace sleutel::city {
namespace {

// Chances of low and high education of children by that of their mother (row: low, middle, high) [share].
struct Inherited {
  double low, high;
};

Education pick(double low, double high, double draw) {
  if (draw < low) return Education::low;
  return draw >= 1 - high ? Education::high : Education::middle;
}

}  // namespace

void give_education(City& city, const CityFiles& files, const CityDraws& draws) {
  auto& r = city.residents;
  constexpr Inherited kByMother[3] = {{0.35, 0.25}, {0.20, 0.40}, {0.08, 0.68}};
  std::vector<double> gradient;
  for (const auto& district : files.districts)
    gradient.push_back(
        math::pow(district.personal_income / files.whole.personal_income, files.quantities.high_education_gradient));
  for (Row row = 0; row < r.size(); ++row) {
    const double draw = draws.uniform(kEducation, r.id[row]);
    if (r.is(row, kStudent)) {
      r.education[row] = Education::high;
      continue;
    }
    if (r.is(row, kChildAtHome)) {  // parents stand before their children
      Row parent = r.mother[row];
      if (parent == kNone) parent = city.households.first_member[r.household[row]];
      const Inherited& by = kByMother[static_cast<int>(r.education[parent])];
      r.education[row] = pick(by.low, by.high, draw);
      continue;
    }
    const auto& assumed = files.at_age(age_of(city, row));
    const auto buurt = city.households.buurt[r.household[row]];
    const double g = gradient[static_cast<std::size_t>(city.buurten[buurt].district)];
    const double middle = 1 - assumed.high - assumed.low;
    const double all = assumed.high * g + assumed.low / g + middle;
    r.education[row] = pick(assumed.low / g / all, assumed.high * g / all, draw);
  }
}

}  // namespace sleutel::city
