#include "sim/engine/units.h"
#include "sim/events/households.h"

// Households and couples as units: one draw for several adults. A bit is on if any adult has it, pairs and counts are
// asked of the united mask, quantised values are means.

namespace sleutel {

namespace {

/// A unit while its adults are added one by one, in any order.
class Union {
 public:
  Union(const UnitSource& from, std::uint64_t word) : from_(from), word_(word) {}

  void add(Row row) {
    const Residents& residents = from_.city.residents;
    states_ |= residents.states[row];
    programmes_ |= residents.programmes[row];
    word_ |= personal_bits(from_, row);
    for (std::size_t k = 0; k < from_.predictors.levels.size(); ++k)
      if (from_.predictors.levels[k].levels > 0) sums_[k] += personal_value(from_, from_.predictors.levels[k], row);
    ++adults_;
  }
  int adults() const { return adults_; }

  void write(std::size_t u, Units& units) const {
    units.states[u] = states_;
    units.programmes[u] = programmes_;
    units.derived[u] = from_.predictors.completed(word_, states_);
    for (std::size_t k = 0; k < from_.predictors.levels.size(); ++k)
      if (from_.predictors.levels[k].levels > 0)
        units.levels[k][u] = static_cast<std::uint8_t>(from_.predictors.levels[k].level_of_mean(sums_[k], adults_));
  }

 private:
  const UnitSource& from_;
  std::uint64_t word_;
  std::uint64_t programmes_ = 0;
  StateMask states_;
  std::array<int, kMaxLevelPredictors> sums_{};
  int adults_ = 0;
};

bool elder(const Residents& residents, Row one, Row other) {
  const int a = residents.birth_month[one];
  const int b = residents.birth_month[other];
  return a != b ? a < b : residents.id[one] < residents.id[other];
}

std::uint64_t bits_of_both(const UnitSource& from, Row one, Row other) {
  const std::uint32_t shown = from.around.shown[one] & from.around.shown[other];
  std::uint64_t word = 0;
  if ((shown & from.predictors.both_asked) == 0) return word;
  for (const RelationBit& relation : from.predictors.both) word |= (shown & relation.asked) != 0 ? relation.bit : 0;
  return word;
}

}  // namespace

void gather_households(const UnitSource& from, const Block& block, Units& units) {
  const Households& homes = from.city.households;
  const Residents& residents = from.city.residents;
  std::size_t u = block.first;
  for (std::size_t i = block.first; i < block.last; ++i) {
    const Row household = static_cast<Row>(i);
    if (homes.size[household] == 0) continue;
    units.rows[u] = household;
    units.ids[u] = residents.id[homes.named_by[household]];
    units.cells[u] =
        cell_of(from, homes.reference[household], age_sex_of(residents, homes.reference[household], from.month));
    Union adults(from, 0);
    for_each_member(from.city, household, [&](Row row) {
      if (is_adult(from.around, row)) adults.add(row);
    });
    if (adults.adults() == 0) adults.add(homes.reference[household]);
    adults.write(u, units);
    ++u;
  }
  units.count[block.index] = static_cast<std::uint32_t>(u - block.first);
}

void gather_couples(const UnitSource& from, const Block& block, Units& units) {
  const Residents& residents = from.city.residents;
  std::size_t u = block.first;
  for (std::size_t i = block.first; i < block.last; ++i) {
    const Row one = static_cast<Row>(i);
    const Row other = residents.partner[one];
    if (!residents.present(one) || other == kNone || residents.id[other] < residents.id[one]) continue;
    units.rows[u] = one;
    units.ids[u] = residents.id[one];
    const Row eldest = elder(residents, one, other) ? one : other;
    units.cells[u] = cell_of(from, eldest, age_sex_of(residents, eldest, from.month));
    Union both(from, bits_of_both(from, one, other));
    both.add(one);
    both.add(other);
    both.write(u, units);
    ++u;
  }
  units.count[block.index] = static_cast<std::uint32_t>(u - block.first);
}

}  // namespace sleutel
