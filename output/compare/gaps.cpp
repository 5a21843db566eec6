#include "output/compare/gaps.h"

#include "output/measures/income_gap.h"
#include "sleutel/residents.h"

namespace sleutel {
namespace {

constexpr int kFifths = 5;

/// The income x life stage x sex sums of one run and year begin here.
std::size_t first_number(const Results& results, int scenario, int replicate, int year) {
  const auto run_year = (scenario * results.replicates + replicate) * results.years + year;
  return static_cast<std::size_t>(run_year) * kIncomeGroups * kAgeSexCells;
}

AgeSexSums sums_of(const Series& series, std::size_t first, int fifth) {
  AgeSexSums sums;
  for (std::size_t cell = 0; cell < kAgeSexCells; ++cell) {
    const std::size_t at = first + static_cast<std::size_t>(fifth) * kAgeSexCells + cell;
    sums.numerator[cell] = series.numerator[at];
    sums.denominator[cell] = series.denominator[at];
  }
  return sums;
}

IncomeEnds ends_of(const Series& series, std::size_t first) {
  return {sums_of(series, first, 0), sums_of(series, first, kFifths - 1)};
}

StandardPopulation standard_population(const Results& results, const Series& series) {
  StandardPopulation standard{};
  for (int replicate = 0; replicate < results.replicates; ++replicate)
    for (int fifth = 0; fifth < kFifths; ++fifth) {
      const auto sums = sums_of(series, first_number(results, 0, replicate, 0), fifth);
      for (std::size_t cell = 0; cell < kAgeSexCells; ++cell) standard[cell] += sums.denominator[cell];
    }
  return standard;
}

}  // namespace

GapsByReplicate gaps_by_replicate(const Results& results, int outcome, int scenario, int year,
                                  const std::vector<int>& replicates) {
  const auto by = static_cast<std::size_t>(results.stratification("income_age_sex"));
  const auto& series = results.series.at(by).at(static_cast<std::size_t>(outcome));
  const auto standard = standard_population(results, series);
  const bool higher = results.outcomes[static_cast<std::size_t>(outcome)].higher_is_better;
  GapsByReplicate gaps;
  for (const int replicate : replicates) {
    const auto pair = income_gaps(ends_of(series, first_number(results, 0, replicate, year)),
                                  ends_of(series, first_number(results, scenario, replicate, year)), standard,
                                  higher ? Better::higher : Better::lower);
    gaps.baseline.push_back(pair.baseline);
    gaps.scenario.push_back(pair.scenario);
  }
  return gaps;
}

}  // namespace sleutel
