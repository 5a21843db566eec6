#include <array>
#include <cmath>
#include <iostream>

#include "tests/leiden/leiden_plan.h"

// The start state is one that the running city keeps: with life events on, no state's prevalence, standardised by age
// and sex, moves more than 2% of itself, or two standard errors, in the first year (DESIGN 2).

namespace sleutel::test {
namespace {

constexpr int kOld = 90;  ///< ages from here on are one

struct Counts {
  std::array<std::array<double, 2>, kOld + 1> all{};
  std::vector<std::array<std::array<double, 2>, kOld + 1>> having;  ///< [state]
};

Counts counted(const City& city, const Model& model, int month) {
  Counts counts;
  counts.having.resize(model.states.size());
  for (Row row = 0; row < city.residents.size(); ++row) {
    if (!city.residents.present(row)) continue;
    const auto age = static_cast<std::size_t>(std::clamp(city.residents.age_months(row, month) / 12, 0, kOld));
    const auto sex = static_cast<std::size_t>(city.residents.sex[row]);
    ++counts.all[age][sex];
    for (std::size_t state = 0; state < model.states.size(); ++state)
      counts.having[state][age][sex] += city.residents.states[row].test(static_cast<int>(state));
  }
  return counts;
}

/// Prevalence of a state in the population by age and sex of the start.
double standardised(const Counts& now, const Counts& start, std::size_t state) {
  double sum = 0, people = 0;
  for (std::size_t age = 0; age <= kOld; ++age)
    for (std::size_t sex = 0; sex < 2; ++sex) {
      if (now.all[age][sex] == 0) continue;
      sum += start.all[age][sex] * now.having[state][age][sex] / now.all[age][sex];
      people += start.all[age][sex];
    }
  return sum / people;
}

struct Drift {
  std::string state;
  double start = 0;   ///< prevalence [share of residents]
  double change = 0;  ///< in the first year [share of itself]
  double error = 0;   ///< standard error of change, by the luck of the past and of the year
  bool small() const { return std::abs(change) <= std::max(0.02, 2 * error); }
};

/// Standard error of a prevalence at the start: states of households come in households.
double luck_of_start(const Counts& start, const Model& model, std::size_t state) {
  double holders = 0;
  for (const auto& of_age : start.having[state]) holders += of_age[0] + of_age[1];
  const double together = model.states[state].level == Level::household ? 2.5 : 1;
  return holders > 0 ? std::sqrt(together / holders) : 0;
}

/// First-year drift of every state from each of these starts, `replicates` years from each.
std::vector<Drift> drifts(StudyPlan plan, const std::vector<std::shared_ptr<const City>>& starts, int replicates) {
  const Model& model = *plan.arms[0].model;
  const std::size_t states = model.states.size();
  std::vector<std::vector<double>> change(states), before(states);
  std::vector<double> luck(states);
  for (const auto& start : starts) {
    plan.start = start;
    const Counts first = counted(*start, model, 0);
    std::vector<double> moved(states);
    for (int replicate = 0; replicate < replicates; ++replicate) {
      OneRun one(plan, 0, replicate);
      while (one.run.month < 12) {
        until_transitions(one.run);
        rest_of_month(one.run);
      }
      const Counts last = counted(one.run.city, model, 12);
      for (std::size_t s = 0; s < states; ++s)
        moved[s] += (standardised(last, first, s) - standardised(first, first, s)) / replicates;
    }
    for (std::size_t s = 0; s < states; ++s) {
      change[s].push_back(moved[s]);
      before[s].push_back(standardised(first, first, s));
      luck[s] = luck_of_start(first, model, s);
    }
  }
  std::vector<Drift> found;
  for (std::size_t s = 0; s < states; ++s) {
    const double base = mean_of(before[s]).mean;
    if (base == 0) continue;
    const Mean moved = mean_of(change[s]);
    const double error = starts.size() > 1 ? moved.error / base : luck[s];
    found.push_back({model.states[s].name, base, moved.mean / base, error});
  }
  return found;
}

std::shared_ptr<const City> another(const StudyPlan& plan, std::uint64_t seed) {
  static const City made = make_city(read_city_files(SLEUTEL_SOURCE_DIR "/scenarios/leiden"), 1);
  Start found;
  found.model = *plan.arms[0].model;
  found.city = *plan.start;
  return std::make_shared<const City>(another_past(found, made, plan.flows, seed, {}));
}

void check(const std::vector<Drift>& all) {
  REQUIRE(all.size() > 15);
  for (const Drift& drift : all) {
    std::cout << "  " << drift.state << ": " << 100 * drift.start << "%, " << 100 * drift.change << "% (se "
              << 100 * drift.error << ")\n";
    INFO(drift.state << " moves by " << drift.change << ", standard error " << drift.error);
    CHECK(drift.small());
  }
}

}  // namespace

TEST_CASE("no state drifts in the first year") {
  const StudyPlan& plan = whole_leiden();
  check(drifts(plan, {plan.start}, 4));
}

TEST_CASE("no state drifts in the first year, over several pasts", "[long]") {
  const StudyPlan& plan = whole_leiden();
  std::vector<std::shared_ptr<const City>> starts;
  for (std::uint64_t seed = 101; seed <= 110; ++seed) starts.push_back(another(plan, seed));
  check(drifts(plan, starts, 10));
}

TEST_CASE("a start that the city does not keep is noticed") {
  const StudyPlan& plan = whole_leiden();
  const Model& model = *plan.arms[0].model;
  auto wrong = std::make_shared<City>(*plan.start);
  const int separated = model.state("separated");
  for (Row row = 0; row < wrong->residents.size(); row += 4) wrong->residents.states[row].reset(separated);
  for (const Drift& drift : drifts(plan, {wrong}, 1))
    if (drift.state == "separated") CHECK(!drift.small());
}

}  // namespace sleutel::test
