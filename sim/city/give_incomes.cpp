#include <algorithm>
#include <cmath>

#include "sim/base/math.h"
#include "sim/city/district_households.h"
#include "sim/city/income_curve.h"
#include "sim/city/steps.h"

namespace sleutel::city {
namespace {

// Households of one district by prosperity, the least first, with their minimum lines.
struct Ranked {
  std::vector<std::size_t> households;
  std::vector<double> line;
};

Ranked ranked(const City& city, const CityFiles& files, std::vector<std::size_t> households,
              const std::vector<double>& prosperity) {
  std::sort(households.begin(), households.end(), [&](std::size_t a, std::size_t b) {
    return prosperity[a] != prosperity[b] ? prosperity[a] < prosperity[b] : a < b;
  });
  Ranked out{std::move(households), {}};
  for (const std::size_t household : out.households) out.line.push_back(minimum_line(city, files, household));
  return out;
}

// The mean of a district without a published one: the straight line of means on shares in the highest fifth.
double predicted_mean(const CityFiles& files, const DistrictMargin& district) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const auto& one : files.districts) {
    if (!one.income) continue;
    n += 1;
    x += one.top_fifth;
    y += *one.income;
    xx += one.top_fifth * one.top_fifth;
    xy += one.top_fifth * *one.income;
  }
  const double slope = (n * xy - x * y) / (n * xx - x * x);
  return (y - slope * x) / n + slope * district.top_fifth;
}

std::vector<double> means_of(const CityFiles& files) {
  std::vector<double> means;
  for (const auto& district : files.districts)
    means.push_back(1000 * (district.income ? *district.income : predicted_mean(files, district)));
  return means;
}

// Shares up to the minimum line: as published; in districts without a published share by their mean income.
std::vector<double> minimum_shares(const CityFiles& files, const std::vector<Ranked>& districts) {
  const auto& q = files.quantities;
  const auto means = means_of(files);
  std::vector<double> share(districts.size(), -1);
  double households = 0;
  double fixed = 0;
  double free = 0;
  for (std::size_t d = 0; d < districts.size(); ++d) {
    const auto n = static_cast<double>(districts[d].households.size());
    const auto& published = files.districts[d].up_to_minimum;
    households += n;
    const double slope = math::pow(1000 * *files.whole.income / means[d], q.minimum_share_slope);
    if (published) share[d] = *published / 100;
    (share[d] < 0 ? free : fixed) += n * (share[d] < 0 ? slope : share[d]);
  }
  const double factor = (*files.whole.up_to_minimum / 100 * households - fixed) / free;
  for (std::size_t d = 0; d < districts.size(); ++d)
    if (share[d] < 0)
      share[d] =
          std::clamp(factor * math::pow(1000 * *files.whole.income / means[d], q.minimum_share_slope), 0.02, 0.4);
  return share;
}

double share_up_to_line(const Ranked& district, const std::vector<double>& income) {
  double count = 0;
  for (std::size_t i = 0; i < income.size(); ++i) count += income[i] <= district.line[i] ? 1 : 0;
  return count / static_cast<double>(income.size());
}

// Stretches incomes above the bound until the mean is exact.
void fit_mean(std::vector<double>& income, double bound, double mean) {
  double below = 0;
  double above = 0;
  for (const double y : income) (y > bound ? above : below) += y > bound ? y - bound : y;
  double over = 0;
  for (const double y : income) over += y > bound ? bound : 0;
  const double wanted = mean * static_cast<double>(income.size()) - below - over;
  if (above <= 0 || wanted <= 0) return;
  const double factor = std::clamp(wanted / above, 0.5, 2.0);
  for (double& y : income)
    if (y > bound) y = bound + (y - bound) * factor;
}

// Lines differ by kind of household: the curve's share up to its own line moves until the published share is met.
std::vector<double> district_incomes(const CityFiles& files, const Ranked& district, const DistrictMargin& margin,
                                     double mean, double minimum_share) {
  const auto& q = files.quantities;
  IncomeCurve curve;
  curve.line = 12 * q.minimum_line_single;
  curve.floor = q.income_floor * curve.line;
  curve.bound = q.fourth_bound;
  curve.top = margin.top_fifth / 100;
  curve.low = minimum_share;
  const auto n = static_cast<double>(district.households.size());
  std::vector<double> income(district.households.size());
  for (int round = 0; round < 12; ++round) {
    curve.tail = q.income_tail;
    curve.bend_to(mean);
    for (std::size_t i = 0; i < income.size(); ++i) income[i] = curve.at((static_cast<double>(i) + 0.5) / n);
    const double gap = minimum_share - share_up_to_line(district, income);
    if (std::abs(gap) * n < 1) break;
    curve.low = std::clamp(curve.low + gap, 0.005, 0.6);
  }
  fit_mean(income, curve.bound, mean);
  return income;
}

std::uint8_t group_of(const std::array<std::int32_t, 4>& bounds, std::int32_t income) {
  std::uint8_t group = 0;
  while (group < 4 && income > bounds[group]) ++group;
  return group;
}

// The one line for later months: the standardised income up to which the published share of households lies.
std::int32_t solved_line(const City& city, const CityFiles& files, const std::vector<Ranked>& districts) {
  std::vector<std::int32_t> all;
  for (const auto& district : districts)
    for (const std::size_t household : district.households) all.push_back(city.households.income[household]);
  std::sort(all.begin(), all.end());
  const auto at = static_cast<std::size_t>(*files.whole.up_to_minimum / 100 * static_cast<double>(all.size()));
  return all.empty() ? 0 : all[std::min(at, all.size() - 1)];
}

std::int32_t euros(double amount) { return static_cast<std::int32_t>(amount + 0.5); }

// Own incomes: a couple's is divided, others who share a household have equal parts, children have their own.
void own_incomes(City& city, const CityFiles& files, std::size_t household, const CityDraws& draws) {
  const auto& q = files.quantities;
  auto& r = city.residents;
  const auto size = household_size(city, household);
  const double all = city.households.income[household] * equivalence_factor(size.adults, size.minors);
  const Row first = city.households.first_member[household];
  for (Row row = first; row != kNone; row = r.next_in_household[row]) {
    if (r.is(row, kChildAtHome)) {
      r.income[row] =
          age_of(city, row) >= 18 ? euros(q.child_income * (0.5 + draws.uniform(kOwnIncome, r.id[row]))) : 0;
      continue;
    }
    double share =
        city.households.kind[household] == HouseholdKind::other ? 1.0 / city.households.size[household] : 1.0;
    if (r.partner[row] != kNone) {
      const Row head = std::min(row, r.partner[row]);
      const bool mixed = r.sex[row] != r.sex[r.partner[row]];
      const double mean = mixed ? q.woman_share_of_income : 0.5;
      const double hers = std::clamp(mean + 0.15 * draws.normal(kOwnIncome, r.id[head]), 0.05, 0.95);
      const bool takes_hers = mixed ? r.sex[row] == Sex::female : row == head;
      share = takes_hers ? hers : 1 - hers;
    }
    r.income[row] = euros(all * share);
  }
}

void outside_incomes(City& city, const CityFiles& files, std::size_t household, const CityDraws& draws) {
  const auto& q = files.quantities;
  auto& r = city.residents;
  const bool institution = city.households.kind[household] == HouseholdKind::institution;
  double sum = 0;
  for (Row row = city.households.first_member[household]; row != kNone; row = r.next_in_household[row]) {
    const double spread = 0.75 + 0.5 * draws.uniform(kOwnIncome, r.id[row]);
    const double own = (institution ? q.institution_income : q.student_income) * spread;
    r.income[row] = age_of(city, row) < 18 ? 0 : euros(own);
    sum += own;
  }
  const auto size = household_size(city, household);
  city.households.income[household] = euros(sum / equivalence_factor(size.adults, size.minors));
}

}  // namespace

void give_incomes(City& city, const CityFiles& files, const std::vector<double>& prosperity, const CityDraws& draws) {
  const auto& q = files.quantities;
  const double fourth = q.fourth_bound;
  city.income_fifth_bounds = {euros(q.fifth_bound_1 * fourth), euros(q.fifth_bound_2 * fourth),
                              euros(q.fifth_bound_3 * fourth), euros(fourth)};
  std::vector<Ranked> districts;
  for (const auto& district : private_households(city))
    districts.push_back(ranked(city, files, district.counted, prosperity));
  const auto means = means_of(files);
  const auto shares = minimum_shares(files, districts);
  for (std::size_t d = 0; d < districts.size(); ++d) {
    const auto income = district_incomes(files, districts[d], files.districts[d], means[d], shares[d]);
    for (std::size_t i = 0; i < income.size(); ++i) {
      const std::size_t household = districts[d].households[i];
      city.households.income[household] = euros(income[i]);
      city.households.income_group[household] = group_of(city.income_fifth_bounds, euros(income[i]));
    }
  }
  city.low_income_line = solved_line(city, files, districts);
  for (std::size_t household = 0; household < city.households.count(); ++household) {
    if (outside_income_figures(city.households, household)) {
      outside_incomes(city, files, household, draws);
    } else {
      own_incomes(city, files, household, draws);
    }
  }
}

}  // namespace sleutel::city
