#include "sim/kernel/unit_block.h"

namespace sleutel::kernel {

namespace {

template <class T>
std::span<const T> part_of(std::span<const T> whole, std::size_t first, std::size_t count) {
  return whole.empty() ? whole : whole.subspan(first, count);
}

template <class T>
T at_or_zero(std::span<const T> column, std::size_t index) {
  return column.empty() ? T{} : column[index];
}

}  // namespace

UnitBlock UnitBlock::part(std::size_t first, std::size_t count) const {
  UnitBlock some;
  some.id = part_of(id, first, count);
  some.states = part_of(states, first, count);
  some.derived = part_of(derived, first, count);
  some.programmes = part_of(programmes, first, count);
  some.cell = part_of(cell, first, count);
  some.age_sex = part_of(age_sex, first, count);
  for (std::size_t p = 0; p < levels.size(); ++p) some.levels[p] = part_of(levels[p], first, count);
  return some;
}

Unit unit_at(const UnitBlock& block, std::size_t index) {
  Unit unit;
  unit.id = block.id[index];
  unit.states = block.states[index];
  unit.derived = at_or_zero(block.derived, index);
  unit.programmes = at_or_zero(block.programmes, index);
  unit.cell = at_or_zero(block.cell, index);
  unit.age_sex = at_or_zero(block.age_sex, index);
  for (std::size_t p = 0; p < block.levels.size(); ++p) unit.levels[p] = at_or_zero(block.levels[p], index);
  return unit;
}

}  // namespace sleutel::kernel
