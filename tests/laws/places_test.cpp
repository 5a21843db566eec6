// Laws of places and money, over a tiny town with two programmes that share a budget.
#include <catch2/catch.hpp>
#include <memory>

#include "sim/engine/years.h"
#include "tests/support/digest.h"
#include "tests/support/tiny_plan.h"

namespace sleutel::test {

namespace {

constexpr int kPlaces = 12;
constexpr std::int64_t kBudget = 6000000;  // [EUR cent] a year

/// The tiny plan with a second programme, few places in the first, and one payer with a budget of a year for both.
StudyPlan scarce_plan(double ratio = 2) {
  TinyOptions options;
  options.households = 600;
  options.years = 3;
  options.programme_ratio = ratio;
  StudyPlan plan = tiny_plan(options);
  Programme& first = plan.programmes[0];
  first.cost_cents_per_month = 5001;
  first.cost_cents_per_year = 100003;
  first.stops = 0.05;
  first.pays = {};
  first.pays[static_cast<std::size_t>(Payer::municipality)] = 6667;
  first.pays[static_cast<std::size_t>(Payer::fund)] = 3333;
  Programme second = first;
  second.id = "talks";
  second.draw = 5;
  second.who = {};
  second.who.any = tiny::mask_of(*plan.arms[0].model, {"lonely"});
  second.months = 0;
  second.while_eligible = true;
  plan.programmes.push_back(second);
  StudyPlan::Arm& arm = plan.arms[1];
  arm.programmes[0].places = kPlaces;
  arm.programmes.push_back({1, 0.7, 0, 1 << 30});
  for (int year = 0; year < 3; ++year) {
    Budget budget;
    budget.payer = Payer::municipality;
    budget.from_month = 12 * year;
    budget.until_month = 12 * (year + 1);
    budget.cents = kBudget;
    arm.budgets.push_back(budget);
  }
  return plan;
}

struct Lived {
  std::vector<std::vector<ProgrammeYear>> programmes;  ///< by year
  std::vector<std::vector<BudgetYear>> budgets;
  std::vector<Event> events;
  int most_at_once = 0;  ///< in the first programme
  City city;
};

Lived live(const StudyPlan& plan, int scenario, int threads = 0, int rows_per_block = 1024) {
  const Arm arm(plan, scenario, Isa::scalar);
  const Threads team(std::max(threads, 1));
  Run run(Blocks(rows_per_block, threads == 0 ? nullptr : &team));
  Lived lived;
  run.history = &lived.events;
  run.start(arm, 0);
  live_years(
      run,
      [&](const YearRecord& record) {
        lived.programmes.push_back(*record.programmes);
        lived.budgets.push_back(*record.budgets);
      },
      [&](std::int64_t) {
        int now = 0;
        for (Row row = 0; row < run.city.residents.size(); ++row)
          now += run.city.residents.present(row) && (run.city.residents.programmes[row] & 1U) != 0;
        lived.most_at_once = std::max(lived.most_at_once, now);
        return true;
      });
  std::sort(lived.events.begin(), lived.events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.month, a.resident, a.state, a.change) < std::tie(b.month, b.resident, b.state, b.change);
  });
  lived.city = std::move(run.city);
  return lived;
}

template <class Record>
bool same_bytes(const std::vector<std::vector<Record>>& one, const std::vector<std::vector<Record>>& other) {
  if (one.size() != other.size()) return false;
  for (std::size_t i = 0; i < one.size(); ++i)
    if (one[i].size() != other[i].size() ||
        std::memcmp(one[i].data(), other[i].data(), one[i].size() * sizeof(Record)) != 0)
      return false;
  return true;
}

void require_same(const Lived& a, const Lived& b) {
  REQUIRE(same_bytes(a.programmes, b.programmes));
  REQUIRE(same_bytes(a.budgets, b.budgets));
  REQUIRE(a.events == b.events);
  REQUIRE(same_city(a.city, b.city));
}

std::int64_t sum_of(const Lived& lived, int programme, std::int64_t ProgrammeYear::*field) {
  std::int64_t sum = 0;
  for (const auto& year : lived.programmes) sum += year[static_cast<std::size_t>(programme)].*field;
  return sum;
}

}  // namespace

TEST_CASE("there are never more participants than places", "[law]") {
  const Lived lived = live(scarce_plan(), 1);
  REQUIRE(lived.most_at_once == kPlaces);  // and all places were taken at some time
  REQUIRE(sum_of(lived, 0, &ProgrammeYear::starts) > kPlaces);
}

TEST_CASE("who applied started, gave up or waits; who started finished, stopped or takes part", "[law]") {
  const Lived lived = live(scarce_plan(), 1);
  for (std::size_t programme = 0; programme < 2; ++programme) {
    ProgrammeYear sum;
    for (const auto& year : lived.programmes) {
      const ProgrammeYear& one = year[programme];
      sum.applied += one.applied, sum.starts += one.starts, sum.gave_up += one.gave_up;
      sum.finished += one.finished, sum.stopped += one.stopped;
      REQUIRE(sum.applied == sum.starts + sum.gave_up + one.waiting);
      REQUIRE(sum.starts == sum.finished + sum.stopped + one.taking_part);
    }
    REQUIRE(sum.starts > 0);
    REQUIRE(sum.gave_up > 0);
    REQUIRE(sum.stopped > 0);
  }
}

TEST_CASE("no budget is overspent, and what is spent is what was paid, to the cent", "[law]") {
  const StudyPlan plan = scarce_plan();
  const Lived lived = live(plan, 1);
  constexpr auto town = static_cast<std::size_t>(Payer::municipality);
  std::int64_t by_budgets = 0, by_programmes = 0, turned_down = 0;
  std::vector<std::int64_t> spent(3, 0);
  for (std::size_t year = 0; year < 3; ++year) {
    for (std::size_t i = 0; i < 3; ++i) {
      const BudgetYear& budget = lived.budgets[year][i];
      spent[i] += budget.spent;
      by_budgets += budget.spent;
      turned_down += budget.turned_down;
      REQUIRE(budget.promised >= 0);
      REQUIRE(budget.left >= 0);
      REQUIRE(spent[i] + budget.promised + budget.left == kBudget);
    }
    for (std::size_t programme = 0; programme < 2; ++programme) {
      const ProgrammeYear& one = lived.programmes[year][programme];
      const Programme& what = plan.programmes[programme];
      std::int64_t paid = 0;
      for (const std::int64_t cents : one.cents_by_payer) paid += cents;
      REQUIRE(paid == one.cents);
      std::int64_t fixed = what.cost_cents_per_year;
      if (programme == 0 && year == 0) {
        fixed = 0;  // it is offered from the fourth month on
        for (int month = 3; month < 12; ++month) fixed += cents_of_month(what.cost_cents_per_year, month);
      }
      REQUIRE(one.cents == one.starts * what.cost_cents_per_start + one.months * what.cost_cents_per_month + fixed);
      by_programmes += one.cents_by_payer[town];
    }
  }
  REQUIRE(by_budgets == by_programmes);
  REQUIRE(turned_down > 0);  // the money did run out
  const std::int64_t one_start = divided(plan.programmes[0].cost_cents_per_start, plan.programmes[0].pays)[town];
  REQUIRE(lived.budgets[0][0].left < 12 * one_start);  // and most of it was spent
}

TEST_CASE("places and money depend on no number of threads and no block size", "[law]") {
  const StudyPlan plan = scarce_plan();
  const Lived one = live(plan, 1);
  require_same(one, live(plan, 1, GENERATE(1, 2, 3, 8), 64));
  require_same(one, live(plan, 1, 0, GENERATE(1, 7, 999)));
}

TEST_CASE("the order of the programmes in a scenario changes nothing", "[law]") {
  StudyPlan plan = scarce_plan();
  const Lived as_written = live(plan, 1);
  std::reverse(plan.arms[1].programmes.begin(), plan.arms[1].programmes.end());
  require_same(as_written, live(plan, 1));
}

TEST_CASE("a scarce programme without effect changes nothing but places and money", "[law]") {
  const StudyPlan plan = scarce_plan(1);
  const Lived with = live(plan, 1), without = live(plan, 0);
  REQUIRE(with.events == without.events);
  REQUIRE(sum_of(with, 0, &ProgrammeYear::cents) > 0);
  REQUIRE(sum_of(without, 0, &ProgrammeYear::cents) == 0);
}

TEST_CASE("double cost is double cost", "[law]") {
  StudyPlan plan = scarce_plan();
  plan.arms[1].budgets.clear();
  for (Programme& programme : plan.programmes) programme.cost_cents_per_year = 120000;  // whole cents a month
  const Lived once = live(plan, 1);
  for (Programme& programme : plan.programmes) {
    programme.cost_cents_per_start *= 2;
    programme.cost_cents_per_month *= 2;
    programme.cost_cents_per_year *= 2;
  }
  const Lived twice = live(plan, 1);
  REQUIRE(once.events == twice.events);
  for (int programme = 0; programme < 2; ++programme)
    REQUIRE(sum_of(twice, programme, &ProgrammeYear::cents) == 2 * sum_of(once, programme, &ProgrammeYear::cents));
}

TEST_CASE("double money and double cost buy the same places", "[law]") {
  StudyPlan plan = scarce_plan();
  for (Programme& programme : plan.programmes) {  // so that halves of a cent play no part
    programme.pays = {kWholeBill};
    programme.cost_cents_per_year = 120000;
  }
  const Lived once = live(plan, 1);
  for (Programme& programme : plan.programmes) {
    programme.cost_cents_per_start *= 2;
    programme.cost_cents_per_month *= 2;
    programme.cost_cents_per_year *= 2;
  }
  for (Budget& budget : plan.arms[1].budgets) budget.cents *= 2;
  const Lived twice = live(plan, 1);
  REQUIRE(once.events == twice.events);
  REQUIRE(sum_of(once, 1, &ProgrammeYear::starts) == sum_of(twice, 1, &ProgrammeYear::starts));
}

}  // namespace sleutel::test
