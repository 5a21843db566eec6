#include "sim/engine/past_households.h"

#include <algorithm>
#include <cmath>

#include "sim/base/math.h"
#include "sim/events/consequences.h"
#include "sim/events/households.h"
#include "sim/events/income.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

constexpr int kNeverStudied = -(1 << 20);

double life_draw(StreamKey key, std::uint64_t id, Purpose purpose) { return uniform({key, id, 0xffff'0000U, purpose}); }

double rate_at(const PastRates::Table& table, const Residents& residents, Row who, int age_months) {
  return table[static_cast<std::size_t>(std::clamp(age_months / 12, 0, kMaxAge))]
              [static_cast<std::size_t>(residents.sex[who])];
}

/// Nobody else lives there but children at home.
bool alone_with_children(const City& city, Row who) {
  bool alone = true;
  for_each_member(city, city.residents.household[who],
                  [&](Row row) { alone = alone && (row == who || city.residents.is(row, kChildAtHome)); });
  return alone;
}

}  // namespace

PastHouseholds::PastHouseholds(City& city, const PastRates& rates, const Flows& flows, StreamKey key)
    : households_(city.households.count()),
      eldest_child_(households_, 0),
      household_(city.residents.household),
      reference_(city.households.reference),
      named_by_(city.households.named_by),
      graduates_(city.residents.size(), kNeverStudied),
      in_dwelling_(city.dwellings.households) {
  const Residents& residents = city.residents;
  std::vector<int> union_of(residents.size(), 0);
  for (Row row = 0; row < residents.size(); ++row)
    if (residents.present(row) && residents.is(row, kChildAtHome)) {
      int& eldest = eldest_child_[residents.household[row]];
      eldest = std::min<int>(eldest, residents.birth_month[row]);
    }
  for (Row row = 0; row < residents.size(); ++row) {
    const Row other = residents.partner[row];
    if (!residents.present(row) || other == kNone || !is_elder(residents, other, row)) continue;
    uniting_.push_back({month_of_union(city, rates, key, row, other), row});
    union_of[row] = union_of[other] = uniting_.back().month;
    move_apart(city, row);
  }
  for (Row row = 0; row < residents.size(); ++row) {
    if (!residents.present(row) || residents.age_months(row, 0) < kAdultMonths || residents.is(row, kChildAtHome))
      continue;
    leaving_.push_back({month_of_leaving(city, rates, key, row), row});
    const int until = std::min(union_of[row], month_of_graduation(city, flows, key, leaving_.back()));
    if (until <= leaving_.back().month) continue;
    graduates_[row] = until;
    graduating_.push_back({until, row});
  }
  for (std::vector<Change>* list : {&leaving_, &uniting_, &graduating_}) std::sort(list->begin(), list->end());
}

/// Backwards from today, at the rate at which those who have a partner at that age have just moved in with him; but
/// before the eldest child at home was born, and not before the younger is adult.
int PastHouseholds::month_of_union(const City& city, const PastRates& rates, StreamKey key, Row one, Row other) const {
  const Residents& residents = city.residents;
  const int adult = residents.birth_month[one] + kAdultMonths;
  const double u = life_draw(key, std::min(residents.id[one], residents.id[other]), purpose::replay_union);
  const double until = -math::log2(1 - u) * math::kLn2;
  double passed = 0;
  int month = -1;
  for (; month > adult; --month)
    if ((passed += rate_at(rates.meeting, residents, one, residents.age_months(one, month))) >= until) break;
  return std::max(adult, std::min(month, eldest_child_[residents.household[one]] - 1));
}

/// Forwards from 18, given that it was before today.
int PastHouseholds::month_of_leaving(const City& city, const PastRates& rates, StreamKey key, Row who) const {
  const Residents& residents = city.residents;
  const int adult = residents.birth_month[who] + kAdultMonths;
  double all = 0;
  for (int month = adult; month < 0; ++month)
    all += rate_at(rates.leaving_home, residents, who, residents.age_months(who, month));
  const double u = life_draw(key, residents.id[who], purpose::replay_leaving) * -math::expm1(-all);
  const double until = -math::log2(1 - u) * math::kLn2;
  double passed = 0;
  int month = adult;
  for (; month < -1; ++month)
    if ((passed += rate_at(rates.leaving_home, residents, who, residents.age_months(who, month))) >= until) break;
  return month;
}

/// Who left home for study, by the declared shares, studies for the declared time; given that it is over today. Before
/// he left if he never studied, or does so still.
int PastHouseholds::month_of_graduation(const City& city, const Flows& flows, StreamKey key, const Change& left) const {
  const Residents& residents = city.residents;
  const double years = residents.age_months(left.who, left.month) / 12.0;
  const bool may = residents.education[left.who] == Education::high && !residents.is(left.who, kStudent) &&
                   !residents.is(left.who, kInstitution) && years >= flows.student_from && years < flows.student_until;
  const double since = residents.age_months(left.who, 0) / 12.0 - flows.study_ends_from;
  if (!may || since <= 0) return kNeverStudied;
  const double over = -math::expm1(-since / flows.study_ends_mean);
  const double studied = flows.leaving_home_for_study * over / (1 - flows.leaving_home_for_study * (1 - over));
  const double u = life_draw(key, residents.id[left.who], purpose::replay_study);
  if (u >= studied) return kNeverStudied;
  const double took = -math::log2(1 - u / studied * over) * math::kLn2 * flows.study_ends_mean;
  return std::min(-1, residents.birth_month[left.who] + static_cast<int>((flows.study_ends_from + took) * 12));
}

/// A household of his own at the same address, of the same income.
void PastHouseholds::move_apart(City& city, Row guest) {
  Households& homes = city.households;
  const Row from = city.residents.household[guest];
  const auto made = static_cast<Row>(homes.count());
  resize(homes, homes.count() + 1);
  homes.first_member[made] = kNone;
  homes.dwelling[made] = homes.dwelling[from];
  homes.buurt[made] = homes.buurt[from];
  homes.income[made] = homes.income[from];
  homes.income_group[made] = homes.income_group[from];
  homes.reference[made] = homes.named_by[made] = guest;
  city.residents.household[guest] = made;
}

void PastHouseholds::leave_home(EventContext& context, Row who) {
  City& city = context.city;
  const Row household = city.residents.household[who];
  if (alone_with_children(city, who)) {
    for_each_member(city, household, [&](Row row) { drop_household_states(context, row); });
    if (graduates_[who] > context.month) {
      set_flag(city.residents, who, kStudent);
      city.households.student_house[household] = 1;
    }
    touch_members(city, household);
  }
  refresh_income(context.change(), household);
}

void PastHouseholds::graduate(EventContext& context, Row who) {
  City& city = context.city;
  const Row household = city.residents.household[who];
  clear_flag(city.residents, who, kStudent);
  city.households.student_house[household] = 0;
  touch_members(city, household);
  refresh_income(context.change(), household);
}

const std::vector<Row>& PastHouseholds::happen(EventContext& context) {
  for (; left_ < leaving_.size() && leaving_[left_].month <= context.month; ++left_)
    leave_home(context, leaving_[left_].who);
  for (; graduated_ < graduating_.size() && graduating_[graduated_].month <= context.month; ++graduated_)
    graduate(context, graduating_[graduated_].who);
  begun_.clear();
  for (; united_ < uniting_.size() && uniting_[united_].month <= context.month; ++united_) {
    const Row who = uniting_[united_].who;
    bring(context, who, household_[who]);
    share_household_states(context, household_[who]);
    begun_.push_back(who);
  }
  return begun_;
}

void PastHouseholds::give_back(City& city) const {
  city.residents.household = household_;
  resize(city.households, households_);
  city.households.reference = reference_;
  city.households.named_by = named_by_;
  city.dwellings.households = in_dwelling_;
}

}  // namespace sleutel
