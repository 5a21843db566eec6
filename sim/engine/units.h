#pragma once
/// \file
/// The units of one level: what a unit is named by, its states, derived word, levels and cell. A unit stands at the row
/// that it has in the city (residents and households their own, a couple that of the partner with the lower id) and
/// stays there from month to month; only units about which something may have changed are made anew.

#include <algorithm>
#include <cstdint>

#include "sim/engine/predictors.h"
#include "sim/engine/surroundings.h"
#include "sim/kernel/bounds.h"
#include "sim/kernel/unit_block.h"
#include "sleutel/city.h"
#include "sleutel/model.h"

namespace sleutel {

/// What is different about a unit that was made anew.
enum UnitChange : int {
  kSameUnit = 0,
  kOtherHazards = 1,   ///< states, derived word, programmes, levels or cell
  kOtherResponses = 2  ///< age and sex, or derived bits or levels that responses read; states are asked for apart
};

struct Units {
  Column<kernel::Unit> all;
  Column<std::uint64_t> ids;  ///< as in `all`, for who only draws
  kernel::Bounds bounds;      ///< of these units; unused by the scalar form

  void fit(std::size_t units);
  /// Writes a unit, or only its levels; gives UnitChange bits.
  int put(Row at, const kernel::Unit& unit, const Predictors& predictors);
  int put_levels(Row at, const LevelBytes::Levels& levels, const Predictors& predictors);
  /// Calls visit(column) for every column.
  template <class Visit>
  void each_column(Visit&& visit) const {
    visit(all), visit(ids), visit(bounds.limit), visit(bounds.open), visit(bounds.clipped), visit(bounds.known);
  }
};

/// Everything that making units reads.
struct UnitSource {
  const City& city;
  const Model& model;
  const Surroundings& around;
  const Predictors& predictors;
  Level level = Level::resident;
  int month = 0;

  std::size_t rows() const { return level == Level::household ? city.households.count() : city.residents.size(); }
};

/// True if the row is that of a unit: a resident who is there, a household with members, the lower id of a couple.
bool is_unit(const UnitSource& from, Row row);

/// The unit as it is this month.
kernel::Unit make_unit(const UnitSource& from, Row row);

/// Only the quantised predictors of a unit, as they are this month.
LevelBytes::Levels levels_of(const UnitSource& from, Row row);

/// What a partner, and what the parents of a child at home, add to a derived word.
std::uint64_t bits_of_partner(const UnitSource& from, Row partner);
std::uint64_t bits_of_parents(const UnitSource& from, Row child);

/// The derived bits of one resident that do not follow from his states now: traits, durations, relations.
inline std::uint64_t personal_bits(const UnitSource& from, Row row) {
  const Residents& residents = from.city.residents;
  const Predictors& ask = from.predictors;
  std::uint64_t word = ask.of_traits(from.around.traits[row]);
  if (residents.states[row].any_of(ask.duration_states))
    word |= ask.of_durations(residents.states[row], residents.months_in[row]);
  if (ask.partner_asked != 0 && residents.partner[row] != kNone) word |= bits_of_partner(from, residents.partner[row]);
  if (ask.parents_asked != 0 && residents.is(row, kChildAtHome)) word |= bits_of_parents(from, row);
  return word;
}

inline std::uint16_t age_sex_of(const Residents& residents, Row row, int month) {
  const int months = residents.age_months(row, month);
  const int age = months < 0 ? 0 : std::min(months / 12, kMaxAge);
  return static_cast<std::uint16_t>(age * 2 + static_cast<int>(residents.sex[row]));
}

/// The cell of base tables of a unit with this reference person.
std::uint16_t cell_of(const UnitSource& from, Row reference, int age_sex);

}  // namespace sleutel
