#include <catch2/catch.hpp>
#include <memory>

#include "sim/engine/years.h"
#include "tests/support/digest.h"
#include "tests/support/tiny_plan.h"

// The laws of the engine, over a tiny town with everything in it. Each has a mutant that breaks it (tests/mutants).

namespace sleutel::test {

namespace {

struct Kind {
  int threads = 0;  ///< 0: no threads at all
  int rows_per_block = 1024;
  Isa isa = Isa::scalar;
  bool forgets = false;  ///< makes everything anew each month
};

/// What one run leaves behind.
struct Left {
  City city;
  std::vector<std::vector<std::int64_t>> sums;  ///< by year
  std::vector<Books> books;
  std::vector<Event> events;
};

Left run_tiny(const StudyPlan& plan, int scenario, const Kind& kind) {
  const Arm arm(plan, scenario, kind.isa);
  const Threads threads(std::max(kind.threads, 1));
  Run run(Blocks(kind.rows_per_block, kind.threads == 0 ? nullptr : &threads));
  Left left;
  run.history = &left.events;
  run.start(arm, 0);
  live_years(
      run,
      [&](const YearRecord& record) {
        left.sums.push_back(record.tally->sums);
        left.books.push_back(record.books);
      },
      [&](std::int64_t) {
        if (kind.forgets) {
          count_all_until_now(run);
          run.forget();
        }
        return true;
      });
  std::sort(left.events.begin(), left.events.end(), [](const Event& a, const Event& b) {
    return std::tie(a.month, a.resident, a.state, a.change) < std::tie(b.month, b.resident, b.state, b.change);
  });
  left.city = std::move(run.city);
  return left;
}

void require_same(const Left& a, const Left& b) {
  REQUIRE(a.events == b.events);
  REQUIRE(same_city(a.city, b.city));
  REQUIRE(a.sums == b.sums);
}

}  // namespace

TEST_CASE("what is kept from month to month is what would be made anew", "[law]") {
  const StudyPlan plan = tiny_plan({});
  const Kind kind{0, 1024, best_isa()};
  const Left keeps = run_tiny(plan, 1, kind);
  Kind forgetful = kind;
  forgetful.forgets = true;
  require_same(keeps, run_tiny(plan, 1, forgetful));
}

TEST_CASE("a run does not depend on the number of threads", "[law]") {
  const StudyPlan plan = tiny_plan({});
  const Left one = run_tiny(plan, 1, {});
  require_same(one, run_tiny(plan, 1, {GENERATE(1, 2, 3, 8), 64}));
}

TEST_CASE("sums do not depend on how often they are added to where they are larger than single precision holds",
          "[law]") {
  TinyOptions options;
  options.households = 1200;
  options.years = 1;
  StudyPlan plan = tiny_plan(options);
  auto together = std::make_shared<City>(*plan.start);  // all in one stratum: a mean adds to hundreds of millions
  std::fill(together->residents.stratum_buurt.begin(), together->residents.stratum_buurt.end(), std::uint8_t{0});
  std::fill(together->residents.stratum_income.begin(), together->residents.stratum_income.end(), std::uint8_t{0});
  plan.start = together;
  for (StudyPlan::Arm& arm : plan.arms) {  // indices that are no round numbers
    auto odd = std::make_shared<Model>(*arm.model);
    std::int32_t more = 0;
    for (Lanes& lanes : odd->responses.base)
      for (auto& index : lanes.at) index += more += 37;
    arm.model = odd;
  }
  const Left one = run_tiny(plan, 1, {});
  const auto largest = [](const std::vector<std::int64_t>& year) {
    return *std::max_element(year.begin(), year.end());
  };
  REQUIRE(largest(one.sums.front()) > (std::int64_t{1} << 28));
  Kind monthly{0, 1024, best_isa()};  // adds each month what the other adds when it changes
  monthly.forgets = true;
  REQUIRE(run_tiny(plan, 1, monthly).sums == one.sums);
  REQUIRE(run_tiny(plan, 1, {GENERATE(2, 8), 64}).sums == one.sums);
}

TEST_CASE("a run does not depend on the block size", "[law]") {
  const StudyPlan plan = tiny_plan({});
  const Left whole = run_tiny(plan, 1, {});
  require_same(whole, run_tiny(plan, 1, {0, GENERATE(1, 7, 64, 999)}));
}

TEST_CASE("a run does not depend on the form of the kernel", "[law]") {
  const StudyPlan plan = tiny_plan({});
  const auto scalar = run_tiny(plan, 1, {0, 1024, Isa::scalar});
  for (const Isa isa : {Isa::avx2, Isa::avx512})
    if (isa <= best_isa()) require_same(scalar, run_tiny(plan, 1, {0, 1024, isa}));
}

TEST_CASE("the same seed gives the same result, another seed another", "[law]") {
  StudyPlan plan = tiny_plan({});
  const Left once = run_tiny(plan, 0, {});
  require_same(once, run_tiny(plan, 0, {}));
  ++plan.study.seed;
  REQUIRE(run_tiny(plan, 0, {}).events != once.events);
}

TEST_CASE("simulate gives the same sums for any options", "[law]") {
  const StudyPlan plan = tiny_plan({});
  const Kept one = simulated(plan, {1, 1024, "scalar", 0, {}, {}});
  const Kept two = simulated(plan, {2, 7, "", 0, {}, {}});
  REQUIRE(one.years.size() == 8);
  for (const auto& [where, year] : one.years) REQUIRE(year.tally.sums == two.years.at(where).tally.sums);
}

TEST_CASE("nobody is lost, and nobody is counted twice", "[law]") {
  TinyOptions options;
  options.years = 4;
  const StudyPlan plan = tiny_plan(options);
  for (const auto& [where, year] : simulated(plan).years) {
    const Books& b = year.books;
    REQUIRE(b.before + b.births + b.arrivals - b.deaths - b.departures == b.after);
    REQUIRE(b.deaths > 0);
  }
}

TEST_CASE("books and outcomes count the same deaths and births", "[law]") {
  const StudyPlan plan = tiny_plan({});
  for (const auto& [where, year] : simulated(plan).years) {
    std::int64_t deaths = 0, births = 0;
    for (int cell = 0; cell < year.tally.shape.cells(); ++cell) {
      deaths += year.tally.at(cell, 2 * 4);
      births += year.tally.at(cell, 2 * 5);
    }
    REQUIRE(deaths == year.books.deaths);
    REQUIRE(births == year.books.births);
  }
}

TEST_CASE("a programme without effect changes no bit besides its places and money", "[law]") {
  TinyOptions options;
  options.programme_ratio = 1;
  const StudyPlan plan = tiny_plan(options);
  const Left base = run_tiny(plan, 0, {});
  const Left help = run_tiny(plan, 1, {});
  REQUIRE(base.events == help.events);
  REQUIRE(base.sums == help.sums);
  City city = help.city;
  REQUIRE(city.residents.considered != base.city.residents.considered);  // it did decide
  city.residents.programmes = base.city.residents.programmes;
  city.residents.considered = base.city.residents.considered;
  REQUIRE(same_city(city, base.city));
}

TEST_CASE("a programme with an effect changes something", "[law]") {
  const StudyPlan plan = tiny_plan({});
  REQUIRE(run_tiny(plan, 0, {}).events != run_tiny(plan, 1, {}).events);
}

TEST_CASE("money spent is starts times cost", "[law]") {
  std::int64_t starts = 0;
  for (const auto& [where, year] : simulated(tiny_plan({})).years) {
    const ProgrammeYear& books = year.programmes.at(0);
    REQUIRE(books.cents == books.starts * 240000);
    REQUIRE(books.months >= books.starts);
    REQUIRE(books.eligible_months >= books.starts);
    REQUIRE((std::get<0>(where) == 1 || books.starts == 0));
    starts += books.starts;
  }
  REQUIRE(starts > 0);
}

TEST_CASE("a state that does nothing changes no other bit", "[law]") {
  TinyOptions with;
  with.change = [](TinySpec& spec) {
    TinyState idle;
    idle.name = "idle";
    idle.draw = 15;
    idle.begin = 0.5;
    idle.end = 0.5;
    spec.states.push_back(idle);
    idle.name = "idle_too";
    idle.draw = 70;
    spec.states.push_back(idle);
  };
  const StudyPlan plain_plan = tiny_plan({}), plan = tiny_plan(with);
  const Left plain = run_tiny(plain_plan, 1, {});
  const Left more = run_tiny(plan, 1, {});
  const Model& model = *plan.arms[1].model;
  std::vector<Event> events;
  for (Event event : more.events) {
    const std::string& name = model.states[static_cast<std::size_t>(event.state)].name;
    if (name == "idle" || name == "idle_too") continue;
    event.state = static_cast<std::int16_t>(plain_plan.arms[1].model->state(name));
    events.push_back(event);
  }
  REQUIRE(events.size() < more.events.size());
  REQUIRE(events == plain.events);
  REQUIRE(more.sums == plain.sums);
  REQUIRE(more.city.residents.stress_slow == plain.city.residents.stress_slow);
}

TEST_CASE("re-sorting the rows changes nothing", "[law]") {
  const StudyPlan plan = tiny_plan({});
  const Arm arm(plan, 1, Isa::scalar);
  Run sorted(Blocks(64, nullptr)), straight(Blocks(64, nullptr));
  std::vector<Event> often, never;
  sorted.history = &often;
  straight.history = &never;
  for (Run* run : {&sorted, &straight}) {
    run->start(arm, 0);
    run->open_year();
  }
  const auto by_name = [](const Event& a, const Event& b) {
    return std::tie(a.month, a.resident, a.state, a.change) < std::tie(b.month, b.resident, b.state, b.change);
  };
  for (int month = 0; month < 18; ++month) {
    advance(sorted);
    advance(straight);
    if (month % 2 == 0) resort(sorted);
  }
  std::sort(often.begin(), often.end(), by_name);
  std::sort(never.begin(), never.end(), by_name);
  REQUIRE(often == never);
  REQUIRE(portraits(sorted.city) == portraits(straight.city));
}

TEST_CASE("yesterday is read, today is written", "[law]") {
  TinyOptions options;
  options.households = 200;
  options.years = 1;
  options.switches.life_events = false;
  options.change = [](TinySpec& spec) {  // everybody is lonely at once, and debt is near certain for who is lonely
    spec.edges = {{"lonely", "problem_debt", Change::begin, 100}};
    spec.state("lonely") = {"lonely", 8, Level::resident, 1e4, 0, 0, 200};
    spec.state("problem_debt") = {"problem_debt", 32, Level::household, 1.2, 0, 0, 200};
  };
  const StudyPlan plan = tiny_plan(options);
  const Model& model = *plan.arms[0].model;
  const auto n = static_cast<double>(plan.start->residents.size());
  std::map<int, int> lonely, debt;  // residents in whom it begins, by month
  for (const Event& event : run_tiny(plan, 0, {}).events) {
    if (event.state == model.state("lonely")) ++lonely[event.month];
    if (event.state == model.state("problem_debt")) ++debt[event.month];
  }
  REQUIRE(lonely[0] > 0.99 * n);
  REQUIRE(debt[0] < 0.2 * n);  // one in ten, as if nobody were lonely
  REQUIRE(debt[1] > 0.7 * n);
}

TEST_CASE("a rate is not a chance: a constant hazard gives its survival", "[law]") {
  TinyOptions options;
  options.households = 2000;
  options.years = 2;
  options.switches.life_events = false;
  options.change = [](TinySpec& spec) {
    spec.edges.clear();
    spec.state("smoking") = {"smoking", 9, Level::resident, 6, 0, 0, 200};
    spec.state("death").begin = 1e-9;
  };
  const StudyPlan plan = tiny_plan(options);
  const auto n = static_cast<double>(plan.start->residents.size());
  std::vector<int> begun(24, 0);
  for (const Event& event : run_tiny(plan, 0, {}).events)
    if (event.state == plan.arms[0].model->state("smoking")) ++begun[static_cast<std::size_t>(event.month)];
  // Six a year: 1 - exp(-1/2) = 0.3935 in the first month, not 0.5. Four standard errors: one false alarm in 16,000.
  REQUIRE(begun[0] / n == Approx(0.39347).margin(4 * 0.4886 / 65));
  REQUIRE(n > 65 * 65);
}

}  // namespace sleutel::test
