#pragma once
/// \file
/// Budgets at work: which budget pays for whom in which month, what is spent, and what is promised. Whoever starts is
/// promised all that his taking part will cost; who cannot be promised that does not start. So no budget can be
/// overspent.
///
/// A month of taking part is paid from the payer's budget of that month; where he has none, from the one in which it
/// began. What a programme costs because it is there is promised from the beginning.

#include <cstdint>
#include <span>
#include <vector>

#include "sleutel/programme.h"
#include "sleutel/recorder.h"

namespace sleutel {

/// Money out of one budget.
struct Charge {
  int budget = -1;
  std::int64_t cents = 0;
};

/// What one programme of a scenario costs, and which budgets pay it.
class Bill {
 public:
  Bill() = default;
  /// `budgets`: of the scenario; `months`: of the study.
  Bill(const Programme& programme, const ProgrammeUse& use, std::span<const Budget> budgets, int months);

  /// Whether a payer of it has budgets at all: then nobody starts without.
  bool is_budgeted() const { return !parts_.empty(); }
  /// Whether every payer who has budgets has one in this month.
  bool is_covered(int month) const;
  /// Whether residents can join in this month.
  bool is_open(int month) const { return month >= from_ && month < until_ && is_covered(month); }
  /// Who takes part as long as he is eligible can do so until this month, if he starts in that one.
  int paid_until(int month) const;

  /// What a start in month `from` costs until `until`, by budget.
  std::vector<Charge> of_start(int from, int until) const;
  /// The same without what was spent before month `now`.
  std::vector<Charge> of_rest(int from, int until, int now) const;
  /// Calls pays(budget, cents) for what one month costs of somebody who started in month `from`.
  template <class Pays>
  void each_of_month(int from, int month, Pays&& pays) const {
    for (const Part& part : parts_)
      if (const std::int64_t cents = per_month_[part.payer]; cents > 0) pays(part.at_or_begun(month, from), cents);
  }
  /// What it costs in months from <= month < until because it is there, by budget.
  std::vector<Charge> of_being_there(int from, int until) const;

  /// What it costs in this month because it is there, by payer.
  PayerCents being_there(int month) const;
  const PayerCents& per_start() const { return per_start_; }
  const PayerCents& per_month() const { return per_month_; }

 private:
  /// One payer who has budgets.
  struct Part {
    std::size_t payer = 0;
    std::vector<int> budget_of;  ///< [month of the study] -1, or not there: none
    void give(int budget, int from, int until);
    int at(int month) const {
      return month >= 0 && month < static_cast<int>(budget_of.size()) ? budget_of[static_cast<std::size_t>(month)] : -1;
    }
    int at_or_begun(int month, int from) const { return at(month) >= 0 ? at(month) : at(from); }
  };

  std::vector<Part> parts_;
  PayerCents per_start_{}, per_month_{};
  PayerShares shares_{};
  std::int64_t per_year_ = 0;
  int from_ = 0, until_ = 0, months_ = 0;
};

/// What a run has of its budgets. [budget]
struct Purse {
  std::vector<std::int64_t> promised;  ///< and not yet spent [EUR cent]
  std::vector<std::int64_t> spent;     ///< since the start of the run [EUR cent]
  std::vector<BudgetYear> year;        ///< of this year

  /// Nothing is spent or promised.
  void begin(std::size_t budgets);
  void promise(const std::vector<Charge>& charges, std::int64_t times = 1);
  void pay(const std::vector<Charge>& charges, std::int64_t times = 1);
  /// Pays one promised amount.
  void pay(int from_budget, std::int64_t cents);
  /// How many of `wanted` times these charges the budgets can still promise; those for whom there is no money are
  /// counted with each budget that is too small.
  std::int64_t affordable(const std::vector<Charge>& charges, std::int64_t wanted, std::span<const Budget> budgets);
  /// What is promised and what is left, at the end of a year.
  void close_year(std::span<const Budget> budgets);
};

}  // namespace sleutel
