#pragma once
/// \file
/// A results file, read: what comparing, printing and tests need. Filled by output/hdf5/read.

#include <cstdint>
#include <string>
#include <vector>

namespace sleutel {

/// One outcome as stored: what is needed to print it and to judge a difference.
struct OutcomeInfo {
  std::string id, label_en, label_nl, unit, population, definition;
  double scale = 1;
  int decimals = 1;
  double matters = 0;
  bool higher_is_better = false;
  bool also_gap = false;
  bool is_assumption = false;
  std::string kind;      ///< "begin": beginnings per person-year; "utility": mean utility; else empty
  std::string lasts_as;  ///< kind begin: the outcome that is the prevalence of the same state among the same residents
  int age_from = 0;      ///< of the population [completed years]
};

/// A stratification: district (city total last), buurt, income, life_stage, or income x life_stage x sex for gaps.
struct Stratification {
  std::string name;
  std::vector<std::string> labels;
};

/// Numerators and denominators by [scenario][replicate][year][stratum] of one outcome and stratification, in natural
/// units: numerator / denominator is the share, the mean, or the events per person-year (printed: times scale).
/// Denominators are person-months, for flows person-years. Zero where the year is not in the file.
struct Series {
  std::vector<double> numerator;
  std::vector<double> denominator;
};

/// A healthy life expectancy, as stored.
struct HealthyInfo {
  std::string outcome, id, label_en, label_nl, definition;
  bool lived_with = true;  ///< the healthy months are those with the outcome; else those without
  double matters = 0;      ///< smallest difference that matters [years]
  bool is_assumption = false;
};

/// Sums by [scenario][replicate][year][age cell], see age_cell of recorder.h. Zero where the year is not in the file.
struct AgeSeries {
  std::vector<double> person_months;         ///< who dies counts half of one
  std::vector<double> deaths;                ///< events
  std::vector<std::vector<double>> healthy;  ///< [LifeTables::healthy] person-months in which the outcome holds
};

/// What life tables are made from.
struct LifeTables {
  std::vector<std::string> incomes;  ///< labels of the income groups
  std::vector<HealthyInfo> healthy;
  AgeSeries period;              ///< everybody, by age band now
  AgeSeries cohort;              ///< residents of the start, by age band then
  std::vector<double> at_start;  ///< how many they were [residents]
};

struct Results {
  std::string file, study, question, city_name;
  std::string study_text, model_text, version, history;
  std::string inputs_digest;  ///< of study, models, evidence, start city and version
  std::int64_t residents = 0;
  int start_year = 0, years = 0, replicates = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> scenarios;
  std::vector<std::vector<std::string>> notes;  ///< [scenario] "The effect of ips is assumed, not measured." ...
  std::vector<OutcomeInfo> outcomes;
  std::vector<Stratification> stratifications;
  std::vector<std::vector<Series>> series;  ///< [stratification][outcome]
  LifeTables ages;
  std::vector<std::uint8_t> complete;  ///< [scenario][replicate][year] 1: in the file

  /// Position of a stratification, or -1.
  int stratification(const std::string& name) const {
    for (std::size_t i = 0; i < stratifications.size(); ++i)
      if (stratifications[i].name == name) return static_cast<int>(i);
    return -1;
  }
  bool has_year(int scenario, int replicate, int year) const {
    return complete[static_cast<std::size_t>((scenario * replicates + replicate) * years + year)] != 0;
  }
};

}  // namespace sleutel
