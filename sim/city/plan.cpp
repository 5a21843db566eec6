#include "sim/city/plan.h"

#include <algorithm>
#include <numeric>

#include "sim/city/apportion.h"

namespace sleutel::city {
namespace {

constexpr double kSizeRoom = 0.04;    // how far the mean size may be from the published, below the 0.05 of the check
constexpr double kSizeLimit = 0.049;  // only beyond this does the population give way to the mean size
constexpr int kCellRoom = 5;          // residents by which a cell may be moved from its published, rounded figure

int sum(const std::array<int, kAgeBands>& bands) { return std::accumulate(bands.begin(), bands.end(), 0); }

// Adds `change` to the counts, at most `each` to one, the largest first.
void spread_change(std::vector<int>& counts, int change, int each) {
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::vector<int> size = counts;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return size[a] != size[b] ? size[a] > size[b] : a < b; });
  const int step = change < 0 ? -1 : 1;
  for (int round = 0; round < each; ++round) {
    for (const std::size_t i : order) {
      if (change == 0) return;
      if (counts[i] + step < 0 || size[i] == 0) continue;
      counts[i] += step;
      change -= step;
    }
  }
}

// Population of each buurt: published, but never less than the mean size asks of the households.
std::vector<int> populations(const CityFiles& files) {
  std::vector<int> count;
  for (const auto& buurt : files.buurten) {
    const double least = (buurt.mean_size - kSizeLimit) * buurt.households;
    count.push_back(std::max(buurt.population, static_cast<int>(least) + (least > static_cast<int>(least) ? 1 : 0)));
  }
  spread_change(count, files.whole.population - std::accumulate(count.begin(), count.end(), 0), 3);
  return count;
}

// What the city's published bands still lack; 0-14 and 15-24 are published together and count as one.
struct BandNeed {
  std::array<int, 4> lacking{};
  int& of(int band) { return lacking[static_cast<std::size_t>(std::max(0, band - 1))]; }
};

// Moves one resident into (step 1) or out of (step -1) the band of the buurt that the city needs most.
void move_one(const BuurtMargin& margin, BuurtPlan& plan, BandNeed& need, int step) {
  int best = -1;
  for (int wide = 0; wide < 2 && best < 0; ++wide) {
    for (int band = kAgeBands - 1; band >= 0; --band) {
      const auto b = static_cast<std::size_t>(band);
      const int moved = plan.residents[b] + step - margin.age[b];
      if (margin.age[b] == 0 || moved * step > kCellRoom + 3 * wide) continue;
      if (best < 0 || need.of(band) * step > need.of(best) * step) best = band;
    }
  }
  if (best < 0) best = 1;
  plan.residents[static_cast<std::size_t>(best)] += step;
  need.of(best) -= step;
}

// The band of which the city lacks most (step 1), or has most too many (step -1).
int neediest(BandNeed& need, int step) {
  int best = 1;
  for (int band = 1; band < kAgeBands; ++band)
    if (need.of(band) * step > need.of(best) * step) best = band;
  return best;
}

// One resident more in a band of the buurt and one less in another, where its own figures leave room for that.
void exchange_one(const BuurtMargin& margin, BuurtPlan& plan, BandNeed& need, int more, int less) {
  const auto m = static_cast<std::size_t>(more);
  const auto l = static_cast<std::size_t>(less);
  const auto& age = margin.age;
  auto& now = plan.residents;
  if (age[m] < 100 || age[l] < 100 || now[m] - age[m] >= kCellRoom || age[l] - now[l] >= kCellRoom) return;
  ++now[m];
  --now[l];
  --need.of(more);
  ++need.of(less);
}

// Exchanges residents between bands within buurten until the city's bands are as published.
void balance_bands(const CityFiles& files, std::vector<BuurtPlan>& plans, BandNeed& need) {
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = 0; i < plans.size(); ++i) {
      const int more = neediest(need, 1);
      const int less = neediest(need, -1);
      if (need.of(more) <= 0 || need.of(less) >= 0) return;
      exchange_one(files.buurten[i], plans[i], need, more, less);
    }
  }
}

void plan_ages(const CityFiles& files, std::vector<BuurtPlan>& plans) {
  const std::vector<int> population = populations(files);
  BandNeed need;
  for (std::size_t a = 0; a < 4; ++a) need.lacking[a] = files.whole.age[a];
  for (std::size_t i = 0; i < plans.size(); ++i) {
    plans[i].residents = files.buurten[i].age;
    for (int band = 0; band < kAgeBands; ++band) need.of(band) -= files.buurten[i].age[static_cast<std::size_t>(band)];
  }
  for (std::size_t i = 0; i < plans.size(); ++i) {
    for (int gap = population[i] - sum(plans[i].residents); gap != 0; gap += gap < 0 ? 1 : -1)
      move_one(files.buurten[i], plans[i], need, gap < 0 ? -1 : 1);
  }
  balance_bands(files, plans, need);
}

// Residents in institutions: where population exceeds households times mean size, up to the city's assumed share.
void plan_institutions(const CityFiles& files, std::vector<BuurtPlan>& plans) {
  std::vector<double> least(plans.size());
  std::vector<double> extra(plans.size());
  double forced = 0;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const double persons = sum(plans[i].residents);
    least[i] = std::max(0.0, persons - (files.buurten[i].mean_size + kSizeRoom) * plans[i].households);
    const double most = std::max(0.0, persons - (files.buurten[i].mean_size - kSizeRoom) * plans[i].households);
    extra[i] = least[i] > 1 ? most - least[i] : 0;
    forced += least[i];
  }
  const double room = std::accumulate(extra.begin(), extra.end(), 0.0);
  const double wanted = files.quantities.institution_residents * files.whole.population;
  const double share = room > 0 ? std::clamp((wanted - forced) / room, 0.0, 0.9) : 0.0;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    auto& plan = plans[i];
    const int count = static_cast<int>(least[i] + share * extra[i] + 0.999);
    std::vector<double> weight(kAgeBands);
    constexpr std::array<double, kAgeBands> band_weight = {0.2, 0.3, 0.2, 0.6, 6.0};
    for (std::size_t a = 0; a < kAgeBands; ++a) weight[a] = band_weight[a] * plan.residents[a];
    const auto parts = apportion(count, weight);
    for (std::size_t a = 0; a < kAgeBands; ++a) plan.institution[a] = std::min(parts[a], plan.residents[a]);
  }
}

// Children at home: all below 15, and as many from 15 as families of the usual size ask.
void plan_children(const CityFiles& files, const BuurtMargin& margin, int with_children, BuurtPlan& plan) {
  const auto& q = files.quantities;
  constexpr double kOlderPerYounger = 0.18;  // children of 25-44 at home per child of 15-24, by the shares with parents
  plan.children = {};
  plan.children[0] = plan.residents[0] - plan.institution[0];
  if (with_children == 0) {
    plan.institution[0] = plan.residents[0];
    plan.children[0] = 0;
  }
  const int free = plan.residents[1] - plan.institution[1];
  const double size = q.children_per_household + q.children_per_mean_size * (margin.mean_size - 2.0);
  const double older = std::max({size * with_children - plan.children[0], 0.33 * plan.children[0], 0.0});
  const double most = 0.95 * free;
  const double young = with_children == 0 ? 0 : std::min(most, older / (1 + kOlderPerYounger));
  plan.children[1] = static_cast<int>(young + 0.5);
  double adult = with_children == 0 ? 0 : kOlderPerYounger * young;
  if (young >= most) adult = std::min(0.5 * young, older - young);  // too few of 15-24: more of 25-44 are at home
  const double missing = 1.1 * with_children - plan.children[0] - plan.children[1];
  plan.children[2] = static_cast<int>(std::max(adult, missing) + 0.5);
}

double lone_parent_share(const CityFiles& files, int district) {
  const auto& q = files.quantities;
  const double owners = files.districts[static_cast<std::size_t>(district)].owner - files.whole.owner;
  return files.children.lone_parent_share * (1 - q.lone_parent_gradient * owners / 100);
}

void plan_households(const CityFiles& files, int with_children, BuurtPlan& plan) {
  const auto& q = files.quantities;
  for (std::size_t a = 0; a < kAgeBands; ++a)
    plan.adults[a] = plan.residents[a] - plan.institution[a] - plan.children[a];
  const int lone = static_cast<int>(lone_parent_share(files, plan.district) * with_children + 0.5);
  plan.lone_fathers = static_cast<int>(q.lone_father_share * lone + 0.5);
  plan.lone_mothers = lone - plan.lone_fathers;
  plan.couples_with_children = with_children - lone;
  const int pairs = sum(plan.adults) - plan.households - plan.couples_with_children;
  plan.others = std::clamp(static_cast<int>(q.other_household_share * plan.households + 0.5), 0, std::max(0, pairs));
  plan.couples = std::max(0, pairs - plan.others);
  plan.singles = plan.households - with_children - plan.couples - plan.others;
}

}  // namespace

std::vector<BuurtPlan> plan_buurten(const CityFiles& files) {
  std::vector<BuurtPlan> plans(files.buurten.size());
  std::vector<int> households;
  std::vector<int> with_children;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    plans[i].district = files.district_of(files.buurten[i]);
    households.push_back(files.buurten[i].households);
    with_children.push_back(files.buurten[i].with_children);
  }
  spread_change(households, files.whole.households - std::accumulate(households.begin(), households.end(), 0), 3);
  spread_change(with_children,
                files.whole.with_children - std::accumulate(with_children.begin(), with_children.end(), 0), 3);
  plan_ages(files, plans);
  for (std::size_t i = 0; i < plans.size(); ++i) plans[i].households = households[i];
  plan_institutions(files, plans);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    plan_children(files, files.buurten[i], with_children[i], plans[i]);
    plan_households(files, with_children[i], plans[i]);
  }
  return plans;
}

}  // namespace sleutel::city
