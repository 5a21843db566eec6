#include "output/compare/replicates.h"

#include <algorithm>
#include <limits>

namespace sleutel {

std::vector<int> complete_replicates(const Results& results, const std::vector<int>& scenarios, int year) {
  std::vector<int> replicates;
  for (int replicate = 0; replicate < results.replicates; ++replicate)
    if (std::all_of(scenarios.begin(), scenarios.end(),
                    [&](int scenario) { return results.has_year(scenario, replicate, year); }))
      replicates.push_back(replicate);
  return replicates;
}

std::vector<double> values_of(const Results& results, const Place& place, int scenario,
                              const std::vector<int>& replicates) {
  const std::size_t strata = results.stratifications[place.stratification].labels.size();
  const Series& series = results.series[place.stratification][static_cast<std::size_t>(place.outcome)];
  const double scale = results.outcomes[static_cast<std::size_t>(place.outcome)].scale;
  std::vector<double> values;
  for (const int replicate : replicates) {
    const auto run_year = (scenario * results.replicates + replicate) * results.years + place.year;
    const std::size_t at = static_cast<std::size_t>(run_year) * strata + place.stratum;
    const double denominator = series.denominator[at];
    values.push_back(denominator > 0 ? series.numerator[at] / denominator * scale
                                     : std::numeric_limits<double>::quiet_NaN());
  }
  return values;
}

std::string level_label(const OutcomeInfo& outcome) {
  if (outcome.unit.starts_with("(")) return outcome.label_en + " " + outcome.unit;
  return outcome.label_en + ", " + outcome.population + ", " + outcome.unit;
}

std::string gap_unit(const OutcomeInfo& outcome) { return outcome.unit == "%" ? "points" : outcome.unit; }

std::string gap_label(const OutcomeInfo& outcome) {
  const std::string unit = gap_unit(outcome);
  return outcome.label_en + ", gap between income fifths" + (unit.starts_with("(") ? " " : ", ") + unit;
}

}  // namespace sleutel
