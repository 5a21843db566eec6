// What the engine keeps of residents and households, column by column, against the same made anew. The law over whole
// runs is in tests/laws; here it says what is wrong, and with whom.
#include <catch2/catch.hpp>

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

bool same(const kernel::Unit& a, const kernel::Unit& b) {
  return a.id == b.id && a.states == b.states && a.derived == b.derived && a.programmes == b.programmes &&
         a.cell == b.cell && a.levels == b.levels;
}

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
    REQUIRE(a.friends[row] == b.friends[row]);
    REQUIRE(city.residents.support[row] == twins.forgets.city.residents.support[row]);
    REQUIRE(a.adults[city.residents.household[row]] == b.adults[city.residents.household[row]]);
  }
}

void require_same_stress(const Twins& twins) {
  const Residents& a = twins.keeps.city.residents;
  const Residents& b = twins.forgets.city.residents;
  REQUIRE(a.stress_fast == b.stress_fast);
  REQUIRE(a.stress_slow == b.stress_slow);
}

void require_same_units(Twins& twins, const std::vector<std::vector<bool>>& were_units) {
  for (std::size_t level = 0; level < kLevelsOfUnits; ++level)
    for (Row row = 0; row < were_units[level].size(); ++row) {
      if (!were_units[level][row]) continue;
      CAPTURE(level, row, twins.keeps.month);
      REQUIRE(same(twins.keeps.units[level].all[row], twins.forgets.units[level].all[row]));
    }
}

std::vector<std::vector<bool>> units_of(const Run& run) {
  std::vector<std::vector<bool>> all;
  for (int level = 0; level < kLevelsOfUnits; ++level) {
    const UnitSource from = run.source(static_cast<Level>(level));
    all.emplace_back();
    for (Row row = 0; row < from.rows(); ++row) all.back().push_back(is_unit(from, row));
  }
  return all;
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
    const auto were_units = units_of(twins.keeps);
    twins.live(3, 4);
    require_same_units(twins, were_units);
    twins.live(4, 6);
    for (Row row = 0; row < twins.keeps.city.residents.size(); ++row)
      if (twins.keeps.city.residents.present(row))
        REQUIRE(twins.keeps.conditions[row] == twins.forgets.conditions[row]);
    twins.live(6, 7);
    for (Row row = 0; row < twins.keeps.city.residents.size(); ++row)
      REQUIRE(twins.keeps.counted[row].same_as(twins.forgets.counted[row]));
  }
}
