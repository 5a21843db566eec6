#include "sim/engine/panel.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

/// Keeps the panels of all years.
class KeptPanels : public Recorder {
 public:
  void year_done(const YearRecord& r) override {
    REQUIRE(r.panel != nullptr);
    years[{r.scenario, r.replicate, r.year}] = *r.panel;
  }
  std::map<std::tuple<int, int, int>, PanelYear> years;
};

KeptPanels panels(const StudyPlan& plan, int threads = 0, int rows_per_block = 1024) {
  KeptPanels kept;
  Progress progress;
  const std::atomic<bool> stop{false};
  RunOptions options;
  options.threads = threads;
  options.rows_per_block = rows_per_block;
  simulate(plan, options, kept, progress, stop);
  return kept;
}

StudyPlan plan_with_panel(const TinyOptions& options, std::size_t count) {
  StudyPlan plan = tiny_plan(options);
  plan.panel = choose_panel(*plan.start, plan.study.seed, count);
  return plan;
}

bool ascending(const std::vector<std::uint64_t>& ids) { return std::is_sorted(ids.begin(), ids.end()); }

}  // namespace

TEST_CASE("a panel is of residents of the start; a smaller one is part of a larger one") {
  const auto plan = tiny_plan({});
  const auto few = choose_panel(*plan.start, 11, 20), more = choose_panel(*plan.start, 11, 200);
  CHECK(few.size() == 20);
  CHECK(more.size() == 200);
  CHECK(ascending(few));
  CHECK(std::includes(more.begin(), more.end(), few.begin(), few.end()));
  CHECK(choose_panel(*plan.start, 12, 20) != few);
  CHECK(choose_panel(*plan.start, 11, 1 << 20).size() == plan.start->residents.size());
}

TEST_CASE("a panel changes no result", "[law]") {
  const auto without = simulated(tiny_plan({}));
  const auto with = simulated(plan_with_panel({}, 100));
  REQUIRE(with.years.size() == without.years.size());
  for (const auto& [name, year] : without.years) CHECK(with.years.at(name).tally.sums == year.tally.sums);
}

TEST_CASE("a panel has the same bits for any threads and blocks", "[law]") {
  const auto plan = plan_with_panel({.years = 3, .replicates = 3}, 100);
  const auto one = panels(plan, 1), two = panels(plan, 2), cut = panels(plan, 2, 7);
  CHECK(one.years == two.years);
  CHECK(one.years == cut.years);
  StudyPlan alone = plan;
  alone.study.replicates = 1;
  alone.arms.resize(1);
  CHECK(panels(alone, 2).years.at({0, 0, 2}) == one.years.at({0, 0, 2}));
}

TEST_CASE("who lives here at the end of a panel is who is in the city then, with the states that he has") {
  const auto plan = plan_with_panel({.years = 3, .replicates = 1}, 1 << 20);
  const auto kept = panels(plan);
  for (int scenario : {0, 1}) {
    const City city = final_city(plan, scenario, 0, {});
    std::map<std::uint64_t, Row> there;
    for (Row row = 0; row < city.residents.size(); ++row)
      if (city.residents.present(row)) there[city.residents.id[row]] = row;
    const PanelYear& last = kept.years.at({scenario, 0, 2});
    std::set<int> seen;
    for (std::size_t i = 0; i < plan.panel.size(); ++i) {
      const PanelMonth& month = last[i * 12 + 11];
      seen.insert(month.status);
      const auto at = there.find(plan.panel[i]);
      REQUIRE((month.status == PanelMonth::lives_here) == (at != there.end()));
      if (at == there.end()) continue;
      CHECK(month.states == city.residents.states[at->second]);
      CHECK(month.stress_slow == city.residents.stress_slow[at->second]);
      CHECK(month.buurt == city.households.buurt[city.residents.household[at->second]]);
    }
    CHECK(seen == std::set<int>{PanelMonth::lives_here, PanelMonth::died, PanelMonth::moved_out});
  }
}

TEST_CASE("sums of a panel of everybody are the sums of the city, without those who came later") {
  const auto change = [](TinySpec& spec) {
    for (auto& state : spec.states)
      if (state.name == "giving_birth") state.begin = 0;
  };
  TinyOptions options{.years = 2, .replicates = 1};
  options.change = change;
  options.switches.arrivals = false;
  const auto plan = plan_with_panel(options, 1 << 20);
  const auto kept = panels(plan);
  const auto whole = simulated(plan);
  const Model& model = *plan.arms[0].model;
  const int satisfaction = 10, pain = 9;
  REQUIRE(model.outcomes[satisfaction].id == "satisfaction");
  std::int64_t mean = 0, cut = 0, expected_mean = 0, expected_cut = 0, dead = 0, deaths = 0;
  for (int year : {0, 1}) {
    for (const PanelMonth& month : kept.years.at({0, 0, year})) {
      if (month.status != PanelMonth::lives_here) continue;
      if ((month.asked >> satisfaction & 1U) != 0) mean += month.means[1];  // after the utility
      cut += static_cast<std::int64_t>(month.asked & month.outcomes) >> pain & 1;
    }
    const auto& tally = whole.years.at({0, 0, year}).tally;
    for (int cell = 0; cell < tally.shape.cells(); ++cell) {
      expected_mean += tally.at(cell, 2 * satisfaction);
      expected_cut += tally.at(cell, 2 * pain);
    }
    deaths += whole.years.at({0, 0, year}).books.deaths;
  }
  for (std::size_t i = 0; i < plan.panel.size(); ++i)
    dead += kept.years.at({0, 0, 1})[i * 12 + 11].status == PanelMonth::died;
  CHECK(mean == expected_mean);
  CHECK(cut == expected_cut);
  CHECK(dead == deaths);
  CHECK(expected_mean > 0);
  CHECK(expected_cut > 0);
}
