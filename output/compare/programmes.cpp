#include "output/compare/programmes.h"

#include <algorithm>

#include "sim/base/text.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

bool asked(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

void check_names(const std::vector<std::string>& asked_for, const std::vector<std::string>& known, const char* what,
                 const std::string& file, std::vector<Problem>& problems) {
  for (const std::string& name : asked_for) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string nearest = did_you_mean(name, known);
    const std::string there = known.empty() ? "" : std::string(what) + "s in it: " + listed(known, "and");
    problems.push_back({file, 0, 0, "", "no " + std::string(what) + " " + in_quotes(name) + " in this file",
                        nearest.empty() ? there : nearest});
  }
}

void check_options(const ProgrammeBooks& books, const ProgrammeOptions& options) {
  std::vector<Problem> problems;
  check_names(options.scenarios, books.scenarios, "scenario", books.file, problems);
  check_names(options.programmes, books.programmes, "programme", books.file, problems);
  if (!problems.empty()) throw InputError(problems, ExitCode::usage);
}

/// Futures of a scenario of which all these years are there.
std::vector<int> whole_futures(const ProgrammeBooks& books, int scenario, int first, int last) {
  std::vector<int> whole;
  for (int run = 0; run < books.runs; ++run) {
    bool all = true;
    for (int year = first; year <= last; ++year) all = all && books.has_year(scenario, run, year);
    if (all) whole.push_back(run);
  }
  return whole;
}

double euros(std::int64_t cents) { return static_cast<double>(cents) / 100; }

/// Sums of one future; the state at the end is that of the last year.
ProgrammeYear sum_of(const ProgrammeBooks& books, int scenario, int run, int first, int last, int which) {
  ProgrammeYear sum = books.programme(scenario, run, last, which);
  for (int year = first; year < last; ++year) {
    const ProgrammeYear& one = books.programme(scenario, run, year, which);
    for (const auto field : {&ProgrammeYear::eligible_months, &ProgrammeYear::starts, &ProgrammeYear::months,
                             &ProgrammeYear::cents, &ProgrammeYear::applied, &ProgrammeYear::gave_up,
                             &ProgrammeYear::waited_months, &ProgrammeYear::finished, &ProgrammeYear::stopped})
      sum.*field += one.*field;
    for (std::size_t i = 0; i < kPayers; ++i) sum.cents_by_payer[i] += one.cents_by_payer[i];
  }
  return sum;
}

/// Adds whole numbers, of people, months and cents, so that nothing is rounded before the mean is taken.
void add(const ProgrammeYear& sum, ProgrammeRow& row) {
  row.eligible += static_cast<double>(sum.eligible_months);
  row.applied += static_cast<double>(sum.applied);
  row.started += static_cast<double>(sum.starts);
  row.gave_up += static_cast<double>(sum.gave_up);
  row.finished += static_cast<double>(sum.finished);
  row.stopped += static_cast<double>(sum.stopped);
  row.months += static_cast<double>(sum.months);
  row.waiting += static_cast<double>(sum.waiting);
  row.taking_part += static_cast<double>(sum.taking_part);
  row.euros += static_cast<double>(sum.cents);
  for (std::size_t i = 0; i < kPayers; ++i) row.euros_by_payer[i] += static_cast<double>(sum.cents_by_payer[i]);
}

/// Sums become means, and cents euros.
void take_means(ProgrammeRow& row, double months) {
  const double n = std::max(1, row.futures);
  row.eligible /= n * months;
  for (double* field : {&row.applied, &row.started, &row.gave_up, &row.finished, &row.stopped, &row.months,
                        &row.waiting, &row.taking_part})
    *field /= n;
  row.euros /= n * 100;
  for (double& of_payer : row.euros_by_payer) of_payer /= n * 100;
}

std::string years_text(const ProgrammeBooks& books, int first, int last) {
  const std::string from = std::to_string(books.start_year + first);
  return first == last ? from : from + "-" + std::to_string(books.start_year + last);
}

ProgrammeRow row_of(const ProgrammeBooks& books, int scenario, int which, int first, int last) {
  const auto programme = static_cast<std::size_t>(which);
  ProgrammeRow row{books.scenarios[static_cast<std::size_t>(scenario)], books.programmes[programme],
                   books.partners[programme], years_text(books, first, last)};
  const std::vector<int> futures = whole_futures(books, scenario, first, last);
  row.futures = static_cast<int>(futures.size());
  double waited = 0, starts = 0;
  for (const int run : futures) {
    const ProgrammeYear sum = sum_of(books, scenario, run, first, last, which);
    add(sum, row);
    waited += static_cast<double>(sum.waited_months);
    starts += static_cast<double>(sum.starts);
    const bool is_first = run == futures.front();
    const auto one_starts = static_cast<double>(sum.starts);
    row.lowest_started = is_first ? one_starts : std::min(row.lowest_started, one_starts);
    row.highest_started = std::max(row.highest_started, one_starts);
    row.lowest_euros = is_first ? euros(sum.cents) : std::min(row.lowest_euros, euros(sum.cents));
    row.highest_euros = std::max(row.highest_euros, euros(sum.cents));
  }
  take_means(row, 12.0 * (last - first + 1));
  if (starts > 0) row.wait = waited / starts;
  return row;
}

/// Whether the scenario has anything of the programme in any future.
bool uses(const ProgrammeBooks& books, int scenario, int which) {
  for (int run = 0; run < books.runs; ++run)
    for (int year = 0; year < books.years; ++year) {
      if (!books.has_year(scenario, run, year)) continue;
      const ProgrammeYear& one = books.programme(scenario, run, year, which);
      if (one.eligible_months + one.applied + one.cents + one.months > 0) return true;
    }
  return false;
}

/// The last year that is there in any future.
int last_year(const ProgrammeBooks& books, int scenario) {
  for (int year = books.years - 1; year > 0; --year)
    for (int run = 0; run < books.runs; ++run)
      if (books.has_year(scenario, run, year)) return year;
  return 0;
}

BudgetRow row_of_budget(const ProgrammeBooks& books, int which) {
  const auto& budget = books.budgets[static_cast<std::size_t>(which)];
  const int last = last_year(books, budget.scenario);
  const std::vector<int> futures = whole_futures(books, budget.scenario, 0, last);
  BudgetRow row{books.scenarios[static_cast<std::size_t>(budget.scenario)], budget.name};
  row.futures = static_cast<int>(futures.size());
  row.euros = euros(budget.cents);
  double spent = 0, promised = 0, left = 0;  // cents, of all futures
  for (const int run : futures) {
    bool out = false;
    for (int year = 0; year <= last; ++year) {
      const BudgetYear& one = books.budget(budget.scenario, run, year, which);
      spent += static_cast<double>(one.spent);
      row.turned_down += static_cast<double>(one.turned_down);
      if (one.turned_down == 0) continue;
      out = true;
      const int named = books.start_year + year;
      row.first_year = row.first_year == 0 ? named : std::min(row.first_year, named);
    }
    row.ran_out += out;
    promised += static_cast<double>(books.budget(budget.scenario, run, last, which).promised);
    left += static_cast<double>(books.budget(budget.scenario, run, last, which).left);
  }
  const double n = std::max(1, row.futures);
  row.spent = spent / n / 100;
  row.promised = promised / n / 100;
  row.left = left / n / 100;
  row.turned_down /= n;
  return row;
}

}  // namespace

std::vector<ProgrammeRow> programme_rows(const ProgrammeBooks& books, const ProgrammeOptions& options) {
  check_options(books, options);
  std::vector<ProgrammeRow> rows;
  for (int scenario = 0; scenario < static_cast<int>(books.scenarios.size()); ++scenario) {
    if (!asked(options.scenarios, books.scenarios[static_cast<std::size_t>(scenario)])) continue;
    const int last = last_year(books, scenario);
    for (int which = 0; which < static_cast<int>(books.programmes.size()); ++which) {
      if (!asked(options.programmes, books.programmes[static_cast<std::size_t>(which)])) continue;
      if (!uses(books, scenario, which)) continue;
      for (int year = 0; options.by_year && year <= last; ++year)
        rows.push_back(row_of(books, scenario, which, year, year));
      if (!options.by_year) rows.push_back(row_of(books, scenario, which, 0, last));
    }
  }
  return rows;
}

std::vector<BudgetRow> budget_rows(const ProgrammeBooks& books, const ProgrammeOptions& options) {
  check_options(books, options);
  std::vector<BudgetRow> rows;
  for (int which = 0; which < static_cast<int>(books.budgets.size()); ++which) {
    const int scenario = books.budgets[static_cast<std::size_t>(which)].scenario;
    if (asked(options.scenarios, books.scenarios[static_cast<std::size_t>(scenario)]))
      rows.push_back(row_of_budget(books, which));
  }
  return rows;
}

}  // namespace sleutel
