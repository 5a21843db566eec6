#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

namespace {

/// Everybody of 18 and over has two ties at the start.
City tied_town(int households) {
  City city = make_town(households, small_model(), town_flows());
  std::vector<Row> adults;
  for (Row who = 0; who < city.residents.size(); ++who)
    if (city.residents.age_months(who, 0) >= kAdultMonths) adults.push_back(who);
  for (std::size_t i = 0; i < adults.size(); ++i) {
    city.residents.ties[adults[i]][0] = adults[(i + 1) % adults.size()];
    city.residents.ties[adults[i]][1] = adults[(i + adults.size() - 1) % adults.size()];
  }
  return city;
}

double mean_ties(const Town& town) {
  double ties = 0, adults = 0;
  for (Row who = 0; who < town.city.residents.size(); ++who) {
    const Residents& all = town.city.residents;
    if (!all.present(who) || all.age_months(who, town.month) < kAdultMonths) continue;
    ++adults;
    for (int slot = 0; slot < kTies; ++slot) ties += tie_of(all, who, slot) != kNone;
  }
  return ties / adults;
}

}  // namespace

TEST_CASE("ties that end are replaced, by people of the same buurt and about the same age") {
  Town town(tied_town(3000));
  town.switches.arrivals = false;
  for (Row who = 0; who < town.city.residents.size(); who += 4) town.ask(EventKind::death, who);
  town.live();
  const double after_deaths = mean_ties(town);
  for (int month = 0; month < 60; ++month) town.live();
  REQUIRE(after_deaths < 1.7);
  REQUIRE(mean_ties(town) > 1.9);
  REQUIRE(mean_ties(town) <= 2.01);
  const Residents& all = town.city.residents;
  int fresh = 0;
  for (Row who = 0; who < all.size(); ++who) {
    if (!all.present(who)) continue;
    for (int slot = 0; slot < kTies; ++slot) {
      const Row other = tie_of(all, who, slot);
      if (other == kNone || town.start.residents.ties[who][static_cast<std::size_t>(slot)] == other) continue;
      ++fresh;
      REQUIRE(std::abs(all.birth_month[who] - all.birth_month[other]) <= 10 * 12);
      REQUIRE(all.household[who] != all.household[other]);
      REQUIRE(std::count(all.ties[other].begin(), all.ties[other].end(), who) == 1);
    }
  }
  REQUIRE(fresh > 100);
}

TEST_CASE("with ties off nobody makes one, and who is gone is nobody's tie any more") {
  Town town(tied_town(400));
  town.switches.ties = town.switches.arrivals = false;
  town.ask(EventKind::death, 0);
  town.live();
  REQUIRE(town.start.residents.ties[1][1] == 0);
  REQUIRE(town.city.residents.ties[1][1] == kNone);
  REQUIRE(town.city.residents.ties[2] == town.start.residents.ties[2]);
}

TEST_CASE("newcomers find ties") {
  Town town(tied_town(3000));
  for (int month = 0; month < 12; ++month) town.live();
  int newcomers = 0, tied = 0;
  for (Row who = 0; who < town.city.residents.size(); ++who) {
    if ((town.city.residents.id[who] >> 62) != 1 || town.city.residents.age_months(who, 12) < 240) continue;
    ++newcomers;
    tied += tie_of(town.city.residents, who, 0) != kNone;
  }
  REQUIRE(tied > newcomers / 2);
}
