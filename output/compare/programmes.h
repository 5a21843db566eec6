#pragma once
/// \file
/// What programmes did and cost under each scenario, and what became of budgets: means over the futures.
///
///     const auto books = read_programme_books("results/debt-office.h5");
///     print(programmes_text(books, programme_rows(books, {}), budget_rows(books, {})));

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "output/hdf5/programme_books.h"

namespace sleutel {

/// Empty lists: all scenarios that use a programme, all programmes.
struct ProgrammeOptions {
  std::vector<std::string> scenarios, programmes;
  bool by_year = false;  ///< a row for each year; else one for all years
};

/// One programme under one scenario, in a year or in all. Means over the futures of which all those years are there.
struct ProgrammeRow {
  std::string scenario, programme, partner, years;
  int futures = 0;
  double eligible = 0;  ///< mean number of residents
  double applied = 0, started = 0, gave_up = 0, finished = 0, stopped = 0;
  double months = 0;           ///< person-months of taking part
  double waiting = 0;          ///< at the end of the last year
  double taking_part = 0;      ///< at the end of the last year
  double wait = std::nan("");  ///< months that those who started had waited, on average; NaN if nobody started
  double euros = 0;            ///< spent
  double lowest_euros = 0, highest_euros = 0;      ///< over the futures
  double lowest_started = 0, highest_started = 0;  ///< over the futures
  std::array<double, kPayers> euros_by_payer{};
};

/// One budget, over all years that are there.
struct BudgetRow {
  std::string scenario, budget;
  int futures = 0;
  double euros = 0, spent = 0, promised = 0, left = 0;  ///< means [EUR]
  int ran_out = 0;         ///< futures in which somebody had a place, but there was no money
  int first_year = 0;      ///< earliest year of that in any future; 0: never
  double turned_down = 0;  ///< person-months of it
};

/// Throws InputError (usage) for a scenario or programme that the file does not have.
std::vector<ProgrammeRow> programme_rows(const ProgrammeBooks& books, const ProgrammeOptions& options);
std::vector<BudgetRow> budget_rows(const ProgrammeBooks& books, const ProgrammeOptions& options);

std::string programmes_text(const ProgrammeBooks& books, const std::vector<ProgrammeRow>& rows,
                            const std::vector<BudgetRow>& budgets);
/// {"programmes": [...], "budgets": [...]}.
std::string programmes_json(const ProgrammeBooks& books, const std::vector<ProgrammeRow>& rows,
                            const std::vector<BudgetRow>& budgets);
/// Programmes only.
std::string programmes_csv(const std::vector<ProgrammeRow>& rows);

}  // namespace sleutel
