#include "sim/engine/units.h"

// Residents as units: everybody present, named by his own id.

namespace sleutel {

namespace {

/// Writes the level of value(row) for each unit.
template <class Value>
void fill(const LevelRule& rule, const Units& units, const Block& part, std::uint8_t* to, Value&& value) {
  for (std::size_t u = part.first; u < part.last; ++u)
    to[u] = static_cast<std::uint8_t>(rule.level_of(value(units.rows[u])));
}

/// One quantised predictor; a loop for each source that is a column, so that nothing is asked twice.
void gather_level(const UnitSource& from, const LevelRule& rule, const Units& units, const Block& part,
                  std::uint8_t* to) {
  const Residents& residents = from.city.residents;
  const int share = from.around.friend_share(rule.asked);
  switch (rule.source) {
    case LevelSource::stress_fast:
      return fill(rule, units, part, to, [&](Row row) { return residents.stress_fast[row]; });
    case LevelSource::stress_slow:
      return fill(rule, units, part, to, [&](Row row) { return residents.stress_slow[row]; });
    case LevelSource::mastery:
      return fill(rule, units, part, to, [&](Row row) { return residents.mastery[row]; });
    case LevelSource::support:
      return fill(rule, units, part, to, [&](Row row) { return residents.support[row]; });
    case LevelSource::friends_have:
      return fill(rule, units, part, to, [&](Row row) { return from.around.share_of_friends(row, share); });
    default:
      return fill(rule, units, part, to, [&](Row row) { return personal_value(from, rule, row); });
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
#ifdef SLEUTEL_MUTANT_NAMED_RANDOMNESS
    units.ids[u] = row;
#endif
#ifdef SLEUTEL_MUTANT_BLOCKS
    units.ids[u] += block.index;
#endif
    units.states[u] = residents.states[row];
    units.derived[u] = from.predictors.completed(personal_bits(from, row), residents.states[row]);
    units.programmes[u] = residents.programmes[row];
    units.age_sex[u] = age_sex_of(residents, row, from.month);
    units.cells[u] = cell_of(from, row, units.age_sex[u]);
    ++u;
  }
  units.count[block.index] = static_cast<std::uint32_t>(u - block.first);
  for (std::size_t k = 0; k < from.predictors.levels.size(); ++k)
    if (from.predictors.levels[k].levels > 0)
      gather_level(from, from.predictors.levels[k], units, {block.first, u, block.index, block.slot},
                   units.levels[k].data());
}

}  // namespace sleutel
