#pragma once
/// \file
/// Reads the books of programmes and budgets of a results file, finished or not.

#include <cstdint>
#include <string>
#include <vector>

#include "sleutel/recorder.h"

namespace sleutel {

/// The books of all runs. A run is a draw of parameters and a replicate.
struct ProgrammeBooks {
  std::string file, study, question;
  int start_year = 0, years = 0, runs = 0;
  std::vector<std::string> scenarios;
  std::vector<std::string> programmes, partners;  ///< ids; none if no scenario has any
  std::vector<std::vector<std::string>> notes;    ///< [scenario]
  std::vector<std::uint8_t> complete;             ///< [scenario][run][year] 1: in the file
  std::vector<ProgrammeYear> of_programmes;       ///< [scenario][run][year][programme]

  struct BudgetOf {
    std::string name;
    int scenario = 0;
    std::int64_t cents = 0;
  };
  std::vector<BudgetOf> budgets;
  std::vector<BudgetYear> of_budgets;  ///< [scenario][run][year][budget]

  bool has_year(int scenario, int run, int year) const { return complete[at(scenario, run, year)] != 0; }
  const ProgrammeYear& programme(int scenario, int run, int year, int which) const {
    return of_programmes[at(scenario, run, year) * programmes.size() + static_cast<std::size_t>(which)];
  }
  const BudgetYear& budget(int scenario, int run, int year, int which) const {
    return of_budgets[at(scenario, run, year) * budgets.size() + static_cast<std::size_t>(which)];
  }

 private:
  std::size_t at(int scenario, int run, int year) const {
    return static_cast<std::size_t>((scenario * runs + run) * years + year);
  }
};

/// Throws as read_results.
ProgrammeBooks read_programme_books(const std::string& path);

}  // namespace sleutel
