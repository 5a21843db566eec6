#include "sim/engine/units.h"

#include <algorithm>

#include "sim/events/households.h"

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

/// What the adults of a child's household show who are no children at home.
std::uint32_t shown_by_parents(const UnitSource& from, Row child) {
  const Residents& residents = from.city.residents;
  std::uint32_t shown = 0;
  for_each_member(from.city, residents.household[child], [&](Row row) {
    if (is_adult(from.around, row) && !residents.is(row, kChildAtHome)) shown |= from.around.shown[row];
  });
  return shown;
}

int class_of(const City& city, const AttributeRule& ask, Row reference) {
  const int classes = ask.of_household ? city.households.classes[city.residents.household[reference]]
                                       : city.residents.classes[reference];
  return (classes >> ask.class_bit) & 1;
}

/// Position of the band that holds the months in the state; 0 if the state is off.
int months_band_of(const Residents& residents, const AttributeRule& ask, Row reference) {
  if (!residents.states[reference].test(ask.state)) return 0;
  const int months = residents.months_in[reference][static_cast<std::size_t>(ask.slot)];
  int band = 0;
  for (std::size_t i = 1; i < ask.band_from.size(); ++i) band += months >= ask.band_from[i];
  return band;
}

int children_of(const UnitSource& from, Row reference) {
  const std::uint64_t traits = from.around.traits[reference] >> static_cast<int>(Trait::childless);
  return __builtin_ctzll(traits | 8U);  // childless, one, two, three or more stand in a row
}

int attribute_of(const UnitSource& from, const AttributeRule& ask, Row reference) {
  const City& city = from.city;
  const Row household = city.residents.household[reference];
  switch (ask.attribute) {
    case Attribute::education:
      return static_cast<int>(city.residents.education[reference]);
    case Attribute::income_group:
      return city.households.income_group[household];
    case Attribute::tenure:
      return static_cast<int>(city.dwellings.tenure[city.households.dwelling[household]]);
    case Attribute::student:
      return city.residents.is(reference, kStudent) ? 1 : 0;
    case Attribute::household_kind:
      return static_cast<int>(city.households.kind[household]);
    case Attribute::class_bit:
      return class_of(city, ask, reference);
    case Attribute::children:
      return children_of(from, reference);
    case Attribute::months_band:
      return months_band_of(city.residents, ask, reference);
  }
  return 0;
}

}  // namespace

void Units::fit(std::size_t rows_of_level, std::size_t blocks, std::size_t level_predictors) {
  rows.resize(rows_of_level);
  ids.resize(rows_of_level);
  states.resize(rows_of_level);
  derived.resize(rows_of_level);
  programmes.resize(rows_of_level);
  cells.resize(rows_of_level);
  age_sex.resize(rows_of_level);
  levels.resize(level_predictors);
  for (auto& level : levels) level.resize(rows_of_level);
  count.resize(blocks);
}

kernel::UnitBlock Units::view(std::size_t first, std::size_t n) const {
  kernel::UnitBlock block;
  block.id = {ids.data() + first, n};
  block.states = {states.data() + first, n};
  block.derived = {derived.data() + first, n};
  block.programmes = {programmes.data() + first, n};
  block.cell = {cells.data() + first, n};
  block.age_sex = {age_sex.data() + first, n};
  for (std::size_t k = 0; k < levels.size(); ++k) block.levels[k] = {levels[k].data() + first, n};
  return block;
}

std::uint64_t bits_of_partner(const UnitSource& from, Row partner) {
  const std::uint32_t shown = from.around.shown[partner];
  std::uint64_t word = 0;
  if ((shown & from.predictors.partner_asked) == 0) return word;
  for (const RelationBit& relation : from.predictors.partner) word |= (shown & relation.asked) != 0 ? relation.bit : 0;
  return word;
}

std::uint64_t bits_of_parents(const UnitSource& from, Row child) {
  const std::uint32_t shown = shown_by_parents(from, child);
  std::uint64_t word = 0;
  for (const RelationBit& relation : from.predictors.parents) word |= (shown & relation.asked) != 0 ? relation.bit : 0;
  return word;
}

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
      return from.around.share_of_friends(row, from.around.friend_share(rule.asked));
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

std::uint16_t cell_of(const UnitSource& from, Row reference, int age_sex) {
  int cell = age_sex;
  for (const AttributeRule& ask : from.predictors.attributes)
    cell = cell * ask.categories + std::min(attribute_of(from, ask, reference), ask.categories - 1);
  return static_cast<std::uint16_t>(cell);
}

}  // namespace sleutel
