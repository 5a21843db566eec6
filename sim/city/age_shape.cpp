#include "sim/city/age_shape.h"

#include <algorithm>
#include <numeric>

#include "sim/base/math.h"
#include "sim/city/apportion.h"

namespace sleutel::city {
namespace {

constexpr int kAgedYears = 19;  // from 1 January 2005 to 1 January 2024

double survivors(const std::array<double, 96>& persons, const std::array<double, 96>& mortality, int age_then) {
  double hazard = 0;
  for (int year = 0; year < kAgedYears; ++year)
    hazard += mortality[static_cast<std::size_t>(std::min(95, age_then + year))];
  return persons[static_cast<std::size_t>(age_then)] * math::exp(-hazard);
}

// Share of a man or woman living with the parents, from 15; declines by a constant factor after the last published age.
double with_parents(const std::array<double, 13>& percent, double decline, int age) {
  if (age < 18) return 1;
  if (age <= 30) return percent[static_cast<std::size_t>(age - 18)] / 100;
  double share = percent[12] / 100;
  for (int year = 31; year <= age; ++year) share *= decline;
  return age < 45 ? share : 0;
}

AgeShape child_shape(const CityFiles& files, const AgeShape& national) {
  AgeShape shape = national;
  const double decline = files.quantities.living_with_parents_decline;
  for (int age = 15; age < 45; ++age) {
    const auto a = static_cast<std::size_t>(age);
    const double women = national.women[a] * with_parents(files.national.women_with_parents, decline, age);
    const double men = (1 - national.women[a]) * with_parents(files.national.men_with_parents, decline, age);
    shape.persons[a] =
        women + men;  // per resident born here, not per resident: students from elsewhere are no children
    shape.women[a] = women / (women + men);
  }
  return shape;
}

// Adults of 25-44 lean to the young end where the buurt has many of 18-24 on their own.
double youth_factor(const BuurtPlan& plan, double youth, int age) {
  if (age >= 45 || plan.adults[2] == 0) return 1;
  const double away = static_cast<double>(plan.adults[1]) / plan.adults[2];
  const double x = (44 - age) / 19.0;
  return 1 + youth * std::min(away, 2.0) * x * x;
}

std::vector<double> weights_of(const AgeShapes& shapes, const BuurtPlan& plan, AgeGroup group, int band) {
  const auto b = static_cast<std::size_t>(band);
  std::vector<double> weights;
  for (int age = kAgeBandFrom[b]; age < kAgeBandFrom[b + 1]; ++age) {
    const auto a = static_cast<std::size_t>(age);
    if (group == AgeGroup::institution) {
      weights.push_back(shapes.institution.persons[a]);
    } else if (group == AgeGroup::child) {
      weights.push_back(shapes.child.persons[a]);
    } else if (band == 1) {
      weights.push_back(shapes.away.persons[a]);
    } else {
      weights.push_back(shapes.national.persons[a] * youth_factor(plan, shapes.youth, age));
    }
  }
  return weights;
}

const std::array<int, kAgeBands>& counts_of(const BuurtPlan& plan, AgeGroup group) {
  if (group == AgeGroup::institution) return plan.institution;
  return group == AgeGroup::child ? plan.children : plan.adults;
}

// Expected residents from age `from` up to but without `until` in one group of a buurt.
double expected(const AgeShapes& shapes, const BuurtPlan& plan, AgeGroup group, int from, int until) {
  double sum = 0;
  for (int band = 0; band < kAgeBands; ++band) {
    const auto b = static_cast<std::size_t>(band);
    if (kAgeBandFrom[b] >= until || kAgeBandFrom[b + 1] <= from) continue;
    const auto weights = weights_of(shapes, plan, group, band);
    double inside = 0;
    for (int age = std::max(from, kAgeBandFrom[b]); age < std::min(until, kAgeBandFrom[b + 1]); ++age)
      inside += weights[static_cast<std::size_t>(age - kAgeBandFrom[b])];
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (all > 0) sum += counts_of(plan, group)[b] * inside / all;
  }
  return sum;
}

double residents_18_26(const AgeShapes& shapes, const std::vector<BuurtPlan>& plans) {
  double sum = 0;
  for (const auto& plan : plans)
    for (const AgeGroup group : {AgeGroup::institution, AgeGroup::child, AgeGroup::adult})
      sum += expected(shapes, plan, group, 18, 27);
  return sum;
}

double women_share(const AgeShapes& shapes, AgeGroup group, int age) {
  const auto a = static_cast<std::size_t>(age);
  if (group == AgeGroup::child) return shapes.child.women[a];
  return group == AgeGroup::adult && age < 25 ? shapes.away.women[a] : shapes.national.women[a];
}

// Adds so many people of one age. `women` carries the part of a woman that is left over to the next age.
void add_people(std::vector<Person>& people, int count, int age, double share, double& women) {
  for (int n = 0; n < count; ++n) {
    women += share;
    const bool woman = women >= 1;
    if (woman) women -= 1;
    people.push_back({age, woman});
  }
}

}  // namespace

AgeShape national_shape(const NationalAges& national) {
  AgeShape shape;
  std::array<double, kAges> women{};
  for (int then = 0; then <= 95; ++then) {
    const auto a = static_cast<std::size_t>(std::min(kAges - 1, then + kAgedYears));
    const double w = survivors(national.women, national.mortality_women, then);
    women[a] += w;
    shape.persons[a] += w + survivors(national.men, national.mortality_men, then);
  }
  const double born_women = national.women[0] / (national.women[0] + national.men[0]);
  for (std::size_t a = 0; a <= kAgedYears - 1; ++a) {
    const double between = (static_cast<double>(a) - 12) / (kAgedYears - 12.0);
    shape.persons[a] = a <= 12 ? national.children[a]
                               : national.children[12] + between * (shape.persons[kAgedYears] - national.children[12]);
    women[a] = born_women * shape.persons[a];
  }
  for (std::size_t a = 0; a < kAges; ++a) shape.women[a] = shape.persons[a] > 0 ? women[a] / shape.persons[a] : 0.5;
  return shape;
}

AgeShapes age_shapes(const CityFiles& files, const std::vector<BuurtPlan>& plans) {
  AgeShapes shapes;
  shapes.national = national_shape(files.national);
  shapes.child = child_shape(files, shapes.national);
  shapes.away = shapes.national;
  shapes.institution = shapes.national;
  for (int age = 0; age < kAges; ++age) {
    const auto a = static_cast<std::size_t>(age);
    const auto& assumed = files.at_age(age);
    if (age >= 15 && age < 25) {
      shapes.away.persons[a] = assumed.away;
      shapes.away.women[a] = files.quantities.women_share_away;
    }
    shapes.institution.persons[a] *= assumed.institution;
  }
  double low = 0;
  double high = 50;
  for (int step = 0; step < 50; ++step) {
    shapes.youth = 0.5 * (low + high);
    (residents_18_26(shapes, plans) < files.quantities.residents_18_26 ? low : high) = shapes.youth;
  }
  return shapes;
}

std::vector<Person> people_of(const AgeShapes& shapes, const BuurtPlan& plan, AgeGroup group, std::size_t place,
                              const CityDraws& draws) {
  std::vector<Person> people;
  for (int band = 0; band < kAgeBands; ++band) {
    const auto name = static_cast<std::uint32_t>(static_cast<int>(group) * kAgeBands + band);
    const auto b = static_cast<std::size_t>(band);
    const auto weights = weights_of(shapes, plan, group, band);
    const auto ages = spread_evenly(counts_of(plan, group)[b], weights, draws.uniform(kAgeSpread, place + 1, name));
    double women = draws.uniform(kSexSpread, place + 1, name);
    for (std::size_t i = 0; i < ages.size(); ++i) {
      const int age = kAgeBandFrom[b] + static_cast<int>(i);
      add_people(people, ages[i], age, women_share(shapes, group, age), women);
    }
  }
  return people;
}

}  // namespace sleutel::city
