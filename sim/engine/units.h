#pragma once
/// \file
/// The units of one level that draw this month, as columns: what a unit is named by, its states, derived word, levels
/// and cell. Made block by block; units of block b stand at [first row of b, + count of b).

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/engine/blocks.h"
#include "sim/engine/predictors.h"
#include "sim/engine/surroundings.h"
#include "sim/kernel/unit_block.h"
#include "sleutel/city.h"
#include "sleutel/model.h"

namespace sleutel {

struct Units {
  Column<Row> rows;           ///< resident; household; the partner who names the couple
  Column<std::uint64_t> ids;  ///< names the draws
  Column<StateMask> states;
  Column<std::uint64_t> derived;
  Column<std::uint64_t> programmes;
  Column<std::uint16_t> cells;               ///< of the base tables
  Column<std::uint16_t> age_sex;             ///< of the responses: min(age, kMaxAge) * 2 + sex
  std::vector<Column<std::uint8_t>> levels;  ///< [level predictor][unit]
  std::vector<std::uint32_t> count;          ///< [block] units

  void fit(std::size_t rows_of_level, std::size_t blocks, std::size_t level_predictors);
  /// Units first .. first + n - 1 as the kernel takes them.
  kernel::UnitBlock view(std::size_t first, std::size_t n) const;
};

/// Everything that making units reads.
struct UnitSource {
  const City& city;
  const Model& model;
  const Surroundings& around;
  const Predictors& predictors;
  Level level = Level::resident;
  int month = 0;
};

/// Units of the residents of a block of resident rows: everybody present.
void gather_residents(const UnitSource& from, const Block& block, Units& units);

/// Units of the households of a block of household rows: all with members.
void gather_households(const UnitSource& from, const Block& block, Units& units);

/// Units of the couples of a block of resident rows: those whose lower id stands in the block.
void gather_couples(const UnitSource& from, const Block& block, Units& units);

/// What a partner, and what the parents of a child at home, add to a derived word.
std::uint64_t bits_of_partner(const UnitSource& from, Row partner);
std::uint64_t bits_of_parents(const UnitSource& from, Row child);

/// The derived bits of one resident that do not follow from his states now: traits, durations, relations.
inline std::uint64_t personal_bits(const UnitSource& from, Row row) {
  const Residents& residents = from.city.residents;
  const Predictors& ask = from.predictors;
  std::uint64_t word = from.around.trait_bits[static_cast<std::size_t>(from.level)][row];
  if (residents.states[row].any_of(ask.duration_states))
    word |= ask.of_durations(residents.states[row], residents.months_in[row]);
  if (ask.partner_asked != 0 && residents.partner[row] != kNone) word |= bits_of_partner(from, residents.partner[row]);
  if (ask.parents_asked != 0 && residents.is(row, kChildAtHome)) word |= bits_of_parents(from, row);
  return word;
}

/// A quantised value of one resident, in the unit of its column.
int personal_value(const UnitSource& from, const LevelRule& rule, Row row);

inline std::uint16_t age_sex_of(const Residents& residents, Row row, int month) {
  const int months = residents.age_months(row, month);
  const int age = months < 0 ? 0 : std::min(months / 12, kMaxAge);
  return static_cast<std::uint16_t>(age * 2 + static_cast<int>(residents.sex[row]));
}

/// The cell of base tables of a unit with this reference person.
std::uint16_t cell_of(const UnitSource& from, Row reference, int age_sex);

}  // namespace sleutel
