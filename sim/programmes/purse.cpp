#include "sim/programmes/purse.h"

#include <algorithm>

namespace sleutel {

namespace {

void add(std::vector<Charge>& charges, int budget, std::int64_t cents) {
  if (budget < 0 || cents == 0) return;
  for (Charge& charge : charges)
    if (charge.budget == budget) {
      charge.cents += cents;
      return;
    }
  charges.push_back({budget, cents});
}

bool pays_for(const Budget& budget, int programme) {
  return budget.programmes.empty() || std::binary_search(budget.programmes.begin(), budget.programmes.end(), programme);
}

}  // namespace

Bill::Bill(const Programme& programme, const ProgrammeUse& use, std::span<const Budget> budgets, int months)
    : per_start_(divided(programme.cost_cents_per_start, programme.pays)),
      per_month_(divided(programme.cost_cents_per_month, programme.pays)),
      shares_(programme.pays),
      per_year_(programme.cost_cents_per_year),
      from_(use.from_month),
      until_(std::min(use.until_month, months)),
      months_(months) {
  for (std::size_t payer = 0; payer < kPayers; ++payer) {
    Part part{payer, {}};
    for (std::size_t i = 0; i < budgets.size() && shares_[payer] > 0; ++i)
      if (static_cast<std::size_t>(budgets[i].payer) == payer && pays_for(budgets[i], use.programme))
        part.give(static_cast<int>(i), budgets[i].from_month, std::min(budgets[i].until_month, months));
    if (!part.budget_of.empty()) parts_.push_back(std::move(part));
  }
}

void Bill::Part::give(int budget, int from, int until) {
  if (static_cast<int>(budget_of.size()) < until) budget_of.resize(static_cast<std::size_t>(until), -1);
  for (int month = from; month < until; ++month) budget_of[static_cast<std::size_t>(month)] = budget;
}

bool Bill::is_covered(int month) const {
  return std::all_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.at(month) >= 0; });
}

int Bill::paid_until(int month) const {
  int until = month + 1;
  const auto goes_on = [&](const Part& part) { return per_month_[part.payer] == 0 || part.at(until) >= 0; };
  while (until < months_ && std::all_of(parts_.begin(), parts_.end(), goes_on)) ++until;
  return until;
}

std::vector<Charge> Bill::of_start(int from, int until) const {
  std::vector<Charge> charges = of_rest(from, until, from);
  for (const Part& part : parts_) add(charges, part.at(from), per_start_[part.payer]);
  return charges;
}

std::vector<Charge> Bill::of_rest(int from, int until, int now) const {
  std::vector<Charge> charges;
  for (int month = now; month < until && is_budgeted(); ++month)
    each_of_month(from, month, [&](int budget, std::int64_t cents) { add(charges, budget, cents); });
  return charges;
}

PayerCents Bill::being_there(int month) const {
  return is_open(month) ? divided(cents_of_month(per_year_, month), shares_) : PayerCents{};
}

std::vector<Charge> Bill::of_being_there(int from, int until) const {
  std::vector<Charge> charges;
  for (int month = from; month < until && is_budgeted(); ++month) {
    const PayerCents cents = being_there(month);
    for (const Part& part : parts_) add(charges, part.at(month), cents[part.payer]);
  }
  return charges;
}

void Purse::begin(std::size_t budgets) {
  promised.assign(budgets, 0);
  spent.assign(budgets, 0);
  year.assign(budgets, BudgetYear{});
}

void Purse::promise(const std::vector<Charge>& charges, std::int64_t times) {
  for (const Charge& charge : charges) promised[static_cast<std::size_t>(charge.budget)] += times * charge.cents;
}

void Purse::pay(const std::vector<Charge>& charges, std::int64_t times) {
  for (const Charge& charge : charges) pay(charge.budget, times * charge.cents);
}

void Purse::pay(int from_budget, std::int64_t cents) {
  const auto budget = static_cast<std::size_t>(from_budget);
  promised[budget] -= cents;
  spent[budget] += cents;
  year[budget].spent += cents;
}

std::int64_t Purse::affordable(const std::vector<Charge>& charges, std::int64_t wanted,
                               std::span<const Budget> budgets) {
  std::int64_t can = wanted;
  for (const Charge& charge : charges) {
    const auto budget = static_cast<std::size_t>(charge.budget);
#ifdef SLEUTEL_MUTANT_BUDGET
    const std::int64_t free = budgets[budget].cents - spent[budget];
#else
    const std::int64_t free = budgets[budget].cents - promised[budget] - spent[budget];
#endif
    const std::int64_t by_this = std::clamp<std::int64_t>(free / charge.cents, 0, wanted);
    year[budget].turned_down += wanted - by_this;
    can = std::min(can, by_this);
  }
  return can;
}

void Purse::close_year(std::span<const Budget> budgets) {
  for (std::size_t i = 0; i < budgets.size(); ++i) {
    year[i].promised = promised[i];
    year[i].left = budgets[i].cents - promised[i] - spent[i];
  }
}

}  // namespace sleutel
