#include "sim/events/income.h"

#include <algorithm>

#include "sim/events/households.h"

namespace sleutel {
namespace {

bool has(const Residents& residents, Row who, int state) { return state >= 0 && residents.states[who].test(state); }

/// The amount follows the state.
std::int32_t follow_low_income(const StateChange& change, std::int32_t amount, bool low) {
  const std::int32_t line = change.city.low_income_line;
  if (change.model.roles.low_income < 0) return amount;
  return low ? std::min(amount, line) : std::max(amount, line + 1);
}

std::uint8_t group_of(const City& city, std::int32_t amount) {
  std::uint8_t group = 0;
  for (const std::int32_t bound : city.income_fifth_bounds) group = static_cast<std::uint8_t>(group + (amount > bound));
  return group;
}

}  // namespace

int equivalence_factor(int adults, int children) {
  constexpr int kAdults[] = {100, 100, 137, 173, 200};
  const int base = kAdults[std::min(adults, 4)] + 27 * std::max(0, adults - 4);
  const int first_child = adults <= 1 ? 33 : 30;
  return base + (children > 0 ? first_child + 20 * (children - 1) : 0);
}

std::int32_t income_of(const StateChange& change, Row who) {
  const Residents& residents = change.city.residents;
  const int age = residents.age_months(who, change.month);
  if (age < kAdultMonths) return 0;
  const Roles& roles = change.model.roles;
  if (age >= kPensionMonths) return residents.income[who];
  double share = 1;
  if (has(residents, who, roles.unemployed)) share = change.flows.unemployed_income;
  if (has(residents, who, roles.disabled)) share = change.flows.disabled_income;
  if (has(residents, who, roles.inactive)) share = change.flows.inactive_income;
  return static_cast<std::int32_t>(residents.income[who] * share);
}

void refresh_income(const StateChange& change, Row household) {
  City& city = change.city;
  std::int64_t sum = 0;
  int adults = 0, children = 0;
  bool low = false;
  for_each_member(city, household, [&](Row row) {
    if (!city.residents.is(row, kChildAtHome)) sum += income_of(change, row);
    (city.residents.age_months(row, change.month) >= kAdultMonths ? adults : children) += 1;
    low |= has(city.residents, row, change.model.roles.low_income);
  });
  auto amount = static_cast<std::int32_t>(sum * 100 / equivalence_factor(adults, children));
  const bool left_out =
      city.households.student_house[household] != 0 || city.households.kind[household] == HouseholdKind::institution;
  if (!left_out) amount = follow_low_income(change, std::max(amount, change.flows.floor_income), low);
  city.households.income[household] = amount;
  const std::uint8_t group = left_out ? kIncomeStudentOrInstitution : group_of(city, amount);
  if (group != city.households.income_group[household]) touch_members(change.city, household);
  city.households.income_group[household] = group;
}

bool moves_income(const Roles& roles, int state) {
  return state >= 0 &&
         (state == roles.low_income || state == roles.unemployed || state == roles.disabled || state == roles.inactive);
}

}  // namespace sleutel
