#include "sim/city/counts.h"

#include <algorithm>

#include "sim/city/income.h"
#include "sim/city/steps.h"

namespace sleutel::city {
namespace {

std::size_t band_of(int age) {
  std::size_t band = 0;
  while (band + 1 < kAgeBands && age >= kAgeBandFrom[band + 1]) ++band;
  return band;
}

void count_residents(const City& city, CityCount& count) {
  const auto& r = city.residents;
  for (Row row = 0; row < r.size(); ++row) {
    if (!r.present(row)) continue;
    const int age = age_of(city, row);
    auto& buurt = count.buurten[city.households.buurt[r.household[row]]];
    ++buurt.population;
    ++buurt.age[band_of(age)];
    buurt.in_households += r.is(row, kInstitution) ? 0 : 1;
    count.institution += r.is(row, kInstitution) ? 1 : 0;
    count.residents_18_26 += age >= 18 && age <= 26 ? 1 : 0;
    count.students += r.is(row, kStudent) ? 1 : 0;
    const Row home = city.households.dwelling[r.household[row]];
    count.in_student_houses += city.dwellings.kind[home] == DwellingKind::student_house ? 1 : 0;
  }
}

void count_dwellings(const City& city, CityCount& count) {
  const auto& d = city.dwellings;
  for (std::size_t i = 0; i < d.count(); ++i) {
    if (d.kind[i] == DwellingKind::institution) continue;
    const auto district = static_cast<std::size_t>(city.buurten[d.buurt[i]].district);
    for (const std::size_t area : {district, count.districts.size() - 1}) {
      auto& one = count.districts[area];
      ++one.dwellings;
      ++one.tenure[static_cast<std::size_t>(d.tenure[i])];
      one.single_family += d.kind[i] == DwellingKind::single_family ? 1 : 0;
      one.student_houses += d.kind[i] == DwellingKind::student_house ? 1 : 0;
    }
  }
}

void add_income(const City& city, std::size_t household, CityCount& count) {
  const auto& h = city.households;
  const auto size = household_size(city, household);
  const double disposable = h.income[household] * equivalence_factor(size.adults, size.minors);
  const bool owner = city.dwellings.tenure[h.dwelling[household]] == Tenure::owner;
  const auto kind = h.kind[household];
  for (IncomeCount* group : {&count.all, owner ? &count.owner : &count.rented,
                             kind == HouseholdKind::single                 ? &count.single
                             : kind == HouseholdKind::couple_with_children ? &count.couple_with_children
                                                                           : nullptr}) {
    if (group == nullptr) continue;
    group->households += 1;
    group->disposable += disposable;
  }
}

bool has_children(HouseholdKind kind) {
  return kind == HouseholdKind::couple_with_children || kind == HouseholdKind::lone_parent;
}

void count_households(const City& city, const CityFiles& files, CityCount& count) {
  const auto& h = city.households;
  for (std::size_t i = 0; i < h.count(); ++i) {
    if (h.size[i] == 0 || h.kind[i] == HouseholdKind::institution) continue;
    auto& buurt = count.buurten[h.buurt[i]];
    ++buurt.households;
    buurt.with_children += has_children(h.kind[i]) ? 1 : 0;
    count.singles += h.kind[i] == HouseholdKind::single ? 1 : 0;
    count.lone_parents += h.kind[i] == HouseholdKind::lone_parent ? 1 : 0;
    if (outside_income_figures(h, i)) continue;
    add_income(city, i, count);
    const auto district = static_cast<std::size_t>(city.buurten[h.buurt[i]].district);
    for (const std::size_t area : {district, count.districts.size() - 1}) {
      auto& one = count.districts[area];
      one.counted += 1;
      one.income += h.income[i];
      one.up_to_minimum += h.income[i] <= minimum_line(city, files, i) ? 1 : 0;
      one.top_fifth += h.income[i] > city.income_fifth_bounds[3] ? 1 : 0;
    }
  }
}

}  // namespace

CityCount count_city(const City& city, const CityFiles& files) {
  CityCount count;
  count.buurten.resize(city.buurten.size());
  count.districts.resize(city.districts.size() + 1);
  count_residents(city, count);
  count_dwellings(city, count);
  count_households(city, files, count);
  return count;
}

}  // namespace sleutel::city
