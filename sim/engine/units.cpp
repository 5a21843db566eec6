#include "sim/engine/units.h"

#include <algorithm>

#include "sim/events/households.h"

namespace sleutel {

namespace {

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

std::uint16_t cell_of(const UnitSource& from, Row reference, int age_sex) {
  int cell = age_sex;
  for (const AttributeRule& ask : from.predictors.attributes)
    cell = cell * ask.categories + std::min(attribute_of(from, ask, reference), ask.categories - 1);
  return static_cast<std::uint16_t>(cell);
}

}  // namespace sleutel
