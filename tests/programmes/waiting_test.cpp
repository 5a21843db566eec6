// Who waits and who gets a place: the rules, and the mean wait of a line whose answer is known.
#include "sim/programmes/waiting.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

#include "tests/support/tiny_town.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

/// A town whose residents are all eligible, and one programme with few places.
struct Line {
  explicit Line(Programme programme, ProgrammeUse use, int households = 300)
      : city(tiny_town(households)), all{std::move(programme)}, offer(all, std::vector<ProgrammeUse>{use}) {
    traits.assign(city.residents.size(), 0);
    books.resize(1);
    purse.begin(0);
  }

  EnrolmentMonth now() { return {offer, city, traits, stream_key(1, 0, 0), month}; }
  Attendance attendance() { return {parts, waiting, purse, books}; }
  void apply(Row row) { applied.push_back({city.residents.id[row], row, 0, month}); }
  std::vector<Row> give() {
    std::vector<Row> started;
    Attendance all_of_it = attendance();
    give_places(now(), applied, all_of_it, started);
    return started;
  }
  std::vector<Row> leave() {
    std::vector<Row> left;
    Attendance all_of_it = attendance();
    continue_or_leave(now(), all_of_it, left);
    return left;
  }

  City city;
  std::vector<Programme> all;
  Offer offer;
  std::vector<std::uint64_t> traits;
  std::vector<ProgrammeYear> books;
  std::vector<Participation> parts;
  std::vector<Waiting> waiting, applied;
  Purse purse;
  int month = 0;
};

Programme open_to_all() {
  Programme programme;
  programme.draw = 3;
  programme.while_eligible = true;
  programme.who.age_from = -(1 << 30);  // also after thousands of years, when ages are no longer ages
  programme.who.age_until = 1 << 30;
  return programme;
}

ProgrammeUse with_places(int places, WaitingRule rule = WaitingRule::first_come) {
  ProgrammeUse use{0, 1.0, 0, 1 << 30};
  use.places = places;
  use.waiting = rule;
  return use;
}

std::set<Row> as_set(const std::vector<Row>& rows) { return {rows.begin(), rows.end()}; }

/// The mean wait of the line in discrete months, from the stationary distribution of how many there are: each month
/// everybody served leaves with chance `leaves`, then a Poisson number arrives. By powers of the transition matrix; no
/// simulation. [months]
double exact_wait(int places, double arrivals, double leaves) {
  constexpr int most = 160;
  std::vector<double> poisson = {std::exp(-arrivals)};
  for (int k = 1; k < 40; ++k) poisson.push_back(poisson.back() * arrivals / k);
  const auto binomial = [&](int n, int k) {
    double p = 1;
    for (int i = 0; i < k; ++i) p *= static_cast<double>(n - i) / (i + 1) * leaves;
    return p * std::pow(1 - leaves, n - k);
  };
  std::vector<double> p(most, 0);
  p[0] = 1;
  for (int step = 0; step < 4000; ++step) {
    std::vector<double> stay(most, 0), next(most, 0);
    for (int n = 0; n < most; ++n)
      for (int k = 0; k <= std::min(n, places); ++k)
        stay[static_cast<std::size_t>(n - k)] += p[static_cast<std::size_t>(n)] * binomial(std::min(n, places), k);
    for (int n = 0; n < most; ++n)
      for (int a = 0; a < 40 && n + a < most; ++a)
        next[static_cast<std::size_t>(n + a)] +=
            stay[static_cast<std::size_t>(n)] * poisson[static_cast<std::size_t>(a)];
    p = std::move(next);
  }
  double in_line = 0;
  for (int n = places; n < most; ++n) in_line += (n - places) * p[static_cast<std::size_t>(n)];
  return in_line / arrivals;  // Little's law
}

/// The same in continuous time: Erlang's formula. [months]
double erlang_wait(int places, double arrivals, double leaves) {
  const double offered = arrivals / leaves;
  double term = 1, sum = 0;
  for (int k = 0; k < places; ++k) {
    sum += term;
    term *= offered / (k + 1);
  }
  const double all_busy = term / (1 - offered / places);
  return all_busy / (sum + all_busy) / (places * leaves - arrivals);
}

}  // namespace

TEST_CASE("there are never more participants than places, and who came first goes first") {
  Line line(open_to_all(), with_places(2));
  line.apply(5);
  REQUIRE(line.give() == std::vector<Row>{5});
  ++line.month;
  for (const Row row : {9U, 7U, 8U}) line.apply(row);
  REQUIRE(line.give().size() == 1);
  REQUIRE(line.parts.size() == 2);
  ++line.month;
  line.apply(1);
  REQUIRE(line.give().empty());
  line.city.residents.flags[5] = 0;  // dies: his place is free
  REQUIRE(line.leave().size() == 1);
  const auto next = line.give();
  REQUIRE(next.size() == 1);
  REQUIRE(next.front() != 1);  // those of the month before go first
  REQUIRE(line.books[0].starts == 3);
  REQUIRE(line.books[0].stopped == 1);
  REQUIRE(line.books[0].waited_months == 1);
}

TEST_CASE("most in need first: by the stressors that the partner sees") {
  Programme programme = open_to_all();
  programme.need.set(4);
  programme.need.set(70);
  Line line(programme, with_places(2, WaitingRule::most_in_need));
  const auto give_state = [&](Row row, int state) { line.city.residents.states[row].set(state); };
  for (Row row = 0; row < 20; ++row) line.city.residents.states[row] = StateMask{};
  give_state(11, 4);
  give_state(12, 4);
  give_state(12, 70);
  for (const int unseen : {1, 2, 3}) give_state(10, unseen);
  for (const Row row : {10U, 11U, 12U, 13U}) line.apply(row);
  REQUIRE(as_set(line.give()) == std::set<Row>{11, 12});
}

TEST_CASE("by lot: a candidate more moves those behind him by one place, and nobody else") {
  for (int places = 1; places < 20; ++places) {
    Line few(open_to_all(), with_places(places, WaitingRule::random));
    Line more(open_to_all(), with_places(places, WaitingRule::random));
    for (Row row = 0; row < 60; ++row) few.apply(row), more.apply(row);
    more.apply(60);
    const auto without = as_set(few.give()), with = as_set(more.give());
    std::vector<Row> both;
    std::set_intersection(without.begin(), without.end(), with.begin(), with.end(), std::back_inserter(both));
    REQUIRE(static_cast<int>(both.size()) >= places - 1);
  }
}

TEST_CASE("who waits gives up when he is no longer eligible, is gone, or when nobody can join any more") {
  Programme programme = open_to_all();
  programme.who.all.set(6);
  ProgrammeUse use = with_places(1);
  use.until_month = 3;
  Line line(programme, use);
  for (Row row = 0; row < 6; ++row) line.city.residents.states[row].set(6);
  for (Row row = 0; row < 6; ++row) line.apply(row);
  REQUIRE(line.give().size() == 1);
  REQUIRE(line.waiting.size() == 5);
  ++line.month;
  line.city.residents.states[line.waiting[0].who] = StateMask{};
  line.city.residents.flags[line.waiting[1].who] = 0;
  REQUIRE(line.give().empty());
  REQUIRE(line.waiting.size() == 3);
  REQUIRE(line.books[0].gave_up == 2);
  line.month = 3;
  REQUIRE(line.give().empty());
  REQUIRE(line.waiting.empty());
  REQUIRE(line.books[0].gave_up == 5);
}

TEST_CASE("who is reached one by one hears of it after the months that its chance makes, and once") {
  // The mean month in which somebody hears is 1/0.2 - 1 = 4 after the first; the standard error of
  // the mean of n is sqrt(0.8)/0.2/sqrt(n). The seed is fixed; with another this would fail in 1 of 10,000.
  ProgrammeUse use = with_places(1 << 20);
  use.reach = 0.2;
  Line line(open_to_all(), use);
  Enrolled enrolled;
  enrolled.books.resize(1);
  const auto rows = static_cast<Row>(line.city.residents.size());
  std::int64_t present = 0, heard = 0, months = 0;
  for (Row row = 0; row < rows; ++row) present += line.city.residents.present(row);
  for (; line.month < 200; ++line.month) {
    enrol(line.now(), 0, rows, {}, enrolled);
    heard += static_cast<std::int64_t>(enrolled.applied.size());
    months += line.month * static_cast<std::int64_t>(enrolled.applied.size());
    enrolled.applied.clear();
  }
  REQUIRE(heard == present);
  REQUIRE(enrolled.books[0].eligible_months == 200 * present);
  const double mean = static_cast<double>(months) / static_cast<double>(heard);
  const double error = std::sqrt(0.8) / 0.2 / std::sqrt(static_cast<double>(heard));
  INFO(mean << " +- " << error);
  REQUIRE(std::abs(mean - 4) < 3.9 * error);
}

TEST_CASE("a long line waits as long as queueing theory says") {
  // Known answer: four places, 0.28 arrivals a month, one in ten leaves a month (70% busy). In whole months the exact
  // mean is 3.39; Erlang's formula for continuous time has 3.57. 40 batches of 10,000 months; the interval is 4
  // standard errors wide on each side: with another seed it would leave out the truth in 3 of 10,000.
  constexpr int places = 4;
  constexpr double arrivals = 0.28, leaves = 0.1;
  Programme programme = open_to_all();
  programme.stops = leaves;
  Line line(programme, with_places(places));
  std::mt19937_64 generator(20261);
  std::poisson_distribution<int> arriving(arrivals);
  std::vector<Row> idle(line.city.residents.size());
  std::iota(idle.begin(), idle.end(), Row{0});
  std::vector<double> waits;
  std::size_t most_at_once = 0;
  for (int batch = 0; batch < 41; ++batch) {
    line.books[0] = {};
    for (int i = 0; i < 10000; ++i, ++line.month) {
      for (const Row row : line.leave()) idle.push_back(row);
      for (int n = arriving(generator); n > 0; --n) {
        if (idle.empty()) FAIL("everybody is in the line");
        std::uniform_int_distribution<std::size_t> which(0, idle.size() - 1);
        std::swap(idle[which(generator)], idle.back());
        line.apply(idle.back());
        idle.pop_back();
      }
      line.give();
      most_at_once = std::max(most_at_once, line.parts.size());
    }
    const auto& books = line.books[0];
    if (batch > 0) waits.push_back(static_cast<double>(books.waited_months) / static_cast<double>(books.starts));
  }
  const double mean = std::accumulate(waits.begin(), waits.end(), 0.0) / static_cast<double>(waits.size());
  double squares = 0;
  for (const double wait : waits) squares += (wait - mean) * (wait - mean);
  const double error = std::sqrt(squares / 39 / 40);
  const double exact = exact_wait(places, arrivals, leaves);
  INFO("mean " << mean << " standard error " << error << " exact " << exact);
  REQUIRE(most_at_once == places);
  REQUIRE(exact == Approx(3.3949).epsilon(1e-3));
  REQUIRE(std::abs(mean - exact) < 4 * error);
  REQUIRE(error < 0.1 * exact);
  REQUIRE(exact == Approx(erlang_wait(places, arrivals, leaves)).epsilon(0.06));
  REQUIRE(exact_wait(places, arrivals / 2, leaves / 2) ==
          Approx(erlang_wait(places, arrivals / 2, leaves / 2)).epsilon(0.03));
}
