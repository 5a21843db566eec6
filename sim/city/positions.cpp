#include <algorithm>

#include "sim/city/steps.h"
#include "sim/events/schooling.h"

namespace sleutel::city {
namespace {

std::int8_t in_32ths(double sd) {
  const double steps = std::clamp(sd * 32, -127.0, 127.0);
  return static_cast<std::int8_t>(steps < 0 ? steps - 0.5 : steps + 0.5);
}

// Children ever born to a woman who has none at home, by age. Cohort shares of about 1960: assumption.
int children_who_left(int age, double draw) {
  if (age < 35) return 0;
  const double childless = age < 45 ? 0.75 : age < 55 ? 0.35 : 0.19;
  if (draw < childless) return 0;
  const double rest = (draw - childless) / (1 - childless);
  return rest < 0.21 ? 1 : rest < 0.74 ? 2 : rest < 0.92 ? 3 : 4;
}

}  // namespace

void give_positions(City& city, const CityFiles& files, const CityDraws& draws) {
  const auto& q = files.quantities;
  auto& r = city.residents;
  for (Row row = 0; row < r.size(); ++row) {
    for (std::uint32_t i = 0; i < kLatents; ++i) r.latent[row][i] = in_32ths(draws.normal(kLatent, r.id[row], i));
    const bool minor = age_of(city, row) < 18 && r.mother[row] != kNone;  // what it will reach is not known yet
    const double level = static_cast<int>(level_ahead(r, minor ? r.mother[row] : row, 0)) - 1.0;
    const double mastery =
        q.mastery_mean + q.mastery_education * level + q.mastery_sd * draws.normal(kMastery, r.id[row]);
    r.mastery[row] = static_cast<std::uint8_t>(std::clamp(mastery + 0.5, 0.0, 32.0));
    if (r.mother[row] != kNone) ++r.parity[r.mother[row]];
  }
  for (Row row = 0; row < r.size(); ++row) {
    const bool grown = r.sex[row] == Sex::female && !r.is(row, kChildAtHome);
    if (!grown || r.parity[row] > 0) continue;
    r.parity[row] = static_cast<std::uint8_t>(children_who_left(age_of(city, row), draws.uniform(kParity, r.id[row])));
  }
}

}  // namespace sleutel::city
