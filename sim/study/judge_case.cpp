#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/math.h"
#include "sim/study/benchmark_case.h"

// What was simulated, by replicate, as a case asks for it; and how far its mean lies from what is expected.

namespace sleutel {
namespace {

constexpr double kSame = 1e-9;  ///< rounding of the last digits, of a value that must be exact

/// Sums over the years, in person-years and in what is counted of them.
struct Taken {
  double sum = 0, person_years = 0;
};

Taken taken(const Results& results, const CaseQuantity& quantity, int replicate) {
  const auto at = static_cast<std::size_t>(results.stratification("district"));
  const std::size_t strata = results.stratifications[at].labels.size();  // the whole city is the last
  const Series& series = results.series[at][static_cast<std::size_t>(quantity.outcome)];
  Taken all;
  for (int year = quantity.first_year; year <= quantity.last_year; ++year) {
    const int run = quantity.scenario * results.replicates + replicate;
    const std::size_t cell = static_cast<std::size_t>(run * results.years + year) * strata + strata - 1;
    all.sum += series.numerator[cell] / quantity.per_year;
    all.person_years += series.denominator[cell] / quantity.per_year;
  }
  return all;
}

double value_of(const Results& results, const CaseQuantity& quantity, int replicate) {
  const Taken all = taken(results, quantity, replicate);
  if (quantity.take == Take::sum) return all.sum;
  return quantity.take == Take::person_years ? all.person_years : all.sum / all.person_years;
}

/// From deaths per person-year in bands of constant mortality. Who dies in a month counts half of it, so of m deaths
/// per person-year the chance to live on for a month is (1 - m/24) / (1 + m/24).
double life_expectancy(const Results& results, const std::vector<LifeBand>& bands, int replicate) {
  double alive = 1;
  double years = 0;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const double deaths = value_of(results, bands[i].deaths, replicate);
    double lives_on = 0;  // to the next band
    if (i + 1 < bands.size())
      lives_on = math::pow((1 - deaths / 24) / (1 + deaths / 24), 12.0 * (bands[i + 1].age_from - bands[i].age_from));
    const double in_band = i + 1 < bands.size() ? bands[i + 1].age_from - bands[i].age_from : 0;
    years += alive * (deaths > 0 ? (1 - lives_on) / deaths : in_band);
    alive *= lives_on;
  }
  return years;
}

double simulated(const Results& results, const CaseValue& value, int replicate) {
  if (!value.life.empty()) return life_expectancy(results, value.life, replicate);
  double x = value_of(results, value.of.front(), replicate);
  if (!value.minus.empty()) x -= value_of(results, value.minus.front(), replicate);
  if (!value.over.empty()) x /= value_of(results, value.over.front(), replicate);
  return value.log_over_years > 0 ? math::log(x) / value.log_over_years : x;
}

bool same(double one, double other) { return std::abs(one - other) <= kSame * std::max(1.0, std::abs(other)); }

CaseFinding judged_exactly(const std::vector<double>& found, double expected, CaseFinding finding) {
  finding.agrees = std::all_of(found.begin(), found.end(), [&](double x) { return same(x, expected); });
  if (!finding.agrees) finding.difference = std::numeric_limits<double>::quiet_NaN();
  return finding;
}

CaseFinding judged(const CaseValue& value, const std::vector<double>& found, double chance) {
  const auto n = static_cast<double>(found.size());
  CaseFinding finding;
  for (const double x : found) finding.simulated += x / n;
  double squares = 0;
  for (const double x : found) squares += (x - finding.simulated) * (x - finding.simulated);
  finding.standard_error = std::sqrt(squares / (n - 1) / n);
  if (value.exact) return judged_exactly(found, value.expected, finding);
  finding.limit = student_t_quantile(1 - chance / 2, n - 1);
  finding.difference = (finding.simulated - value.expected) / finding.standard_error;
  finding.agrees = std::abs(finding.difference) <= finding.limit;  // never of a NaN
  return finding;
}

}  // namespace

std::vector<CaseFinding> judged(const BenchmarkCase& one, const Results& results) {
  const auto by_chance =
      std::count_if(one.values.begin(), one.values.end(), [](const CaseValue& value) { return !value.exact; });
  std::vector<CaseFinding> findings;
  for (const CaseValue& value : one.values) {
    std::vector<double> found;
    for (int replicate = 0; replicate < results.replicates; ++replicate)
      found.push_back(simulated(results, value, replicate));
    findings.push_back(judged(value, found, one.false_alarm / static_cast<double>(std::max<long>(1, by_chance))));
  }
  return findings;
}

}  // namespace sleutel
