#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

namespace {

/// A month's chance of each event, so that a town of a few thousand lives through all of them.
struct Lane {
  EventKind kind;
  double chance;
  int draw;
};
constexpr Lane kLanesOfTown[] = {{EventKind::death, 0.001, 40},        {EventKind::birth, 0.004, 41},
                                 {EventKind::separating, 0.002, 42},   {EventKind::leaving_home, 0.015, 43},
                                 {EventKind::partnering, 0.006, 44},   {EventKind::moving, 0.006, 45},
                                 {EventKind::leaving_city, 0.0075, 46}};

bool may_ask(const City& city, EventKind kind, Row who, int month) {
  const Residents& all = city.residents;
  const int age = all.age_months(who, month);
  const bool names = city.households.named_by[all.household[who]] == who;
  switch (kind) {
    case EventKind::birth:
      return all.sex[who] == Sex::female && age > 20 * 12 && age < 40 * 12;
    case EventKind::separating:
      return all.partner[who] != kNone && all.id[who] < all.id[all.partner[who]];
    case EventKind::moving:
      return names;
    case EventKind::leaving_city:
      return names && !all.is(who, kInstitution);
    default:
      return true;
  }
}

/// What the matrix would ask for: drawn by id and month, so that two towns ask the same of the same residents.
void ask_all(Town& town) {
  for (const Lane& lane : kLanesOfTown) {
    for (Row who = 0; who < town.city.residents.size(); ++who) {
      if (!town.city.residents.present(who)) continue;
      const auto month = static_cast<std::uint32_t>(town.month);
      if (uniform({town.key, town.city.residents.id[who], month, Purpose::states(lane.draw)}) >= lane.chance) continue;
      if (may_ask(town.city, lane.kind, who, town.month)) town.ask(lane.kind, who);
    }
  }
}

void live_fully(Town& town) {
  for (std::size_t i = 0; i < town.city.households.count(); ++i) refresh(town.city, static_cast<Row>(i), town.month);
  ask_all(town);
  town.live();
}

using History = std::map<std::uint64_t, std::vector<std::pair<int, EventKind>>>;

void add_to(History& history, const Town& town) {
  for (const Request& what : town.happened) history[what.id].push_back({town.month, what.kind});
}

}  // namespace

TEST_CASE("ten years of all life events: nobody is lost and everything stays consistent", "[law]") {
  Town town(1500);
  const int before = town.residents();
  for (int month = 0; month < 120; ++month) {
    live_fully(town);
    const Books& books = town.books;
    REQUIRE(before + books.births + books.arrivals - books.deaths - books.departures == town.residents());
    const auto findings = check_city(town.city, month);
    INFO("month " << month << ": " << (findings.empty() ? "" : findings.front()));
    REQUIRE(findings.empty());
  }
  REQUIRE(town.books.births > 50);
  REQUIRE(town.books.deaths > 50);
  REQUIRE(town.books.departures > 500);
}

TEST_CASE("the order in which events are asked for does not matter", "[law]") {
  Town one(800), other(one.start);
  for (int month = 0; month < 24; ++month) {
    ask_all(one);
    const Requests asked = one.requests;
    for (auto request = asked.all().rbegin(); request != asked.all().rend(); ++request)
      other.requests.add(request->kind, request->who, request->id);
    one.live();
    other.live();
  }
  REQUIRE(one.city.residents.id == other.city.residents.id);
  REQUIRE(one.city.residents.household == other.city.residents.household);
  REQUIRE(one.city.residents.ties == other.city.residents.ties);
}

TEST_CASE("results do not depend on rows: residents and households stored in another order", "[law]") {
  Town one(600);
  City turned = one.start;
  const std::size_t n = turned.residents.size();
  const std::size_t homes = turned.households.count();
  const auto row_of = [n](Row row) { return row == kNone ? kNone : static_cast<Row>(n - 1 - row); };
  const auto home_of = [homes](Row row) { return static_cast<Row>(homes - 1 - row); };
  for_each_column(turned.residents,
                  [](auto& column, const ColumnInfo&) { std::reverse(column.begin(), column.end()); });
  for_each_column(turned.households,
                  [](auto& column, const ColumnInfo&) { std::reverse(column.begin(), column.end()); });
  for (std::size_t i = 0; i < n; ++i) {
    Residents& all = turned.residents;
    all.household[i] = home_of(all.household[i]);
    all.next_in_household[i] = row_of(all.next_in_household[i]);
    all.partner[i] = row_of(all.partner[i]);
    all.mother[i] = row_of(all.mother[i]);
  }
  for (std::size_t i = 0; i < homes; ++i) {
    turned.households.first_member[i] = row_of(turned.households.first_member[i]);
    turned.households.reference[i] = row_of(turned.households.reference[i]);
    turned.households.named_by[i] = row_of(turned.households.named_by[i]);
  }
  Town other(one.start);
  other.city = turned;  // the start city, from which arrivals come, is the same
  for (int month = 0; month < 36; ++month) {
    History a, b;
    live_fully(one);
    live_fully(other);
    add_to(a, one);
    add_to(b, other);
    for (auto* history : {&a, &b})
      for (auto& [id, events] : *history) std::sort(events.begin(), events.end());
    REQUIRE(a == b);
  }
}

TEST_CASE("without ties, surroundings and competition a disturbance touches only those it lived with", "[law]") {
  Town one(1500), other(one.start);
  for (Town* town : {&one, &other}) {
    town->switches.competition = town->switches.ties = town->switches.surroundings = false;
  }
  const Row who = one.find([&](Row row) { return one.city.residents.partner[row] != kNone; });
  other.ask(EventKind::death, who);
  History a, b;
  std::set<std::uint64_t> touched{one.city.residents.id[who]};
  for (int month = 0; month < 120; ++month) {
    for (Town* town : {&one, &other}) {
      live_fully(*town);
      for (std::size_t i = 0; i < town->city.households.count(); ++i) {
        bool near = false;
        for_each_member(town->city, static_cast<Row>(i),
                        [&](Row row) { near |= touched.count(town->city.residents.id[row]) > 0; });
        if (near)
          for_each_member(town->city, static_cast<Row>(i),
                          [&](Row row) { touched.insert(town->city.residents.id[row]); });
      }
    }
    add_to(a, one);
    add_to(b, other);
  }
  int differing = 0;
  for (const auto& [id, events] : a)
    if (touched.count(id) == 0) differing += b[id] != events;
  REQUIRE(differing == 0);
  REQUIRE(a.size() > 1000);
}

TEST_CASE("with everything on, one resident more or less leaves 99% of histories equal after ten years", "[law]") {
  const Town first(4000);
  double differing = 0, all = 0;
  for (int trial = 0; trial < 4; ++trial) {
    Town one(first.start), other(first.start);
    other.ask(EventKind::leaving_city, other.city.households.named_by[static_cast<Row>(100 + 300 * trial)]);
    History a, b;
    for (int month = 0; month < 120; ++month) {
      live_fully(one);
      live_fully(other);
      add_to(a, one);
      add_to(b, other);
    }
    for (const auto& [id, events] : a) differing += b[id] != events;
    all += static_cast<double>(a.size());
  }
  INFO(100 * differing / all << "% of " << all / 4 << " histories differ");
  REQUIRE(differing / all < 0.01);
}
