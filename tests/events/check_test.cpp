#include "sim/events/check.h"

#include <catch2/catch.hpp>

#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

TEST_CASE("a consistent town has no findings, and each fault is found") {
  Town town(300);
  City& city = town.city;
  REQUIRE(check_city(city, 0).empty());
  const Row wife = town.find([&](Row row) { return city.residents.partner[row] != kNone; });
  const Row husband = city.residents.partner[wife];
  const Row child = town.find([&](Row row) { return city.residents.mother[row] != kNone; });
  const char* expected = "";
  SECTION("partner") {
    city.residents.partner[husband] = kNone;
    expected = "another partner";
  }
  SECTION("partner is not there") {
    city.residents.flags[husband] = 0;
    expected = "partner is not there";
  }
  SECTION("apart") {
    move_out(city, husband);
    expected = "partner lives elsewhere";
  }
  SECTION("size") {
    ++city.households.size[0];
    expected = "size is not the number";
  }
  SECTION("ring") {
    city.residents.next_in_household[0] = 0;
    expected = "longer than its size";
  }
  SECTION("reference") {
    city.households.reference[town.household(child)] = child;
    expected = "wrong reference";
  }
  SECTION("name") {
    city.households.named_by[town.household(child)] = child;
    expected = "named by the wrong";
  }
  SECTION("kind") {
    city.households.kind[town.household(wife)] = HouseholdKind::other;
    expected = "wrong kind";
  }
  SECTION("dwelling") {
    ++city.dwellings.households[0];
    expected = "wrong number of households";
  }
  SECTION("buurt") {
    city.households.buurt[0] ^= 1;
    expected = "not in its dwelling's buurt";
  }
  SECTION("id") {
    city.residents.id[1] = city.residents.id[2];
    expected = "an id twice";
  }
  SECTION("mother") {
    city.residents.sex[city.residents.mother[child]] = Sex::male;
    expected = "mother is male";
  }
  SECTION("age") {
    city.residents.birth_month[0] = 5;
    expected = "not born yet";
  }
  const auto findings = check_city(city, 0);
  if (expected[0] == '\0') return;
  REQUIRE_FALSE(findings.empty());
  bool found = false;
  for (const std::string& finding : findings) found |= finding.find(expected) != std::string::npos;
  REQUIRE(found);
}
