#include "output/compare/measure_list.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "output/compare/measure_sums.h"

namespace sleutel {
namespace {

constexpr int kAges[] = {0, 65};  ///< from which expectancies are given [years]

/// Of sums that lie as person-months, deaths, seen and healthy months, a band after the other.
LifeTableSums table_of(const SumsOfRun& sums) {
  LifeTableSums table;
  for (std::size_t band = 0; band < std::size_t{kLifeTableBands}; ++band) {
    table.person_years[band] = sums[band] / 12;
    table.deaths[band] = sums[kLifeTableBands + band];
    table.seen_years[band] = sums[2 * kLifeTableBands + band] / 12;
    table.healthy_years[band] = sums[3 * kLifeTableBands + band] / 12;
  }
  return table;
}

Expectancy ratio(double numerator, double denominator) {
  return {denominator > 0 ? numerator / denominator : std::numeric_limits<double>::quiet_NaN(), 0,
          denominator > 0 ? NoExpectancy::none : NoExpectancy::nobody, -1};
}

/// Three digits are enough of what matters where it is derived.
double short_number(double value) {
  if (value <= 0) return 0;
  double scale = 1;
  while (value * scale < 100) scale *= 10;
  while (value * scale >= 1000 && scale > 1) scale /= 10;
  return std::round(value * scale) / scale;
}

/// The smallest that the model declares for any healthy life expectancy; 0 if it declares none.
double life_matters(const Results& results) {
  double least = 0;
  for (const HealthyInfo& info : results.ages.healthy) least = least > 0 ? std::min(least, info.matters) : info.matters;
  return least;
}

std::string share_text(const HealthyInfo& info) {
  return std::string(info.lived_with ? " Healthy: with this: " : " Healthy: without this: ") + info.definition;
}

Measure expectancy_measure(const Results& results, const HealthyInfo* info, int which, int age) {
  Measure measure;
  measure.id = (info == nullptr ? "life_expectancy" : info->id) + (age > 0 ? "_" + std::to_string(age) : "");
  measure.label =
      (info == nullptr ? "life expectancy" : info->label_en) + (age > 0 ? " at " + std::to_string(age) : " at birth");
  measure.unit = "years";
  measure.definition =
      info == nullptr ? "Mean years of life still to come if people died at each age as in these years (period life "
                        "table, age bands, open at 90)."
                      : "Sullivan's method: years of the period life table, in each age band times the share who are "
                        "healthy." +
                            share_text(*info);
  measure.is_expectancy = true;
  measure.is_assumption = info != nullptr && info->is_assumption;
  measure.sums = [&results, which](const RunYears& run, const Whom& whom) {
    return life_table_sums(results, run, whom, which);
  };
  const int band = life_table_band(age);
  measure.of = [band](const SumsOfRun& sums) { return expectancy(table_of(sums), band); };
  const double matters = info == nullptr ? life_matters(results) : info->matters;
  measure.matters_of = [matters](const SumsOfRun&) { return matters; };
  return measure;
}

/// "in good mental health" of "life expectancy in good mental health".
std::string without_words(const std::string& label) {
  constexpr std::string_view words = "life expectancy ";
  return label.starts_with(words) ? label.substr(words.size()) : label;
}

Measure cohort_measure(const Results& results, const HealthyInfo* info, int which) {
  Measure measure;
  measure.id = "cohort_" + (info == nullptr ? "years" : info->id);
  measure.label =
      info == nullptr ? "years lived by the start's residents" : "of these: " + without_words(info->label_en);
  measure.unit = "years";
  measure.definition =
      "Years lived in the city within these years of the study by those who were residents at its "
      "start, per resident of the start; who moves away is not followed." +
      (info == nullptr ? "" : share_text(*info));
  measure.decimals = 3;
  measure.is_assumption = info != nullptr && info->is_assumption;
  measure.sums = [&results, which](const RunYears& run, const Whom& whom) {
    return cohort_sums(results, run, whom, which);
  };
  measure.of = [](const SumsOfRun& sums) { return ratio(sums[0], sums[1]); };
  const double matters = info == nullptr ? life_matters(results) : info->matters;
  measure.matters_of = [matters](const SumsOfRun&) { return matters; };
  return measure;
}

Measure incidence_measure(const Results& results, std::size_t begins) {
  const OutcomeInfo& outcome = results.outcomes[begins];
  Measure measure;
  measure.id = outcome.id;
  measure.label = outcome.label_en + ", " + outcome.population;
  measure.unit = outcome.unit;
  measure.decimals = outcome.decimals;
  measure.definition = "Incidence. " + outcome.definition;
  measure.is_assumption = outcome.is_assumption;
  measure.sums = [&results, begins](const RunYears& run, const Whom& whom) {
    return rate_sums(results, run, whom, begins);
  };
  const double scale = outcome.scale, matters = outcome.matters;
  measure.of = [scale](const SumsOfRun& sums) { return ratio(sums[0] * scale, sums[1]); };
  measure.matters_of = [matters](const SumsOfRun&) { return matters; };
  return measure;
}

std::size_t outcome_named(const Results& results, const std::string& id) {
  for (std::size_t i = 0; i < results.outcomes.size(); ++i)
    if (results.outcomes[i].id == id) return i;
  return results.outcomes.size();
}

/// Person-years in a state per beginning of it. What matters: the difference that would, at the incidence of the
/// baseline, change the prevalence by what matters of that.
Measure duration_measure(const Results& results, std::size_t begins, std::size_t has) {
  const OutcomeInfo& outcome = results.outcomes[has];
  Measure measure;
  measure.id = outcome.id + "_duration";
  measure.label = outcome.label_en + ", " + outcome.population + ": mean duration";
  measure.unit = "years";
  measure.definition =
      "Prevalence / incidence: person-years in the state per beginning of it, the mean duration if "
      "the city stood still. " +
      outcome.definition;
  measure.is_assumption = outcome.is_assumption;
  measure.sums = [&results, begins, has](const RunYears& run, const Whom& whom) {
    const SumsOfRun in_state = rate_sums(results, run, whom, has), beginnings = rate_sums(results, run, whom, begins);
    return SumsOfRun{in_state[0] / 12, beginnings[0], beginnings[1]};
  };
  measure.of = [](const SumsOfRun& sums) { return ratio(sums[0], sums[1]); };
  const double share = outcome.matters / outcome.scale;
  measure.matters_of = [share](const SumsOfRun& sums) {
    return sums[1] > 0 ? short_number(share * sums[2] / sums[1]) : 0;
  };
  return measure;
}

/// What matters: the difference of the mean utility that matters, for all person-years.
Measure qaly_measure(const Results& results, std::size_t utility, double discount) {
  const OutcomeInfo& outcome = results.outcomes[utility];
  Measure measure;
  measure.id = "qalys_" + outcome.id + (discount > 0 ? "_discounted" : "");
  measure.label = "QALYs, " + outcome.population + (discount > 0 ? ", discounted" : "");
  measure.unit = "QALYs";
  measure.decimals = 0;
  measure.is_assumption = outcome.is_assumption;
  measure.definition =
      "Quality-adjusted life years of the residents of the city in these years, per run: an open "
      "population, so who moves away or comes changes the sum. " +
      outcome.definition;
  if (discount > 0) measure.definition += " Discounted by 1.5% a year after the first (Dutch guideline of 2024).";
  measure.sums = [&results, utility, discount](const RunYears& run, const Whom& whom) {
    return qaly_sums(results, run, whom, utility, discount);
  };
  measure.of = [](const SumsOfRun& sums) { return ratio(sums[0], sums[2]); };
  const double matters = outcome.matters / outcome.scale;
  measure.matters_of = [matters](const SumsOfRun& sums) {
    return sums[2] > 0 ? short_number(matters * sums[1] / sums[2]) : 0;
  };
  return measure;
}

void add_of_outcome(const Results& results, std::size_t i, std::vector<Measure>& all) {
  const OutcomeInfo& outcome = results.outcomes[i];
  if (outcome.kind == "begin") {
    all.push_back(incidence_measure(results, i));
    const std::size_t has = outcome_named(results, outcome.lasts_as);
    if (has < results.outcomes.size()) all.push_back(duration_measure(results, i, has));
  }
  if (outcome.kind != "utility") return;
  all.push_back(qaly_measure(results, i, 0));
  all.push_back(qaly_measure(results, i, kDiscountOfEffects));
}

}  // namespace

std::vector<Measure> measures_of(const Results& results) {
  std::vector<Measure> all;
  const auto& healthy = results.ages.healthy;
  for (const int age : kAges) {
    all.push_back(expectancy_measure(results, nullptr, -1, age));
    for (std::size_t k = 0; k < healthy.size(); ++k)
      all.push_back(expectancy_measure(results, &healthy[k], static_cast<int>(k), age));
  }
  all.push_back(cohort_measure(results, nullptr, -1));
  for (std::size_t k = 0; k < healthy.size(); ++k)
    all.push_back(cohort_measure(results, &healthy[k], static_cast<int>(k)));
  for (std::size_t i = 0; i < results.outcomes.size(); ++i) add_of_outcome(results, i, all);
  return all;
}

}  // namespace sleutel
