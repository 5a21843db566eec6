#include "sim/engine/units.h"

// Residents as units: everybody present, named by his own id.

namespace sleutel {

namespace {

void gather_levels(const UnitSource& from, std::size_t first, std::size_t last, Units& units) {
  for (std::size_t k = 0; k < from.predictors.levels.size(); ++k) {
    const LevelRule& rule = from.predictors.levels[k];
    std::uint8_t* const to = units.levels[k].data();
    for (std::size_t u = first; u < last; ++u)
      to[u] = static_cast<std::uint8_t>(rule.level(personal_value(from, rule, units.rows[u]), 1));
  }
}

}  // namespace

void gather_residents(const UnitSource& from, const Block& block, Units& units) {
  const Residents& residents = from.city.residents;
  std::size_t u = block.first;
  for (std::size_t i = block.first; i < block.last; ++i) {
    const Row row = static_cast<Row>(i);
    if (!residents.present(row)) continue;
    units.rows[u] = row;
    units.ids[u] = residents.id[row];
    units.states[u] = residents.states[row];
    units.derived[u] = from.predictors.completed(personal_bits(from, row), residents.states[row]);
    units.programmes[u] = residents.programmes[row];
    units.cells[u] = cell_of(from, row);
    units.age_sex[u] = age_sex_of(residents, row, from.month);
    ++u;
  }
  units.count[block.index] = static_cast<std::uint32_t>(u - block.first);
  gather_levels(from, block.first, u, units);
}

}  // namespace sleutel
