// Every row is visited once, in order, and was asked for before.
#include "sim/engine/ahead.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace sleutel;

TEST_CASE("rows are asked for before they are visited") {
  const std::size_t count = GENERATE(0UL, 1UL, 9UL, 10UL, 11UL, 200UL);
  std::vector<Row> rows;
  for (Row row = 0; row < count; ++row) rows.push_back(3 * row + 1);
  std::vector<Row> fetched, visited;
  for_each_ahead(
      rows, [&](Row row) { fetched.push_back(row); },
      [&](Row row) {
        REQUIRE(fetched.size() > visited.size());
        visited.push_back(row);
      });
  REQUIRE(visited == rows);
  REQUIRE(fetched == rows);
}
