#include <algorithm>

#include "sim/engine/ahead.h"
#include "sim/engine/month.h"

// Which outcomes hold for whom, in which stratum. What is counted of a resident stays the same for most months: it is
// kept with the month from which it holds, and added to the sums, times the months, when it changes and at the end of
// the year. All sums are integers, so this is the sum of a look each month. Who died is counted with the life events.

namespace sleutel {

namespace {

int age_row(const Residents& residents, Row row, int month) {
  return std::clamp(residents.age_months(row, month) / 12, 0, kAgeRows - 1);
}

/// 2 * income + sex of a cell of the tally.
int income_and_sex(int cell) { return cell / (2 * kLifeStages) % kIncomeGroups * 2 + cell % 2; }

void add_each(std::uint64_t outcomes, std::int32_t by, std::int32_t* cell) {
  for (; outcomes != 0; outcomes &= outcomes - 1) cell[__builtin_ctzll(outcomes)] += by;
}

/// Outcomes that are asked of who is counted so.
std::uint64_t asked_of(const Observed& observed, const Counted& counted) {
  return observed.of_segment[counted.segment] &
         ((counted.how & kCountedHome) != 0 ? ~std::uint64_t{0} : ~observed.per_household);
}

/// Outcomes that hold for a resident: those of his states now, and of the responses as they were found.
std::uint64_t held_now(const Run& run, Row row) {
  const Observed& observed = run.arm->observed;
  const Residents& residents = run.city.residents;
  return observed.held(residents.states[row], residents.months_in[row]) | (run.counted[row].held & observed.of_cuts);
}

/// What is counted of a resident from this month on.
Counted counted_now(const Run& run, Row row) {
  const Observed& observed = run.arm->observed;
  const Residents& residents = run.city.residents;
  const int age = age_row(residents, row, run.month);
  const bool home = observed.per_household != 0 && stands_for_household(run.city, row);
  Counted now;
  now.held = held_now(run, row);
  now.means = run.counted[row].means;
  now.cell = static_cast<std::uint16_t>(cell_of_tally(run.arm->shape, residents, row, age));
  now.age_band = static_cast<std::uint8_t>(life_table_band(age));
  now.start_band = run.arm->ages.start_band(residents, row);
  now.since = static_cast<std::int16_t>(run.month);
  now.segment = observed.segment_of_age[static_cast<std::size_t>(age)];
  now.how = home ? kCounts | kCountedHome : kCounts;
  return now;
}

void count_anew(Run& run, Row row, int slot) {
  Counted& counted = run.counted[row];
  const Counted now = run.city.residents.present(row) ? counted_now(run, row) : Counted{};
  if (counted.same_as(now)) return;
  count_until_now(run, row, slot);
  run.places[static_cast<std::size_t>(slot)].counted += (now.how & kCounts) - (counted.how & kCounts);
  counted = now;
}

/// The same of who was written by states alone: age, home and stratum are as they were.
void count_states_anew(Run& run, Row row, int slot) {
  const std::uint64_t held = held_now(run, row);
  if (run.counted[row].held == held) return;
  count_until_now(run, row, slot);
  run.counted[row].held = held;
}

/// True if all that is counted of a resident may be other than before, not his states alone.
bool is_another(const Run& run, Row row) {
  return (run.around.stale[row] & kStaleCount) != 0 || (run.city.touched[row] & (kTouchedNew | kTouchedFamily)) != 0 ||
         !run.city.residents.present(row);
}

}  // namespace

void count_until_now(Run& run, Row row, int slot) {
  Counted& counted = run.counted[row];
  const std::int32_t months = run.month - counted.since;
  if ((counted.how & kCounts) == 0 || months == 0) return;
  counted.since = static_cast<std::int16_t>(run.month);
  const Observed& observed = run.arm->observed;
  Sums& sums = run.sums[static_cast<std::size_t>(slot)];
  const CellLayout layout(observed);
  std::int32_t* const here = sums.counts.data() + layout.cell(counted.cell);
  here[layout.persons(counted.segment)] += months;
  here[layout.homes(counted.segment)] += (counted.how & kCountedHome) != 0 ? months : 0;
  run.age_counts[static_cast<std::size_t>(slot)].add_months(
      run.arm->ages, income_and_sex(counted.cell), {counted.age_band, counted.start_band}, months, counted.held);
  const std::uint64_t asked = asked_of(observed, counted);
  add_each(counted.held & asked, months, here);
  std::int64_t* const means = sums.means.data() + static_cast<std::size_t>(counted.cell) * kMaxMeans;
  for (std::size_t k = 0; k < observed.means.size(); ++k) {
    const bool is_asked = ((asked >> observed.means[k].outcome) & 1U) != 0;
    std::int64_t& mean = means[k];
    mean += std::int64_t{is_asked ? months : 0} * counted.means[k];
#ifdef SLEUTEL_MUTANT_INTEGER_SUMS
    mean = static_cast<std::int64_t>(static_cast<float>(mean));
#endif
  }
}

void fetch_sums(const Run& run, Row row, int slot) {
  const Counted& counted = run.counted[row];
  const CellLayout layout(run.arm->observed);
  const Sums& sums = run.sums[static_cast<std::size_t>(slot)];
  __builtin_prefetch(sums.means.data() + static_cast<std::size_t>(counted.cell) * kMaxMeans, 1);
  const std::int32_t* const here = sums.counts.data() + layout.cell(counted.cell);
  for (std::size_t i = 0; i < layout.width(); i += CellLayout::kLine) __builtin_prefetch(here + i, 1);
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
    constexpr int written = kTouchedStates | kTouchedNew | kTouchedFamily;
    const auto list = [&](Row row) { rows.push_back(row); };
    for_each_marked_in_either(run.around.stale, kStaleCount, run.city.touched, written, block.first, block.last, list);
    const auto fetch = [&](Row row) {
      __builtin_prefetch(&run.counted[row], 1);
      __builtin_prefetch(&run.city.residents.states[row]);
      __builtin_prefetch(&run.city.residents.months_in[row]);
    };
    for_each_ahead(rows, fetch, [&](Row row) {
      if (is_another(run, row))
        count_anew(run, row, block.slot);
      else if ((run.city.touched[row] & kTouchedStates) != 0)
        count_states_anew(run, row, block.slot);
    });
  });
  for (const Workplace& place : run.places) run.sums[0].resident_months += place.counted;
}

void count_event(Run& run, Row row, std::uint64_t outcomes) {
  const Observed& observed = run.arm->observed;
  const int age = age_row(run.city.residents, row, run.month);
  const int cell = cell_of_tally(run.arm->shape, run.city.residents, row, age);
  add_each(outcomes & observed.of_age[static_cast<std::size_t>(age)], 1,
           run.sums[0].counts.data() + CellLayout(observed).cell(cell));
}

void count_half_month(Run& run, Row row) {
  const Observed& observed = run.arm->observed;
  const int age = age_row(run.city.residents, row, run.month);
  const int cell = cell_of_tally(run.arm->shape, run.city.residents, row, age);
  const std::size_t segment = observed.segment_of_age[static_cast<std::size_t>(age)];
  ++run.sums[0].died[static_cast<std::size_t>(cell) * static_cast<std::size_t>(observed.segments) + segment];
  const std::uint8_t start = run.arm->ages.start_band(run.city.residents, row);
  run.age_counts[0].add_death(income_and_sex(cell), {static_cast<std::uint8_t>(life_table_band(age)), start});
}

}  // namespace sleutel
