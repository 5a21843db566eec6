// Bills and budgets: who pays what, what is promised, and what is left.
#include "sim/programmes/purse.h"

#include <catch2/catch.hpp>
#include <numeric>

using namespace sleutel;

namespace {

constexpr auto kTown = static_cast<std::size_t>(Payer::municipality);
constexpr auto kInsurer = static_cast<std::size_t>(Payer::health_insurer);

/// EUR 100 at the start, EUR 10 a month, EUR 1,200 a year, for six months.
Programme course() {
  Programme programme;
  programme.months = 6;
  programme.cost_cents_per_start = 10000;
  programme.cost_cents_per_month = 1000;
  programme.cost_cents_per_year = 120000;
  return programme;
}

Budget budget_of(Payer payer, int from, int until, std::int64_t cents) {
  Budget budget;
  budget.payer = payer;
  budget.from_month = from;
  budget.until_month = until;
  budget.cents = cents;
  return budget;
}

std::int64_t sum(const PayerCents& cents) { return std::accumulate(cents.begin(), cents.end(), std::int64_t{0}); }

std::int64_t from_budget(const std::vector<Charge>& charges, int budget) {
  std::int64_t all = 0;
  for (const Charge& charge : charges)
    if (charge.budget == budget) all += charge.cents;
  return all;
}

}  // namespace

TEST_CASE("an amount is divided to the cent") {
  PayerShares thirds{};
  thirds[kTown] = 3333;
  thirds[kInsurer] = 3333;
  thirds[static_cast<std::size_t>(Payer::fund)] = 3334;
  for (const std::int64_t cents : {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{99},
                                   std::int64_t{10001}, std::int64_t{123456789012}}) {
    const PayerCents parts = divided(cents, thirds);
    REQUIRE(sum(parts) == cents);
    for (std::size_t i = 0; i < kPayers; ++i) {
      const double exact = static_cast<double>(cents) * thirds[i] / kWholeBill;
      REQUIRE(std::abs(static_cast<double>(parts[i]) - exact) <= 1.0 + exact * 1e-12);
    }
  }
}

TEST_CASE("the months of a year add up to its fixed cost") {
  for (const std::int64_t per_year : {std::int64_t{0}, std::int64_t{1}, std::int64_t{100}, std::int64_t{1234567}}) {
    std::int64_t all = 0;
    for (int month = 12; month < 24; ++month) all += cents_of_month(per_year, month);
    REQUIRE(all == per_year);
  }
}

TEST_CASE("without budgets a programme is open whenever it is offered, and nothing is charged") {
  const ProgrammeUse use{0, 1.0, 3, 30};
  const Bill bill(course(), use, {}, 24);
  REQUIRE_FALSE(bill.is_budgeted());
  REQUIRE_FALSE(bill.is_open(2));
  REQUIRE(bill.is_open(3));
  REQUIRE(bill.is_open(23));
  REQUIRE_FALSE(bill.is_open(24));  // the study is over
  REQUIRE(bill.of_start(3, 9).empty());
  REQUIRE(bill.being_there(5)[kTown] == 10000);
}

TEST_CASE("months are paid from the budget of the month, or else from that of the start") {
  const std::vector<Budget> budgets = {budget_of(Payer::municipality, 0, 12, 1000000),
                                       budget_of(Payer::municipality, 12, 24, 1000000)};
  const ProgrammeUse use{0, 1.0, 0, 1 << 30};
  const Bill bill(course(), use, budgets, 36);
  const auto over_the_year = bill.of_start(10, 16);  // two months in the first budget, four in the second
  REQUIRE(from_budget(over_the_year, 0) == 10000 + 2 * 1000);
  REQUIRE(from_budget(over_the_year, 1) == 4 * 1000);
  const auto last = bill.of_start(22, 28);  // four months for which there is no budget
  REQUIRE(from_budget(last, 1) == 10000 + 6 * 1000);
  REQUIRE(from_budget(bill.of_rest(10, 16, 13), 0) == 0);
  REQUIRE(from_budget(bill.of_rest(10, 16, 13), 1) == 3 * 1000);
  REQUIRE_FALSE(bill.is_open(24));
  REQUIRE(from_budget(bill.of_being_there(0, 36), 0) == 120000);
  REQUIRE(from_budget(bill.of_being_there(0, 36), 1) == 120000);
  REQUIRE(sum(bill.being_there(30)) == 0);
}

TEST_CASE("of two payers the one without budgets pays what comes") {
  Programme shared = course();
  shared.pays = {};
  shared.pays[kTown] = 2500;
  shared.pays[kInsurer] = 7500;
  const std::vector<Budget> budgets = {budget_of(Payer::municipality, 6, 12, 5000)};
  const Bill bill(shared, {0, 1.0, 0, 1 << 30}, budgets, 12);
  REQUIRE_FALSE(bill.is_open(5));
  REQUIRE(bill.is_open(6));
  const auto start = bill.of_start(6, 12);
  REQUIRE(start.size() == 1);
  REQUIRE(start.front().cents == 2500 + 6 * 250);
  REQUIRE(bill.per_start()[kInsurer] == 7500);
}

TEST_CASE("who takes part as long as he is eligible does so until the money ends") {
  Programme open_ended = course();
  open_ended.months = 0;
  open_ended.while_eligible = true;
  const std::vector<Budget> budgets = {budget_of(Payer::municipality, 0, 5, 1000000),
                                       budget_of(Payer::municipality, 5, 9, 1000000),
                                       budget_of(Payer::municipality, 10, 12, 1000000)};
  const Bill bill(open_ended, {0, 1.0, 0, 1 << 30}, budgets, 24);
  REQUIRE(bill.paid_until(2) == 9);
  REQUIRE(bill.paid_until(10) == 12);
  open_ended.cost_cents_per_month = 0;
  const Bill free_months(open_ended, {0, 1.0, 0, 1 << 30}, budgets, 24);
  REQUIRE(free_months.paid_until(2) == 24);
}

TEST_CASE("as many start as the smallest budget can promise, and the rest is turned down") {
  const std::vector<Budget> budgets = {budget_of(Payer::municipality, 0, 12, 100000),
                                       budget_of(Payer::municipality, 12, 24, 9000)};
  const Bill bill(course(), {0, 1.0, 0, 1 << 30}, budgets, 24);
  Purse purse;
  purse.begin(budgets.size());
  const auto charges = bill.of_start(10, 16);  // EUR 120 of the first, EUR 40 of the second
  REQUIRE(purse.affordable(charges, 20, budgets) == 2);
  REQUIRE(purse.year[0].turned_down == 20 - 8);
  REQUIRE(purse.year[1].turned_down == 20 - 2);
  purse.promise(charges, 2);
  purse.pay(bill.of_start(10, 11), 2);
  REQUIRE(purse.spent == std::vector<std::int64_t>{22000, 0});
  REQUIRE(purse.promised == std::vector<std::int64_t>{2000, 8000});
  purse.promise(bill.of_rest(10, 16, 12), -1);  // one leaves after two months
  purse.close_year(budgets);
  REQUIRE(purse.year[1].promised == 4000);
  REQUIRE(purse.year[1].left == 5000);
  REQUIRE(purse.year[0].left == 100000 - 22000 - 2000);
}
