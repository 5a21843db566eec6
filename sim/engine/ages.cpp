#include "sim/engine/ages.h"

#include <algorithm>
#include <stdexcept>

namespace sleutel {

namespace {

/// Place of a cell from 2 * income + sex and the age band.
std::size_t place_of_cell(int income_and_sex, std::uint8_t band) {
  return static_cast<std::size_t>(age_cell(income_and_sex / 2, band, income_and_sex % 2)) * kAgeWidth;
}

void add_to(const AgeRules& rules, std::int32_t* cell, std::int32_t months, std::uint64_t held) {
  cell[0] += months;
  for (std::uint64_t left = held & rules.healthy; left != 0; left &= left - 1)
    cell[rules.place_of[static_cast<std::size_t>(__builtin_ctzll(left))]] += months;
}

/// Months and deaths as they were counted become half person-months.
void add_up(const Column<std::int32_t>& counts, std::size_t measures, AgeSums& to) {
  for (std::size_t cell = 0; cell < std::size_t{kAgeCells}; ++cell) {
    const std::int32_t* const from = counts.data() + cell * kAgeWidth;
    to[cell] += 2 * std::int64_t{from[0]} + from[1];
    for (std::size_t measure = 1; measure < measures; ++measure) to[measure * kAgeCells + cell] += from[measure];
  }
}

}  // namespace

AgeRules::AgeRules(const Model& model, const City& start) : at_start(kAgeCells, 0) {
  for (std::size_t i = 0; i < model.outcomes.size(); ++i) {
    if (model.outcomes[i].years.lived == YearsLived::none) continue;
    if (outcomes.size() == std::size_t{kMaxHealthy}) throw std::length_error("at most 14 healthy life expectancies");
    healthy |= std::uint64_t{1} << i;
    place_of[i] = static_cast<std::uint8_t>(2 + outcomes.size());
    outcomes.push_back(static_cast<int>(i));
  }
  const Residents& residents = start.residents;
  for (Row row = 0; row < residents.size(); ++row) {
    if (!residents.present(row)) continue;
    first_newcomer = std::max(first_newcomer, residents.id[row] + 1);
    const int band = life_table_band(residents.age_months(row, 0) / 12);
    ++at_start[static_cast<std::size_t>(
        age_cell(residents.stratum_income[row], band, static_cast<int>(residents.sex[row])))];
  }
}

std::uint8_t AgeRules::start_band(const Residents& residents, Row row) const {
  if (residents.id[row] >= first_newcomer) return kNoAgeBand;
  return static_cast<std::uint8_t>(life_table_band(residents.age_months(row, 0) / 12));
}

void AgeCounts::clear() {
  period.assign(std::size_t{kAgeCells} * kAgeWidth, 0);
  cohort.assign(std::size_t{kAgeCells} * kAgeWidth, 0);
}

void AgeCounts::add_months(const AgeRules& rules, int income_and_sex, std::array<std::uint8_t, 2> bands,
                           std::int32_t months, std::uint64_t held) {
  add_to(rules, period.data() + place_of_cell(income_and_sex, bands[0]), months, held);
  if (bands[1] != kNoAgeBand) add_to(rules, cohort.data() + place_of_cell(income_and_sex, bands[1]), months, held);
}

void AgeCounts::add_death(int income_and_sex, std::array<std::uint8_t, 2> bands) {
  ++period[place_of_cell(income_and_sex, bands[0]) + 1];
  if (bands[1] != kNoAgeBand) ++cohort[place_of_cell(income_and_sex, bands[1]) + 1];
}

void add_up(const AgeCounts& counts, AgeTally& to) {
  add_up(counts.period, to.measures(), to.period);
  add_up(counts.cohort, to.measures(), to.cohort);
}

AgeTally empty_tally(const AgeRules& rules) {
  const std::size_t sums = (2 + rules.outcomes.size()) * kAgeCells;
  return {rules.outcomes, AgeSums(sums, 0), AgeSums(sums, 0), rules.at_start};
}

}  // namespace sleutel
