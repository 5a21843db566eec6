#include "output/compare/inequality_societies.h"

#include <cmath>
#include <limits>

#include "output/measures/standardised.h"
#include "sleutel/residents.h"

namespace sleutel {
namespace {

std::size_t run_year(const Results& results, int scenario, int replicate, int year) {
  return static_cast<std::size_t>((scenario * results.replicates + replicate) * results.years + year);
}

const Series& series_of(const Results& results, const char* stratification, int outcome) {
  const auto by = static_cast<std::size_t>(results.stratification(stratification));
  return results.series.at(by).at(static_cast<std::size_t>(outcome));
}

GroupSums fifths_of(const Series& series, std::size_t run) {
  GroupSums fifths(kIncomeFifths);
  for (std::size_t fifth = 0; fifth < fifths.size(); ++fifth)
    for (std::size_t cell = 0; cell < kAgeSexCells; ++cell) {
      const std::size_t at = (run * kIncomeGroups + fifth) * kAgeSexCells + cell;
      fifths[fifth].numerator[cell] = series.numerator[at];
      fifths[fifth].denominator[cell] = series.denominator[at];
    }
  return fifths;
}

/// Of the baseline's first year, all replicates together.
struct FirstYear {
  std::vector<double> sizes;      ///< of the fifths
  StandardPopulation standard{};  ///< ages and sexes of all of them
};

FirstYear first_year(const Results& results, const Series& series) {
  FirstYear first;
  first.sizes.resize(kIncomeFifths);
  for (int replicate = 0; replicate < results.replicates; ++replicate) {
    const GroupSums fifths = fifths_of(series, run_year(results, 0, replicate, 0));
    for (std::size_t fifth = 0; fifth < fifths.size(); ++fifth)
      for (std::size_t cell = 0; cell < kAgeSexCells; ++cell) {
        first.sizes[fifth] += fifths[fifth].denominator[cell];
        first.standard[cell] += fifths[fifth].denominator[cell];
      }
  }
  return first;
}

/// Of the districts, without the city behind them.
std::size_t districts_of(const Results& results) {
  return results.stratifications[static_cast<std::size_t>(results.stratification("district"))].labels.size() - 1;
}

std::vector<double> district_sizes(const Results& results, const Series& series) {
  std::vector<double> sizes(districts_of(results));
  for (int replicate = 0; replicate < results.replicates; ++replicate)
    for (std::size_t i = 0; i < sizes.size(); ++i)
      sizes[i] += series.denominator[run_year(results, 0, replicate, 0) * (sizes.size() + 1) + i];
  return sizes;
}

double level_at(const Series& series, std::size_t at) {
  return series.denominator[at] > 0 ? series.numerator[at] / series.denominator[at]
                                    : std::numeric_limits<double>::quiet_NaN();
}

SocietyPair districts_in(const Series& series, const std::vector<double>& sizes, std::size_t baseline,
                         std::size_t scenario) {
  std::vector<double> seen, before, after;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double one = level_at(series, baseline * (sizes.size() + 1) + i);
    const double other = level_at(series, scenario * (sizes.size() + 1) + i);
    if (sizes[i] <= 0 || std::isnan(one) || std::isnan(other)) continue;
    seen.push_back(sizes[i]);
    before.push_back(one);
    after.push_back(other);
  }
  return {society_of(seen, before), society_of(seen, after)};
}

}  // namespace

std::vector<SocietyPair> societies_by_income(const Results& results, const PairsAsked& asked) {
  const Series& series = series_of(results, "income_age_sex", asked.outcome);
  const FirstYear first = first_year(results, series);
  std::vector<SocietyPair> pairs;
  for (const int replicate : asked.replicates) {
    const GroupSums before = fifths_of(series, run_year(results, 0, replicate, asked.year));
    const GroupSums after = fifths_of(series, run_year(results, asked.scenario, replicate, asked.year));
    const StandardPopulation weights = seen_everywhere(before, after, first.standard);
    pairs.push_back({society_of(first.sizes, standardised_levels(before, weights)),
                     society_of(first.sizes, standardised_levels(after, weights))});
  }
  return pairs;
}

std::vector<SocietyPair> societies_by_district(const Results& results, const PairsAsked& asked) {
  const Series& series = series_of(results, "district", asked.outcome);
  const std::vector<double> sizes = district_sizes(results, series);
  std::vector<SocietyPair> pairs;
  for (const int replicate : asked.replicates)
    pairs.push_back(districts_in(series, sizes, run_year(results, 0, replicate, asked.year),
                                 run_year(results, asked.scenario, replicate, asked.year)));
  return pairs;
}

Society mean_society(const std::vector<SocietyPair>& pairs, bool of_baseline) {
  Society mean;
  double counted = 0;
  for (const SocietyPair& pair : pairs) {
    const Society& one = of_baseline ? pair.baseline : pair.scenario;
    if (one.empty() || std::isnan(mean_level(pair.baseline)) || std::isnan(mean_level(pair.scenario))) continue;
    if (!mean.empty() && mean.size() != one.size()) return {};
    counted += 1;
    if (mean.empty()) {
      mean = one;
      continue;
    }
    for (std::size_t i = 0; i < one.size(); ++i) mean[i].level += one[i].level;
  }
  for (RankedGroup& group : mean) group.level /= counted;
  return mean;
}

}  // namespace sleutel
