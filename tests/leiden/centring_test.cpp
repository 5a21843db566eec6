#include "sim/engine/centring.h"

#include <cmath>
#include <iostream>
#include <map>

#include "tests/leiden/leiden_plan.h"

// Centring, with all edges on: in the start year the mean hazard of each transition is that of its base table, times
// one level for states with a published prevalence, and the life table comes out (DESIGN 2).

namespace sleutel::test {
namespace {

struct Rate {
  double table = 0;   ///< sum of hazards of the base table over unit-months at risk [1/year]
  double real = 0;    ///< the same with edges, constants and level
  double events = 0;  ///< events that happened
};

using Which = std::pair<int, Change>;

/// Ages 0-100 (the last: 100 and over) by sex.
struct LifeTable {
  std::array<std::array<double, 2>, 101> hazard{}, table{}, months{};

  /// From one-year rates; half a year of their last is lived by who dies.
  static double expectancy(const std::array<std::array<double, 2>, 101>& rates, int from, std::size_t sex) {
    double alive = 1, years = 0;
    for (std::size_t age = static_cast<std::size_t>(from); age < 100; ++age) {
      const double dies = 1 - std::exp(-rates[age][sex]);
      years += alive * (1 - dies / 2);
      alive *= 1 - dies;
    }
    return years + alive / std::max(rates[100][sex], 1e-6);
  }
  std::array<std::array<double, 2>, 101> rates(const std::array<std::array<double, 2>, 101>& sums) const {
    std::array<std::array<double, 2>, 101> of{};
    for (std::size_t age = 0; age <= 100; ++age)
      for (std::size_t sex = 0; sex < 2; ++sex)
        of[age][sex] = months[age][sex] > 0 ? sums[age][sex] / months[age][sex] : 0.5;
    return of;
  }
};

class Measured {
 public:
  explicit Measured(const StudyPlan& plan) : plan_(plan), model_(*plan.arms[0].model) {}

  /// One start year; every `step`-th month is looked at.
  void add_year(int replicate, int step) {
    OneRun one(plan_, 0, replicate);
    while (one.run.month < 12) {
      until_transitions(one.run);
      const bool look = one.run.month % step == 0;
      if (look) add_month(one.run);
      transitions(one.run);
      if (look) add_events(one.run);
      life_events(one.run);
      ++one.run.month;
    }
  }

  /// What the base table says, without constants and edges [1/year].
  static double table_hazard(const Matrix& matrix, const kernel::KernelModel& kernel, const kernel::Unit& unit,
                             int state, Change change) {
    const int lane = kernel::lane_of(kernel, state);
    const std::size_t at =
        std::size_t{unit.cell} * static_cast<std::size_t>(matrix.vectors) + static_cast<std::size_t>(lane / kLanes);
    const auto& base = change == Change::begin ? matrix.base_begin : matrix.base_end;
    return std::exp2(static_cast<double>(base[at].at[static_cast<std::size_t>(lane % kLanes)]) / kLogUnit);
  }

  const std::map<Which, Rate>& rates() const { return rates_; }
  const LifeTable& deaths() const { return deaths_; }

 private:
  void add_month(Run& run) {
    for (const Level level : {Level::resident, Level::household, Level::couple}) {
      if (!run.arm->draws(level)) continue;
      const auto number = static_cast<std::size_t>(level);
      const Matrix& matrix = model_.matrix[number];
      for (const auto& [row, unit] : gather_units(run, level)) add_unit(run, level, matrix, row, unit);
    }
  }

  void add_unit(const Run& run, Level level, const Matrix& matrix, Row row, const kernel::Unit& unit) {
    const kernel::KernelModel& kernel = run.arm->matrix[static_cast<std::size_t>(level)];
    for (std::size_t s = 0; s < model_.states.size(); ++s) {
      const State& state = model_.states[s];
      if (state.level != level || state.is_rest || state.is_history) continue;
      const int number = static_cast<int>(s);
      const Change change = unit.states.test(number) ? Change::end : Change::begin;
      const double real = hazard_of(matrix, kernel, unit, number, change);
      if (real == 0) continue;
      const double table = table_hazard(matrix, kernel, unit, number, change);
      Rate& rate = rates_[{number, change}];
      rate.real += real;
      rate.table += table;
      if (number == model_.roles.death) add_death(run, row, table, real);
    }
  }

  void add_death(const Run& run, Row row, double table, double real) {
    const auto age = static_cast<std::size_t>(std::clamp(run.city.residents.age_months(row, run.month) / 12, 0, 100));
    const auto sex = static_cast<std::size_t>(run.city.residents.sex[row]);
    deaths_.hazard[age][sex] += real;
    deaths_.table[age][sex] += table;
    ++deaths_.months[age][sex];
  }

  void add_events(const Run& run) {
    for (const Workplace& place : run.places)
      for (const Happening& what : place.happened) rates_[{what.state, what.change}].events += 1;
  }

  const StudyPlan& plan_;
  const Model& model_;
  std::map<Which, Rate> rates_;
  LifeTable deaths_;
};

bool has_level(const Model& model, int state) {
  return std::any_of(model.targets.begin(), model.targets.end(),
                     [&](const PrevalenceTarget& target) { return target.state == state; });
}

std::string named(const Model& model, const Which& which) {
  return model.states[static_cast<std::size_t>(which.first)].name +
         (which.second == Change::begin ? " begins" : " ends");
}

/// Rates against tables: hazards, which know no chance but that of who is at risk, and events.
void check_rates(const Model& model, const std::map<Which, Rate>& rates) {
  REQUIRE(rates.size() > 30);
  for (const auto& [which, rate] : rates) {
    const bool level = which.second == Change::begin && has_level(model, which.first);
    const double ratio = rate.real / rate.table;
    std::cout << "  " << named(model, which) << ": " << ratio << (level ? " (its level)" : "") << ", events "
              << rate.events << " of " << rate.real / 12 << '\n';
    INFO(named(model, which) << ": " << ratio << " times its table");
    if (!level) CHECK(ratio == Approx(1).margin(0.02));
  }
}

/// Events are fewer than hazards / 12, by competing changes and by months in which it has happened already; not more.
void check_events(const Model& model, const std::map<Which, Rate>& rates) {
  for (const auto& [which, rate] : rates) {
    const double expected = rate.real / 12;
    const double error = 2 / std::sqrt(std::max(rate.events, 1.0));
    INFO(named(model, which) << ": " << rate.events << " events, " << expected << " expected");
    CHECK(rate.events < expected * (1 + std::max(0.02, error)));
    if (which.first == model.roles.death) CHECK(rate.events > expected * (1 - std::max(0.02, error)));
  }
}

void check_life(const LifeTable& deaths) {
  for (const int from : {0, 65})
    for (std::size_t sex = 0; sex < 2; ++sex) {
      const double table = LifeTable::expectancy(deaths.rates(deaths.table), from, sex);
      const double real = LifeTable::expectancy(deaths.rates(deaths.hazard), from, sex);
      std::cout << "  life expectancy at " << from << ", " << (sex == 0 ? "men " : "women ") << real << ", table "
                << table << '\n';
      CHECK(real == Approx(table).margin(0.2));
    }
}

void check_centring(int replicates, int step) {
  const StudyPlan& plan = whole_leiden();
  Measured measured(plan);
  for (int replicate = 0; replicate < replicates; ++replicate) measured.add_year(replicate, step);
  check_rates(*plan.arms[0].model, measured.rates());
  check_events(*plan.arms[0].model, measured.rates());
  check_life(measured.deaths());
}

}  // namespace

TEST_CASE("with all edges on, rates are those of the tables") { check_centring(2, 4); }

TEST_CASE("with all edges on, rates are those of the tables, in full", "[long]") { check_centring(100, 3); }

TEST_CASE("a couple separates at the table's rate, not twice it") {
  OneRun one(whole_leiden());
  Run& run = one.run;
  const Matrix& matrix = run.arm->model.matrix[static_cast<std::size_t>(Level::couple)];
  const kernel::KernelModel& kernel = run.arm->matrix[static_cast<std::size_t>(Level::couple)];
  double expected = 0, partners = 0;
  while (run.month < 12) {
    until_transitions(run);
    for (const auto& [row, unit] : gather_units(run, Level::couple))
      expected +=
          monthly_chance(Measured::table_hazard(matrix, kernel, unit, run.arm->model.roles.separating, Change::begin));
    rest_of_month(run);
    for (const Request& done : run.done) partners += done.kind == EventKind::separating;
  }
  INFO(partners / 2 << " couples separated, " << expected << " by the table");
  std::cout << "  couples that separate in a year: " << partners / 2 << ", by the table " << expected << '\n';
  CHECK(expected > 400);
  CHECK(partners / 2 == Approx(expected).margin(3 * std::sqrt(expected)));  // one false alarm in 370, seeds are fixed
}

TEST_CASE("a constant that is wrong is noticed") {
  StudyPlan plan = whole_leiden();
  auto model = std::make_shared<Model>(*plan.arms[0].model);
  shift_onset(*model, model->state("care_burden"), kLogUnit / 16);  // 4%
  plan.arms[0].model = model;
  Measured measured(plan);
  measured.add_year(0, 12);
  const Rate rate = measured.rates().at({model->state("care_burden"), Change::begin});
  CHECK(rate.real / rate.table > 1.02);
}

}  // namespace sleutel::test
