#pragma once
/// \file
/// Units of one level: residents, households or couples. A unit has the row that it has in the city: residents and
/// households their own, a couple that of the partner with the lower id. Units are made when somebody asks for them;
/// what is kept of them is the bounds of their draws.

#include <algorithm>
#include <cstdint>

#include "sim/engine/predictors.h"
#include "sim/engine/surroundings.h"
#include "sim/kernel/bounds.h"
#include "sim/kernel/unit_block.h"
#include "sleutel/city.h"
#include "sleutel/model.h"

namespace sleutel {

/// What is kept of the units of one level.
struct Units {
  Column<std::uint64_t> ids;  ///< [household] names its draws; other units are named by their resident's id
  kernel::Bounds bounds;      ///< unused by the scalar form

  /// Calls visit(column, width) for every column; `width` entries belong to each row.
  template <class Visit>
  void each_column(Visit&& visit) {
    visit(ids, ids.empty() ? std::size_t{0} : std::size_t{1});
    visit(bounds.limit, bounds.vectors * kLanes);
    visit(bounds.on, bounds.vectors);
    visit(bounds.always, std::size_t{1});
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

/// Names the draws of a unit.
std::uint64_t id_of(const UnitSource& from, Row row);

/// The unit as it is this month, as far as these lanes read it.
kernel::Unit make_unit(const UnitSource& from, Row row, kernel::LaneSet lanes = kernel::kAllLanes);

/// The unit with all that its bounds leave open: bits about others on, loads at the top of their range, shares of
/// others at their highest (kernel::Looseness).
kernel::Unit make_bounding_unit(const UnitSource& from, Row row);

/// What a partner, and what the parents of a child at home, add to a derived word.
std::uint64_t bits_of_partner(const UnitSource& from, Row partner);
std::uint64_t bits_of_parents(const UnitSource& from, Row child);

/// The derived bits of one resident that follow from his traits and durations.
inline std::uint64_t own_bits(const UnitSource& from, Row row) {
  const Residents& residents = from.city.residents;
  const Predictors& ask = from.predictors;
  std::uint64_t word = ask.of_traits(from.around.traits[row]);
  if (residents.states[row].any_of(ask.duration_states))
    word |= ask.of_durations(residents.states[row], residents.months_in[row]);
  return word;
}

/// Those, and what follows from partner and parents if these lanes read it.
inline std::uint64_t personal_bits(const UnitSource& from, Row row, kernel::LaneSet lanes) {
  const Residents& residents = from.city.residents;
  const Predictors& ask = from.predictors;
  std::uint64_t word = own_bits(from, row);
  if ((ask.lanes_reading.others & lanes) == 0) return word;
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
