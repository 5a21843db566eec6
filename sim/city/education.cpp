#include "sim/base/math.h"
#include "sim/city/steps.h"
#include "sim/events/schooling.h"

namespace sleutel::city {
namespace {

Education pick(double low, double high, double draw) {
  if (draw < low) return Education::low;
  return draw >= 1 - high ? Education::high : Education::middle;
}

// The level that an adult has or learns for: students the high one, who lives with parents by the mother's, others by
// age and district.
Education level_of(const City& city, const CityFiles& files, double gradient, Row row, double draw) {
  const auto& r = city.residents;
  if (r.is(row, kStudent)) return Education::high;
  if (r.is(row, kChildAtHome)) {  // parents stand before their children
    const Row parent = r.mother[row] != kNone ? r.mother[row] : city.households.first_member[r.household[row]];
    return level_reached(files.flows, level_ahead(r, parent, 0), draw);
  }
  const auto& assumed = files.at_age(age_of(city, row));
  const double middle = 1 - assumed.high - assumed.low;
  const double all = assumed.high * gradient + assumed.low / gradient + middle;
  return pick(assumed.low / gradient / all, assumed.high * gradient / all, draw);
}

// What somebody who has or learns for a level has attained, and whether he still learns: as the running city does it.
// From the age at which studies end, the students away are as many as the declared time of study leaves of all who
// began one: who is no student has ended.
void place_at_school(City& city, const Flows& flows, Row row, Education level) {
  auto& r = city.residents;
  const double years = r.age_months(row, 0) / 12.0;
  bool learns = years < flows.school_ends;
  if (level == Education::middle) learns = years < flows.vocational_ends;
  if (level == Education::high) learns = r.is(row, kStudent) || years < flows.study_ends_from;
  if (learns) r.flags[row] = static_cast<std::uint8_t>(r.flags[row] | kLearning);
  const Education while_learning =
      level == Education::high && years >= flows.school_ends ? Education::middle : Education::low;
  r.education[row] = learns ? while_learning : level;
}

}  // namespace

void give_education(City& city, const CityFiles& files, const CityDraws& draws) {
  auto& r = city.residents;
  std::vector<double> gradient;
  for (const auto& district : files.districts)
    gradient.push_back(
        math::pow(district.personal_income / files.whole.personal_income, files.quantities.high_education_gradient));
  for (Row row = 0; row < r.size(); ++row) {
    const auto district = static_cast<std::size_t>(city.buurten[city.households.buurt[r.household[row]]].district);
    const double draw = draws.uniform(kEducation, r.id[row]);
    const Education level = level_of(city, files, gradient[district], row, draw);
    place_at_school(city, files.flows, row, level);
  }
}

}  // namespace sleutel::city
