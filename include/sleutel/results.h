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
  std::vector<std::uint8_t> complete;       ///< [scenario][replicate][year] 1: in the file

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
