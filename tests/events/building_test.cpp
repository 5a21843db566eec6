#include <catch2/catch.hpp>

#include "sim/events/check.h"
#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("dwellings are built, one household each, like those of the start") {
  Town town(400);
  town.flows.new_dwellings = 120;
  const std::size_t before = town.city.dwellings.count();
  for (int month = 0; month < 12; ++month) town.live();
  const Dwellings& dwellings = town.city.dwellings;
  REQUIRE(dwellings.count() == before + 120);
  int lived_in = 0;
  for (std::size_t row = before; row < dwellings.count(); ++row) {
    CHECK(dwellings.places[row] == 1);
    CHECK(dwellings.kind[row] != DwellingKind::student_house);
    CHECK(dwellings.kind[row] != DwellingKind::institution);
    lived_in += dwellings.households[row];
  }
  REQUIRE(lived_in > 0);
  REQUIRE(check_city(town.city, town.month - 1).empty());
}

TEST_CASE("what is built does not depend on who lives in the city") {
  Town town(400), other(400);
  town.flows.new_dwellings = other.flows.new_dwellings = 50;
  other.ask(EventKind::leaving_city, 0);
  other.ask(EventKind::separating, other.find([&](Row row) { return other.city.residents.partner[row] != kNone; }));
  for (int month = 0; month < 6; ++month) {
    town.live();
    other.live();
  }
  REQUIRE(town.city.dwellings.buurt == other.city.dwellings.buurt);
  REQUIRE(town.city.dwellings.tenure == other.city.dwellings.tenure);
  REQUIRE(town.city.dwellings.count() >= 20);
}

TEST_CASE("nothing is built where nothing is declared") {
  Town town(400);
  const std::size_t before = town.city.dwellings.count();
  for (int month = 0; month < 6; ++month) town.live();
  REQUIRE(town.city.dwellings.count() == before);
}
