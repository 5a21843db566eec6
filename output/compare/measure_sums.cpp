#include "output/compare/measure_sums.h"

#include "sleutel/recorder.h"

namespace sleutel {
namespace {

std::size_t row_of(const Results& results, const RunYears& run, int year) {
  return static_cast<std::size_t>((run.scenario * results.replicates + run.replicate) * results.years + year);
}

/// One band of some residents in one year of a run.
struct BandSums {
  double months = 0, deaths = 0, healthy = 0, at_start = 0;
  double seen() const { return months - deaths / 2; }
};

BandSums band_sums(const LifeTables& tables, const AgeSeries& series, std::size_t row, const Whom& whom, int band,
                   int healthy) {
  BandSums sums;
  for (const int income : whom.incomes)
    for (const int sex : whom.sexes) {
      const std::size_t at = row * kAgeCells + static_cast<std::size_t>(age_cell(income, band, sex));
      sums.months += series.person_months[at];
      sums.deaths += series.deaths[at];
      sums.at_start += tables.at_start[at];
      if (healthy >= 0) sums.healthy += series.healthy[static_cast<std::size_t>(healthy)][at];
    }
  return sums;
}

/// Months in good health, of those in which it was asked.
double healthy_months(const LifeTables& tables, const BandSums& sums, int healthy) {
  if (healthy < 0) return sums.seen();
  const bool with = tables.healthy[static_cast<std::size_t>(healthy)].lived_with;
  return with ? sums.healthy : sums.seen() - sums.healthy;
}

/// Numerator and denominator of one outcome in one year of a run.
struct Rate {
  double numerator = 0, denominator = 0;
};

Rate rate_in(const Results& results, std::size_t row, const Whom& whom, std::size_t outcome) {
  constexpr int cells = kIncomeGroups * kLifeStages * 2;
  const Series& series = results.series[static_cast<std::size_t>(results.stratification("income_age_sex"))][outcome];
  Rate rate;
  for (const int income : whom.incomes)
    for (int stage = 0; stage < kLifeStages; ++stage)
      for (const int sex : whom.sexes) {
        const std::size_t at = row * cells + static_cast<std::size_t>((income * kLifeStages + stage) * 2 + sex);
        rate.numerator += series.numerator[at];
        rate.denominator += series.denominator[at];
      }
  return rate;
}

}  // namespace

SumsOfRun life_table_sums(const Results& results, const RunYears& run, const Whom& whom, int healthy) {
  const LifeTables& tables = results.ages;
  SumsOfRun sums(4 * std::size_t{kLifeTableBands});
  for (const int year : run.years)
    for (int band = 0; band < kLifeTableBands; ++band) {
      const BandSums of = band_sums(tables, tables.period, row_of(results, run, year), whom, band, healthy);
      const auto i = static_cast<std::size_t>(band);
      sums[i] += of.months;
      sums[kLifeTableBands + i] += of.deaths;
      sums[2 * kLifeTableBands + i] += of.seen();
      sums[3 * kLifeTableBands + i] += healthy_months(tables, of, healthy);
    }
  return sums;
}

SumsOfRun cohort_sums(const Results& results, const RunYears& run, const Whom& whom, int healthy) {
  const LifeTables& tables = results.ages;
  SumsOfRun sums(2);
  for (std::size_t i = 0; i < run.years.size(); ++i)
    for (int band = 0; band < kLifeTableBands; ++band) {
      const BandSums of = band_sums(tables, tables.cohort, row_of(results, run, run.years[i]), whom, band, healthy);
      sums[0] += (healthy < 0 ? of.months : healthy_months(tables, of, healthy)) / 12;
      if (i == 0) sums[1] += of.at_start;
    }
  return sums;
}

SumsOfRun rate_sums(const Results& results, const RunYears& run, const Whom& whom, std::size_t outcome) {
  SumsOfRun sums(2);
  for (const int year : run.years) {
    const Rate rate = rate_in(results, row_of(results, run, year), whom, outcome);
    sums[0] += rate.numerator;
    sums[1] += rate.denominator;
  }
  return sums;
}

SumsOfRun qaly_sums(const Results& results, const RunYears& run, const Whom& whom, std::size_t outcome,
                    double discount) {
  SumsOfRun sums = {0, 0, 1};
  for (const int year : run.years) {
    const Rate rate = rate_in(results, row_of(results, run, year), whom, outcome);
    double weight = 1;
    for (int i = 0; i < year; ++i) weight /= 1 + discount;
    sums[0] += rate.numerator / 12 * weight;
    sums[1] += rate.denominator / 12;
  }
  return sums;
}

}  // namespace sleutel
