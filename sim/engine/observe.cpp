#include <algorithm>

#include "sim/engine/month.h"

// Which outcomes hold for whom, in which stratum. What is counted of a resident stays the same for most months: it is
// kept with the month from which it holds, and added to the sums, times the months, when it changes and at the end of
// the year. All sums are integers, so this is the sum of a look each month. Who died is counted with the life events.

namespace sleutel {

namespace {

int age_row(const Residents& residents, Row row, int month) {
  return std::clamp(residents.age_months(row, month) / 12, 0, kAgeRows - 1);
}

std::size_t sum_at(const Observed& observed, int cell, int outcome) {
  return static_cast<std::size_t>(cell) * static_cast<std::size_t>(observed.outcomes) +
         static_cast<std::size_t>(outcome);
}

std::size_t segment_at(const Observed& observed, int cell, int segment) {
  return static_cast<std::size_t>(cell) * static_cast<std::size_t>(observed.segments) +
         static_cast<std::size_t>(segment);
}

void add_each(std::uint64_t outcomes, std::int64_t by, std::int64_t* cell) {
  for (; outcomes != 0; outcomes &= outcomes - 1) cell[__builtin_ctzll(outcomes)] += by;
}

/// What is counted of a resident from this month on.
Counted counted_now(const Run& run, Row row) {
  const Observed& observed = run.arm->observed;
  const Residents& residents = run.city.residents;
  const auto age = static_cast<std::size_t>(age_row(residents, row, run.month));
  const bool home = observed.per_household != 0 && stands_for_household(run.city, row);
  const std::uint64_t asked = observed.of_age[age] & ~(home ? 0 : observed.per_household);
  const std::uint64_t held =
      observed.held(residents.states[row], residents.months_in[row]) | run.conditions[row].outcomes;
  Counted now;
  now.outcomes = held & asked;
  now.cell = cell_of_tally(run.arm->shape, residents, row, static_cast<int>(age));
  now.since = static_cast<std::int16_t>(run.month);
  now.segment = observed.segment_of_age[age];
  now.home = home;
  now.counts = true;
  for (std::size_t k = 0; k < observed.means.size(); ++k)
    now.means |= static_cast<std::uint8_t>(((asked >> observed.means[k].outcome) & 1U) << k);
  return now;
}

void count_anew(Run& run, Row row, int slot) {
  Counted& counted = run.counted[row];
  const bool present = run.city.residents.present(row);
  Counted now = present ? counted_now(run, row) : Counted{};
  if (counted.same_as(now)) return;
  count_until_now(run, row, slot);
  run.places[static_cast<std::size_t>(slot)].counted += (present ? 1 : 0) - (counted.counts ? 1 : 0);
  counted = now;
}

}  // namespace

void count_until_now(Run& run, Row row, int slot) {
  Counted& counted = run.counted[row];
  const std::int64_t months = run.month - counted.since;
  if (!counted.counts || months == 0) return;
  counted.since = static_cast<std::int16_t>(run.month);
  const Observed& observed = run.arm->observed;
  Sums& sums = run.sums[static_cast<std::size_t>(slot)];
  const std::size_t segment = segment_at(observed, counted.cell, counted.segment);
  sums.persons[segment] += static_cast<std::int32_t>(months);
  if (counted.home) sums.homes[segment] += static_cast<std::int32_t>(months);
  std::int64_t* const here = sums.numerator.data() + sum_at(observed, counted.cell, 0);
  add_each(counted.outcomes, months, here);
  for (std::size_t k = 0; k < observed.means.size(); ++k) {
    if (((counted.means >> k) & 1U) == 0) continue;
    std::int64_t& mean = here[observed.means[k].outcome];
    mean += months * run.conditions[row].means[k];
#ifdef SLEUTEL_MUTANT_INTEGER_SUMS
    mean = static_cast<std::int64_t>(static_cast<float>(mean));
#endif
  }
}

void count_all_until_now(Run& run) {
  run.blocks.each(run.counted.size(), [&](const Block& block) {
    for (std::size_t row = block.first; row < block.last; ++row)
      count_until_now(run, static_cast<Row>(row), block.slot);
  });
}

void observe(Run& run) {
  run.blocks.each(run.city.residents.size(), [&](const Block& block) {
    std::vector<Row>& rows = run.places[static_cast<std::size_t>(block.slot)].rows;
    rows.clear();
    for_each_marked_in_either(run.around.stale, kStaleCount | kStaleCondition, run.city.touched, block.first,
                              block.last, [&](Row row) {
                                __builtin_prefetch(&run.counted[row], 1);
                                rows.push_back(row);
                              });
    for (const Row row : rows) count_anew(run, row, block.slot);
  });
  for (const Workplace& place : run.places) run.sums[0].resident_months += place.counted;
}

void count_event(Run& run, Row row, std::uint64_t outcomes) {
  const Observed& observed = run.arm->observed;
  const int age = age_row(run.city.residents, row, run.month);
  const int cell = cell_of_tally(run.arm->shape, run.city.residents, row, age);
  add_each(outcomes & observed.of_age[static_cast<std::size_t>(age)], 1,
           run.sums[0].numerator.data() + sum_at(observed, cell, 0));
}

void count_half_month(Run& run, Row row) {
  const Observed& observed = run.arm->observed;
  const int age = age_row(run.city.residents, row, run.month);
  const int cell = cell_of_tally(run.arm->shape, run.city.residents, row, age);
  ++run.sums[0].died[segment_at(observed, cell, observed.segment_of_age[static_cast<std::size_t>(age)])];
}

}  // namespace sleutel
