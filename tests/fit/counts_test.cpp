// Who is asked what, and when: in a tiny town in which nothing happens, and against the event history of one in which
// everything does.
#include "sim/fit/counts.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/fit/fit.h"
#include "sim/fit/measure.h"
#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

/// Nothing begins, ends or moves.
void freeze(TinySpec& spec) {
  for (TinyState& state : spec.states) state.begin = state.end = 0;
  spec.state("problem_debt").end = 1;  // the programme acts on it; nobody has it
  spec.edges.clear();
}

/// Households 0 to 5 of the town: two who live alone, two couples, a couple with one child, a couple with two. Of the
/// adults every first of a household is lonely, every second smokes.
StudyPlan still_town() {
  TinyOptions options;
  options.households = 6;
  options.years = 2;
  options.replicates = 1;
  options.change = freeze;
  options.switches.arrivals = options.switches.life_events = options.switches.competition = false;
  StudyPlan plan = tiny_plan(options);
  City city = *plan.start;
  const Model& model = *plan.arms[0].model;
  Residents& residents = city.residents;
  for (Row home = 0; home < city.households.count(); ++home) {
    const Row first = city.households.first_member[home];
    residents.states[first].set(model.state("lonely"));
    for (Row row = first; row != kNone; row = residents.next_in_household[row]) residents.birth_month[row] = -12 * 40;
    if (residents.partner[first] != kNone) residents.states[residents.partner[first]].set(model.state("smoking"));
    for (Row row = first; row != kNone; row = residents.next_in_household[row])
      if (residents.is(row, kChildAtHome)) residents.birth_month[row] = -12 * 8;
    city.households.student_house[home] = 0;
  }
  plan.start = std::make_shared<const City>(std::move(city));
  return plan;
}

struct Asker {
  explicit Asker(const StudyPlan& of) : plan(of), model(*of.arms[0].model) {}

  Clause clause(const std::vector<std::string>& all, const std::vector<std::string>& none = {}) const {
    Clause made;
    for (const std::string& name : all) {
      if (model.state(name) >= 0) made.who.all.set(model.state(name));
      for (int trait = 0; trait < kTraits; ++trait)
        if (name == kTraitNames[static_cast<std::size_t>(trait)]) made.who.traits_all |= std::uint64_t{1} << trait;
    }
    for (const std::string& name : none) made.who.none.set(model.state(name));
    return made;
  }
  Clause adults() const {
    Clause made;
    made.who.age_from = 18;
    return made;
  }
  CountsOfSide counted(const PublishedFigure& figure) const {
    const Arm arm(plan, 0, chosen_isa(""));
    return count_figures(arm, 0, {figure}).side[0];
  }
  double asked(const PublishedFigure& figure) const { return value_of(figure, model, counted(figure), {}); }
  double share(const Clause& among, const Clause& of, bool households = false, int after_months = 0) const {
    PublishedFigure figure;
    figure.side.among = among;
    figure.side.of = of;
    figure.side.households = households;
    figure.side.after_months = after_months;
    return asked(figure);
  }

  const StudyPlan& plan;
  const Model& model;
};

std::int64_t total(const CountsOfSide& counts, std::int64_t CellOfSide::*what) {
  std::int64_t sum = 0;
  for (const CellOfSide& cell : counts) sum += cell.*what;
  return sum;
}

}  // namespace

TEST_CASE("shares of persons and of households, by hand") {
  const StudyPlan plan = still_town();
  const Asker ask(plan);
  // Ten adults: two alone, four couples. Six are lonely, four smoke; three children.
  CHECK(ask.share(ask.adults(), ask.clause({"lonely"})) == Approx(6.0 / 10));
  CHECK(ask.share({}, ask.clause({"lonely"})) == Approx(6.0 / 13));
  CHECK(ask.share(ask.clause({"partnered"}), ask.clause({"smoking"})) == Approx(0.5));
  CHECK(ask.share(ask.clause({"lives_alone"}), ask.clause({"lonely"})) == Approx(1));
  CHECK(ask.share({}, ask.clause({"lives_alone"}), true) == Approx(2.0 / 6));
  CHECK(std::isnan(ask.share(ask.clause({"depressed"}), ask.clause({"lonely"}))));
}

TEST_CASE("partners and members of the household, by hand") {
  const StudyPlan plan = still_town();
  const Asker ask(plan);
  Clause partner_smokes, child_home, nobody_smokes;
  partner_smokes.partner = {ask.clause({"smoking"})};
  child_home.members = {ask.clause({"child_at_home"})};
  nobody_smokes.no_members = {ask.clause({"smoking"}), ask.clause({"child_at_home"})};
  CHECK(ask.share(ask.clause({"lonely"}), partner_smokes) == Approx(4.0 / 6));
  CHECK(ask.share({}, child_home, true) == Approx(2.0 / 6));
  CHECK(ask.share({}, nobody_smokes, true) == Approx(2.0 / 6));
  Clause both = ask.clause({});
  both.lacks.set(ask.model.state("lonely"));
  both.lacks.set(ask.model.state("smoking"));
  CHECK(ask.share(ask.adults(), both) == Approx(1));  // nobody has both
}

TEST_CASE("December of every year, and the same persons some months later") {
  const StudyPlan plan = still_town();
  const Asker ask(plan);
  PublishedFigure figure;
  figure.side.among = ask.clause({"lonely"});
  figure.side.of = ask.clause({"lonely"});
  CHECK(total(ask.counted(figure), &CellOfSide::asked) == 2 * 6);
  figure.side.after_months = 3;  // of the second December there is no March any more
  CHECK(total(ask.counted(figure), &CellOfSide::asked) == 6);
  CHECK(ask.share(ask.clause({"lonely"}), ask.clause({"lonely"}), false, 12) == Approx(1));
  CHECK(ask.share(ask.clause({"lonely"}), ask.clause({}, {"lonely"}), false, 12) == Approx(0));
}

TEST_CASE("beginnings and person-months are those of the event history") {
  TinyOptions options;
  options.replicates = 1;
  const StudyPlan plan = tiny_plan(options);
  const Asker ask(plan);
  for (const char* name : {"lonely", "death", "giving_birth", "separating"}) {
    const int state = ask.model.state(name);
    std::int64_t events = 0;
    for (const Event& event : event_history(plan, 0, 0, {}))
      events += event.state == state && event.change == Change::begin ? 1 : 0;
    PublishedFigure figure;
    figure.measure = FigureMeasure::rate;
    figure.side.begins = state;
    const CountsOfSide counts = ask.counted(figure);
    CHECK(total(counts, &CellOfSide::events) == events);
    CHECK(events > 0);
  }
}

TEST_CASE("who stays so a year later, near what the rate of ending says", "[law]") {
  TinyOptions options;
  options.households = 3000;
  options.replicates = 1;
  options.years = 3;
  options.change = [](TinySpec& spec) {
    freeze(spec);
    spec.state("lonely").begin = 0.3;
    spec.state("lonely").end = 0.7;
  };
  options.switches.arrivals = options.switches.life_events = options.switches.competition = false;
  const StudyPlan plan = tiny_plan(options);
  const Asker ask(plan);
  // Two states with constant rates: still so after a year is p + (1 - p) exp(-(0.3 + 0.7)), p = 0.3.
  // About 4,000 are asked: a standard error of 0.008; four of them are passed by chance once in 16,000.
  const double stays = 0.3 + 0.7 * std::exp(-1.0);
  CHECK(std::abs(ask.share(ask.clause({"lonely"}), ask.clause({"lonely"}), false, 12) - stays) < 0.032);
  CHECK(std::abs(ask.share(ask.clause({"lonely"}), ask.clause({"lonely"}), false, 12) - 0.7) > 0.032);
}

TEST_CASE("threads change nothing") {
  TinyOptions options;
  options.replicates = 3;
  const StudyPlan plan = tiny_plan(options);
  const Asker ask(plan);
  FigureList list;
  list.label = kCalibratedOn;
  PublishedFigure figure;
  figure.side.of = ask.clause({"lonely"});
  figure.published = 0.2;
  list.figures = {figure};
  RunOptions one, three;
  one.threads = 1;
  three.threads = 3;
  const Fit alone = fit_figures(plan, list, one);
  CHECK(alone.figures[0].replicates == fit_figures(plan, list, three).figures[0].replicates);
  CHECK(alone.figures[0].low < alone.figures[0].simulated);
  CHECK(alone.figures[0].replicates[0] != alone.figures[0].replicates[1]);
}
