#include <numeric>

#include "sim/base/math.h"
#include "sim/city/apportion.h"
#include "sim/city/steps.h"

namespace sleutel::city {
namespace {

constexpr int kOldestStudent = 29;

// Residents of 15-24 for each resident, relative to the city: where students are.
std::vector<double> concentration(const CityFiles& files) {
  const double city = [&] {
    double young = 0;
    for (const auto& buurt : files.buurten) young += buurt.age[1];
    return young / files.whole.population;
  }();
  std::vector<double> relative;
  for (const auto& buurt : files.buurten)
    relative.push_back(buurt.population > 0 ? buurt.age[1] / (city * buurt.population) : 0);
  return relative;
}

bool may_study(const City& city, Row row) {
  const auto kind = city.households.kind[city.residents.household[row]];
  const int age = age_of(city, row);
  return age >= 18 && age <= kOldestStudent && (kind == HouseholdKind::single || kind == HouseholdKind::other);
}

// A household in which every member is a student has no income that is counted.
void mark_student_households(City& city) {
  auto& h = city.households;
  for (std::size_t household = 0; household < h.count(); ++household) {
    bool all = true;
    for (Row row = h.first_member[household]; row != kNone; row = city.residents.next_in_household[row])
      all = all && city.residents.is(row, kStudent);
    if (all) h.income_group[household] = kIncomeStudentOrInstitution;
  }
}

}  // namespace

void choose_students(City& city, const CityFiles& files, const CityDraws& draws) {
  const auto where = concentration(files);
  std::vector<Row> candidates;
  std::vector<double> odds;
  for (Row row = 0; row < city.residents.size(); ++row) {
    if (!may_study(city, row)) continue;
    const double share = files.at_age(age_of(city, row)).student;
    const double here = where[city.households.buurt[city.residents.household[row]]];
    candidates.push_back(row);
    odds.push_back(share / (1 - share) * math::pow(here, files.quantities.student_concentration));
  }
  const double factor = odds_factor(odds, files.quantities.students_living_away);
  for (double& x : odds) x = x * factor / (1 + x * factor);
  const int wanted = static_cast<int>(files.quantities.students_living_away + 0.5);
  const auto chosen = choose_evenly(odds, wanted, draws.uniform(kStudents, 1));
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (chosen[i] != 0) city.residents.flags[candidates[i]] |= kStudent;
  mark_student_households(city);
}

}  // namespace sleutel::city
