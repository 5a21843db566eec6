#include "sim/engine/units.h"
#include "sim/events/households.h"

// One unit of any level. For a household or couple there is one draw for several adults: a bit is on if any adult has
// it, pairs and counts are asked of the united mask, quantised values are means.

namespace sleutel {

namespace {

/// Share of the other adults of the household who had any of the mask, in 1/32.
int share_of_household(const UnitSource& from, int asked, Row row) {
  const Residents& residents = from.city.residents;
  int others = 0, having = 0;
  for_each_member(from.city, residents.household[row], [&](Row other) {
    if (other == row || !is_adult(from.around, other)) return;
    ++others;
    having += static_cast<int>((from.around.shown[other] >> asked) & 1U);
  });
  return others == 0 ? 0 : (32 * having + others / 2) / others;
}

/// A quantised value of one resident, in the unit of its column.
int personal_value(const UnitSource& from, const LevelRule& rule, Row row) {
  const Residents& residents = from.city.residents;
  switch (rule.source) {
    case LevelSource::stress_fast:
      return residents.stress_fast[row];
    case LevelSource::stress_slow:
      return residents.stress_slow[row];
    case LevelSource::mastery:
      return residents.mastery[row];
    case LevelSource::support:
      return residents.support[row];
    case LevelSource::friends_have:
      return from.around.share_of_friends(row, rule.share);
    case LevelSource::place_has: {
      const std::size_t buurt = from.city.households.buurt[residents.household[row]];
      return from.around.place[buurt * kMaxAsked + static_cast<std::size_t>(rule.asked)];
    }
    case LevelSource::household_has:
      return share_of_household(from, rule.asked, row);
    case LevelSource::months_since_start:
      return from.month / 12;
  }
  return 0;
}

kernel::Unit make_resident(const UnitSource& from, Row row) {
  const Residents& residents = from.city.residents;
  kernel::Unit unit;
  unit.id = residents.id[row];
#ifdef SLEUTEL_MUTANT_NAMED_RANDOMNESS
  unit.id = row;
#endif
  unit.states = residents.states[row];
  unit.derived = from.predictors.completed(personal_bits(from, row), residents.states[row]);
  unit.programmes = residents.programmes[row];
  unit.age_sex = age_sex_of(residents, row, from.month);
  unit.cell = cell_of(from, row, unit.age_sex);
  unit.levels = levels_of(from, row);
  return unit;
}

/// Calls visit(row) for each adult who speaks for the unit.
template <class Visit>
void for_each_adult(const UnitSource& from, Row row, Visit&& visit) {
  if (from.level == Level::couple) {
    visit(row);
    visit(from.city.residents.partner[row]);
    return;
  }
  bool any = false;
  for_each_member(from.city, row, [&](Row member) {
    if (!is_adult(from.around, member)) return;
    visit(member);
    any = true;
  });
  if (!any) visit(from.city.households.reference[row]);
}

std::uint64_t bits_of_both(const UnitSource& from, Row one, Row other) {
  const std::uint32_t shown = from.around.shown[one] & from.around.shown[other];
  std::uint64_t word = 0;
  if ((shown & from.predictors.both_asked) == 0) return word;
  for (const RelationBit& relation : from.predictors.both) word |= (shown & relation.asked) != 0 ? relation.bit : 0;
  return word;
}

Row reference_of(const UnitSource& from, Row row) {
  if (from.level == Level::household) return from.city.households.reference[row];
  const Row other = from.city.residents.partner[row];
  return is_elder(from.city.residents, row, other) ? row : other;
}

kernel::Unit make_together(const UnitSource& from, Row row) {
  const Residents& residents = from.city.residents;
  const bool couple = from.level == Level::couple;
  kernel::Unit unit;
  unit.id = residents.id[couple ? row : from.city.households.named_by[row]];
  const Row reference = reference_of(from, row);
  unit.cell = cell_of(from, reference, age_sex_of(residents, reference, from.month));
  std::uint64_t word = couple ? bits_of_both(from, row, residents.partner[row]) : 0;
  for_each_adult(from, row, [&](Row adult) {
    unit.states |= residents.states[adult];
    unit.programmes |= residents.programmes[adult];
    word |= personal_bits(from, adult);
  });
  unit.derived = from.predictors.completed(word, unit.states);
  unit.levels = levels_of(from, row);
  return unit;
}

}  // namespace

bool is_unit(const UnitSource& from, Row row) {
  const Residents& residents = from.city.residents;
  switch (from.level) {
    case Level::resident:
      return residents.present(row);
    case Level::household:
      return from.city.households.size[row] != 0;
    case Level::couple:
      return from.around.couple[row] != 0;
  }
  return false;
}

LevelBytes::Levels levels_of(const UnitSource& from, Row row) {
  LevelBytes::Levels levels{};
  for (std::size_t k = 0; k < from.predictors.levels.size(); ++k) {
    const LevelRule& rule = from.predictors.levels[k];
    if (rule.levels == 0) continue;
    if (from.level == Level::resident) {
      levels[k] = static_cast<std::uint8_t>(rule.level_of(personal_value(from, rule, row)));
      continue;
    }
    int sum = 0, adults = 0;
    for_each_adult(from, row, [&](Row adult) {
      sum += personal_value(from, rule, adult);
      ++adults;
    });
    levels[k] = static_cast<std::uint8_t>(rule.level_of_mean(sum, adults));
  }
  return levels;
}

kernel::Unit make_unit(const UnitSource& from, Row row) {
  return from.level == Level::resident ? make_resident(from, row) : make_together(from, row);
}

}  // namespace sleutel
