// What the engine keeps of residents and households, column by column, against the same made anew. The law over whole
// runs is in tests/laws; here it says what is wrong, and with whom.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/engine/hazards.h"
#include "sim/engine/month.h"
#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

/// Two runs of the same scenario; one forgets all that it keeps before each month.
struct Twins {
  explicit Twins(const Arm& arm) : keeps(Blocks(64, nullptr)), forgets(Blocks(64, nullptr)) {
    for (Run* run : {&keeps, &forgets}) {
      run->start(arm, 0);
      run->open_year();
    }
  }

  void live(std::size_t first_phase, std::size_t last_phase) {
    for (Run* run : {&keeps, &forgets})
      for (std::size_t i = first_phase; i < last_phase; ++i) kMonth[i].live(*run);
  }
  void next_month() {
    count_all_until_now(forgets);
    forgets.forget();
    ++keeps.month;
    ++forgets.month;
  }

  Run keeps, forgets;
};

void require_same_surroundings(const Twins& twins) {
  const Surroundings& a = twins.keeps.around;
  const Surroundings& b = twins.forgets.around;
  const City& city = twins.keeps.city;
  REQUIRE(city.residents.size() == twins.forgets.city.residents.size());
  REQUIRE(a.place == b.place);
  for (Row row = 0; row < city.residents.size(); ++row) {
    if (!city.residents.present(row)) continue;
    CAPTURE(row, city.residents.id[row]);
    REQUIRE(a.shown[row] == b.shown[row]);
    REQUIRE(a.traits[row] == b.traits[row]);
    REQUIRE(a.couple[row] == b.couple[row]);
    REQUIRE(a.slotted[row] == b.slotted[row]);
    REQUIRE(a.birthday[row] == b.birthday[row]);
    REQUIRE(city.residents.support[row] == twins.forgets.city.residents.support[row]);
    REQUIRE(a.adults[city.residents.household[row]] == b.adults[city.residents.household[row]]);
    REQUIRE(a.placed[row] == b.placed[row]);
  }
}

void require_same_stress(const Twins& twins) {
  const Residents& a = twins.keeps.city.residents;
  const Residents& b = twins.forgets.city.residents;
  REQUIRE(a.stress_fast == b.stress_fast);
  REQUIRE(a.stress_slow == b.stress_slow);
  for (Row row = 0; row < a.size(); ++row) {
    if (!a.present(row)) continue;
    CAPTURE(row, a.id[row]);
    const Pressure pressure = pressure_on(twins.keeps.arm->stress, a, row);
    REQUIRE(twins.keeps.around.loads[0].added[row] == pressure.fast);
    REQUIRE(twins.keeps.around.loads[1].added[row] == pressure.slow);
  }
}

/// The bounds of a unit must cover its hazards as they are: a draw at which a lane may fire is below its limit. And a
/// unit that is made for one lane has the hazard of the whole unit there.
void require_covered(const Run& run, const UnitSource& from, Row row, const kernel::Bounds& bounds) {
  const auto level = static_cast<std::size_t>(from.level);
  const kernel::KernelModel& ready = run.arm->matrix[level];
  const kernel::Unit unit = make_unit(from, row);
  for (std::size_t lane = 0; lane < ready.lanes.size(); ++lane) {
    const int state = ready.lanes[lane].state;
    if (state < 0) continue;
    const bool on = unit.states.test(state);
    const auto hazard_in = [&](const kernel::Unit& made) {
      return hazard_of(run.arm->model.matrix[level], ready, made, state, on ? Change::end : Change::begin);
    };
    const double hazard = hazard_in(unit);
    CAPTURE(level, row, lane, run.month, hazard);
    REQUIRE(bounds.limit[row * bounds.vectors * kLanes + lane] >= std::floor(monthly_chance(hazard) * 65536));
    REQUIRE(((bounds.on[row * bounds.vectors + lane / kLanes] >> (lane % kLanes)) & 1) == (on ? 1 : 0));
    REQUIRE(hazard_in(make_unit(from, row, kernel::LaneSet{1} << lane)) == hazard);
  }
}

/// The bounds with which a month is drawn, against the hazards of before: the transitions are lived by a copy.
void require_all_covered(const Run& run) {
  if (run.arm->isa == Isa::scalar) return;
  Run copy = run;
  transitions(copy);
  for (int level = 0; level < kLevelsOfUnits; ++level) {
    if (!run.arm->draws(static_cast<Level>(level))) continue;
    const UnitSource from = run.source(static_cast<Level>(level));
    for (Row row = 0; row < from.rows(); ++row)
      if (is_unit(from, row)) require_covered(run, from, row, copy.units[static_cast<std::size_t>(level)].bounds);
  }
}

}  // namespace

TEST_CASE("what is kept of residents, households and couples is what would be made anew") {
  const StudyPlan plan = tiny_plan({});
  const Arm arm(plan, 1, best_isa());
  Twins twins(arm);
  for (int month = 0; month < 36; ++month, twins.next_month()) {
    CAPTURE(month);
    twins.live(0, 1);
    require_same_surroundings(twins);
    twins.live(1, 3);
    require_same_stress(twins);
    require_all_covered(twins.keeps);
    twins.live(3, 6);
    for (Row row = 0; row < twins.keeps.city.residents.size(); ++row)
      if (twins.keeps.city.residents.present(row))
        REQUIRE(twins.keeps.counted[row].means == twins.forgets.counted[row].means);
    twins.live(6, 7);
    for (Row row = 0; row < twins.keeps.city.residents.size(); ++row)
      REQUIRE(twins.keeps.counted[row].same_as(twins.forgets.counted[row]));
  }
}
