#include "sim/engine/units.h"
#include "sim/events/households.h"

// One unit of any level. For a household or couple there is one draw for several adults: a bit is on if any adult has
// it, pairs and counts are asked of the united mask, quantised values are means.

namespace sleutel {

namespace {

/// Share of the ties who live in the city who had any of the mask, in 1/32.
int share_of_friends(const UnitSource& from, int asked, Row row) {
  int ties = 0, having = 0;
  for (const Row other : from.city.residents.ties[row]) {
    if (other == kNone) continue;
    const std::uint32_t shown = from.around.shown[other];
    ties += static_cast<int>(shown >> 31);
    having += static_cast<int>((shown >> asked) & 1U);
  }
  return share_32(having, ties);
}

/// Share of the other adults of the household who had any of the mask, in 1/32.
int share_of_household(const UnitSource& from, int asked, Row row) {
  const Residents& residents = from.city.residents;
  int others = 0, having = 0;
  for_each_member(from.city, residents.household[row], [&](Row other) {
    if (other == row || !is_adult(from.around, other)) return;
    ++others;
    having += static_cast<int>((from.around.shown[other] >> asked) & 1U);
  });
  return share_32(having, others);
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
      return share_of_friends(from, rule.asked, row);
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

/// The highest value that the bounds of one resident leave open, in the unit of its column.
int highest_value(const UnitSource& from, const LevelRule& rule, Row row) {
  if (rule.source == LevelSource::stress_fast) return from.around.loads[0].high[row];
  if (rule.source == LevelSource::stress_slow) return from.around.loads[1].high[row];
  return personal_value(from, rule, row);
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

/// Level of one quantised predictor of a unit; a mean for households and couples.
int level_of(const UnitSource& from, const LevelRule& rule, Row row) {
  if (from.level == Level::resident) return rule.level_of(personal_value(from, rule, row));
  int sum = 0, adults = 0;
  for_each_adult(from, row, [&](Row adult) {
    sum += personal_value(from, rule, adult);
    ++adults;
  });
  return rule.level_of_mean(sum, adults);
}

/// The highest level that the bounds of a unit leave open, of a predictor about which others do not decide. A mean of
/// loads is at most the highest of them.
int highest_level(const UnitSource& from, const LevelRule& rule, Row row) {
  if (from.level == Level::resident) return rule.level_of(highest_value(from, rule, row));
  if (!rule.is_load()) return level_of(from, rule, row);
  int highest = 0;
  for_each_adult(from, row, [&](Row adult) { highest = std::max(highest, highest_value(from, rule, adult)); });
  return rule.level_of(highest);
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

/// What does not depend on levels and derived bits.
kernel::Unit unit_of_resident(const UnitSource& from, Row row) {
  const Residents& residents = from.city.residents;
  kernel::Unit unit;
  unit.id = id_of(from, row);
  unit.states = residents.states[row];
  unit.programmes = residents.programmes[row];
  unit.age_sex = age_sex_of(residents, row, from.month);
  unit.cell = cell_of(from, row, unit.age_sex);
  return unit;
}

/// The same of a household or couple; word(adult) is what each adult adds to `derived`.
template <class Word>
kernel::Unit unit_of_several(const UnitSource& from, Row row, Word&& word) {
  const Residents& residents = from.city.residents;
  kernel::Unit unit;
  unit.id = id_of(from, row);
  const Row reference = reference_of(from, row);
  unit.cell = cell_of(from, reference, age_sex_of(residents, reference, from.month));
  for_each_adult(from, row, [&](Row adult) {
    unit.states |= residents.states[adult];
    unit.programmes |= residents.programmes[adult];
    unit.derived |= word(adult);
  });
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

std::uint64_t id_of(const UnitSource& from, Row row) {
  const Row named_by = from.level == Level::household ? from.city.households.named_by[row] : row;
#ifdef SLEUTEL_MUTANT_NAMED_RANDOMNESS
  if (from.level == Level::resident) return row;
#endif
  return from.city.residents.id[named_by];
}

kernel::Unit make_unit(const UnitSource& from, Row row, kernel::LaneSet lanes) {
  const bool one = from.level == Level::resident;
  kernel::Unit unit = one ? unit_of_resident(from, row)
                          : unit_of_several(from, row, [&](Row adult) { return personal_bits(from, adult, lanes); });
  if (one) unit.derived = personal_bits(from, row, lanes);
  if (from.level == Level::couple) unit.derived |= bits_of_both(from, row, from.city.residents.partner[row]);
  unit.derived = from.predictors.completed(unit.derived, unit.states);
  for (const std::uint8_t k : from.predictors.read)
    if ((from.predictors.lanes_reading.levels[k] & lanes) != 0)
      unit.levels[k] = static_cast<std::uint8_t>(level_of(from, from.predictors.levels[k], row));
  return unit;
}

kernel::Unit make_bounding_unit(const UnitSource& from, Row row) {
  const bool one = from.level == Level::resident;
  kernel::Unit unit =
      one ? unit_of_resident(from, row) : unit_of_several(from, row, [&](Row adult) { return own_bits(from, adult); });
  if (one) unit.derived = own_bits(from, row);
  unit.derived = from.predictors.completed(unit.derived | from.predictors.loose, unit.states) | from.predictors.loose;
  unit.levels = from.predictors.loosest;
  for (const std::uint8_t k : from.predictors.read_own)
    unit.levels[k] = static_cast<std::uint8_t>(highest_level(from, from.predictors.levels[k], row));
  return unit;
}

}  // namespace sleutel
