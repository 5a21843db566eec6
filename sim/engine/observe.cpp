#include <algorithm>

#include "sim/engine/month.h"

// One look at every resident: which outcomes hold, in which stratum. Who died is counted with the life events.

namespace sleutel {

namespace {

int age_row(const Residents& residents, Row row, int month) {
  return std::clamp(residents.age_months(row, month) / 12, 0, kAgeRows - 1);
}

std::size_t sum_at(const Observed& observed, int cell, int outcome) {
  return static_cast<std::size_t>(cell) * static_cast<std::size_t>(observed.outcomes) +
         static_cast<std::size_t>(outcome);
}

std::size_t segment_at(const Observed& observed, int cell, int age) {
  return static_cast<std::size_t>(cell) * static_cast<std::size_t>(observed.segments) +
         observed.segment_of_age[static_cast<std::size_t>(age)];
}

/// The resident for whom households are counted: the reference person of a private, non-student household.
bool stands_for_household(const City& city, Row row) {
  const Row household = city.residents.household[row];
  const Households& homes = city.households;
  return homes.reference[household] == row && homes.student_house[household] == 0 &&
         homes.kind[household] != HouseholdKind::institution;
}

void add_each(std::uint64_t outcomes, std::int64_t* cell) {
  for (; outcomes != 0; outcomes &= outcomes - 1) ++cell[__builtin_ctzll(outcomes)];
}

/// What is the same for all residents of a run.
class Look {
 public:
  Look(const Run& run, Sums& sums)
      : run_(run), observed_(run.arm->observed), shape_(run.arm->shape), residents_(run.city.residents), sums_(sums) {}

  void at(Row row, const Condition& condition) {
    const auto age = static_cast<std::size_t>(age_row(residents_, row, run_.month));
    const int cell = cell_of_tally(shape_, residents_, row, static_cast<int>(age));
    std::uint64_t asked = observed_.of_age[age];
    const std::size_t segment = segment_at(observed_, cell, static_cast<int>(age));
    ++sums_.persons[segment];
    if (observed_.per_household != 0) {
      if (stands_for_household(run_.city, row))
        ++sums_.homes[segment];
      else
        asked &= ~observed_.per_household;
    }
    std::int64_t* const here = sums_.numerator.data() + sum_at(observed_, cell, 0);
    const std::uint64_t held = observed_.held(residents_.states[row], residents_.months_in[row]) | condition.outcomes;
    add_each(held & asked, here);
    for (std::size_t k = 0; k < observed_.means.size(); ++k) {
      const int outcome = observed_.means[k].outcome;
      if (((asked >> outcome) & 1U) == 0) continue;
      here[outcome] += condition.means[k];
#ifdef SLEUTEL_MUTANT_INTEGER_SUMS
      here[outcome] = static_cast<std::int64_t>(static_cast<float>(here[outcome]));
#endif
    }
    ++sums_.resident_months;
  }

 private:
  const Run& run_;
  const Observed& observed_;
  const TallyShape shape_;
  const Residents& residents_;
  Sums& sums_;
};

void look_at_block(Run& run, const Block& block) {
  const Units& units = run.units[0];
  Look look(run, run.sums[static_cast<std::size_t>(block.slot)]);
  for (std::size_t u = block.first; u < block.first + units.count[block.index]; ++u)
    if (run.city.residents.present(units.rows[u])) look.at(units.rows[u], run.conditions[u]);
}

}  // namespace

void observe(Run& run) {
  const Units& units = run.units[0];
  const std::size_t newcomers = run.blocks.count(run.residents_before);
  run.blocks.each(run.residents_before, [&](const Block& block) { look_at_block(run, block); });
  if (units.count[newcomers] != 0) look_at_block(run, {run.residents_before, units.rows.size(), newcomers, 0});
}

void count_event(Run& run, Row row, std::uint64_t outcomes) {
  const Observed& observed = run.arm->observed;
  const int age = age_row(run.city.residents, row, run.month);
  const int cell = cell_of_tally(run.arm->shape, run.city.residents, row, age);
  add_each(outcomes & observed.of_age[static_cast<std::size_t>(age)],
           run.sums[0].numerator.data() + sum_at(observed, cell, 0));
}

void count_half_month(Run& run, Row row) {
  const int age = age_row(run.city.residents, row, run.month);
  const int cell = cell_of_tally(run.arm->shape, run.city.residents, row, age);
  ++run.sums[0].died[segment_at(run.arm->observed, cell, age)];
}

}  // namespace sleutel
