#include "sim/trace/life.h"

#include <catch2/catch.hpp>

#include "sim/engine/hazards.h"
#include "sim/trace/watch.h"
#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

constexpr int kWatched = 40;  ///< residents of the tiny town

std::vector<std::uint64_t> some_residents(const StudyPlan& plan) {
  std::vector<std::uint64_t> ids;
  for (Row row = 0; row < plan.start->residents.size() && ids.size() < kWatched; row += 7)
    ids.push_back(plan.start->residents.id[row]);
  return ids;
}

bool same(const Entry& a, const Entry& b) {
  return a.same_as(b) && a.drawn == b.drawn && a.stage == b.stage && a.hazard.open == b.hazard.open &&
         a.hazard.base == b.hazard.base && a.hazard.terms == b.hazard.terms && a.hazard.clipped == b.hazard.clipped;
}

bool same(const Life& a, const Life& b) {
  return a.entries.size() == b.entries.size() &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(),
                    [](const Entry& one, const Entry& other) { return same(one, other); });
}

Change change_of(const Entry& entry) { return entry.kind == Entry::Kind::end ? Change::end : Change::begin; }

/// The model without what the lonely are more likely to get.
void cut_lonely(TinySpec& spec) {
  for (auto& edge : spec.edges)
    if (edge.from == "lonely") edge.ratio = 1;
}

}  // namespace

TEST_CASE("a life has the events of the history of its run, every one, and no others") {
  const auto plan = tiny_plan({});
  const auto history = event_history(plan, 1, 1, {});
  const Follower follower(plan, 1, {});
  std::size_t all = 0;
  for (const std::uint64_t id : some_residents(plan)) {
    std::vector<std::tuple<int, int, Change>> expected, found;
    for (const Event& event : history)
      if (event.resident == id) expected.emplace_back(event.month, event.state, event.change);
    for (const Entry& entry : follower.life(1, id).entries)
      if (entry.drawn) found.emplace_back(entry.month, entry.what, change_of(entry));
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    CHECK(found == expected);
    all += found.size();
  }
  CHECK(all > 50);
}

TEST_CASE("a hazard is that of the matrix: base, terms and programmes together, by another road") {
  const auto plan = tiny_plan({});
  const Follower follower(plan, 0, {});
  int looked_at = 0, raised = 0;
  for (const std::uint64_t id : some_residents(plan)) {
    const Life life = follower.life(0, id);
    for (const Entry& entry : life.entries) {
      if (!entry.drawn) continue;
      const auto level = static_cast<std::size_t>(entry.level);
      const kernel::Unit& unit = life.drawn_from[static_cast<std::size_t>(entry.month)].units[level];
      const double expected = hazard_of(follower.arm().model.matrix[level], follower.arm().matrix[level], unit,
                                        entry.what, change_of(entry));
      CHECK(expected > 0);
      CHECK(entry.hazard.per_year() == Approx(expected).epsilon(1e-12));
      double product = entry.hazard.base_per_year(), shares = 0;
      for (const Term& term : entry.hazard.terms) {
        product *= entry.hazard.factor(term);
        shares += entry.hazard.share(term);
      }
      if (entry.hazard.clipped == 0) CHECK(product == Approx(expected).epsilon(1e-9));
      const bool any = !entry.hazard.raised_most(1).empty();
      CHECK(shares == Approx(any ? 1 : 0));
      raised += any;
      ++looked_at;
    }
  }
  CHECK(looked_at > 50);
  CHECK(raised > 20);
}

TEST_CASE("an edge that is cut is no longer among the causes, and the hazard is lower by just that factor") {
  TinyOptions cut;
  cut.change = cut_lonely;
  const auto plan = tiny_plan({}), without = tiny_plan(cut);
  const Follower follower(plan, 0, {}), other(without, 0, {});
  const int depressed = plan.arms[0].model->state("depressed"), lonely = plan.arms[0].model->state("lonely");
  const auto names_lonely = [](const Hazard& hazard) {
    return std::count_if(hazard.terms.begin(), hazard.terms.end(),
                         [](const Term& term) { return term.name == "lonely"; });
  };
  int asked = 0;
  for (const std::uint64_t id : some_residents(plan)) {
    const Life life = follower.life(0, id);
    for (const MonthOfUnits& month : life.drawn_from) {
      if (!month.is[0] || !month.units[0].states.test(lonely)) continue;
      const Hazard full = hazard_at(follower.arm(), month.units[0], Level::resident, depressed, Change::begin);
      const Hazard less = hazard_at(other.arm(), month.units[0], Level::resident, depressed, Change::begin);
      if (!full.open || full.clipped != 0) continue;
      CHECK(names_lonely(full) == 1);
      CHECK(names_lonely(less) == 0);
      CHECK(full.per_year() / less.per_year() == Approx(1.5).epsilon(1e-5));
      const auto differ = differences(full, less);
      REQUIRE(differ.size() == 1);
      CHECK(differ[0].name == "lonely");
      ++asked;
    }
  }
  CHECK(asked > 20);
}

TEST_CASE("threads, blocks and the form of the kernel change nothing in a life", "[law]") {
  const auto plan = tiny_plan({});
  const Follower follower(plan, 1, {});
  for (const std::uint64_t id : {some_residents(plan)[3], some_residents(plan)[11]}) {
    const Life life = follower.life(0, id);
    REQUIRE(!life.entries.empty());
    CHECK(same(follower.life(0, id), life));
    for (const auto& [threads, rows, isa] :
         std::vector<std::tuple<int, int, std::string>>{{1, 1024, ""}, {3, 7, ""}, {2, 64, "scalar"}}) {
      RunOptions options;
      options.threads = threads;
      options.rows_per_block = rows;
      options.isa = isa;
      CHECK(same(Follower(plan, 1, options).life(0, id), life));
    }
    CHECK(!same(follower.life(1, id), life));
  }
}
