#include <algorithm>

#include "sim/city/income.h"
#include "sim/city/steps.h"

namespace sleutel::city {
namespace {

double kind_score(const CityQuantities& q, HouseholdKind kind, bool older) {
  switch (kind) {
    case HouseholdKind::single:
    case HouseholdKind::other:
    case HouseholdKind::institution:
      return older ? q.score_single_older : q.score_single;
    case HouseholdKind::couple:
      return older ? q.score_couple_older : q.score_couple;
    case HouseholdKind::couple_with_children:
      return q.score_family;
    case HouseholdKind::lone_parent:
      return q.score_lone_parent;
  }
  return 0;
}

// Mean level of education of the adults who head the household: -1 low, 0 middle, 1 high.
double education_level(const City& city, std::size_t household) {
  const Row head = city.households.first_member[household];
  const auto level = [&](Row row) { return static_cast<int>(city.residents.education[row]) - 1.0; };
  const Row partner = city.residents.partner[head];
  return partner == kNone ? level(head) : 0.5 * (level(head) + level(partner));
}

}  // namespace

int head_age(const City& city, std::size_t household) {
  const Row head = city.households.first_member[household];
  const Row partner = city.residents.partner[head];
  return partner == kNone ? age_of(city, head) : std::max(age_of(city, head), age_of(city, partner));
}

std::vector<double> prosperity(const City& city, const CityFiles& files, const CityDraws& draws) {
  const auto& q = files.quantities;
  const auto& h = city.households;
  std::vector<double> score(h.count(), 0);
  for (std::size_t i = 0; i < h.count(); ++i) {
    if (outside_income_figures(h, i)) continue;
    const int age = head_age(city, i);
    score[i] = kind_score(q, h.kind[i], age >= 65) + q.score_education * education_level(city, i) +
               (age < 27 ? q.score_young : 0) +
               q.score_spread * draws.normal(kIncomeRank, city.residents.id[h.first_member[i]]);
  }
  return score;
}

}  // namespace sleutel::city
