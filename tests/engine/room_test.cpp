#include <catch2/catch.hpp>

#include "sim/engine/run.h"

// Which columns change places with another when rows are put in another order (sim/engine/resort.cpp).

namespace sleutel::test {

TEST_CASE("a wide column is given another with no less memory, a narrow one none") {
  RoomToReorder room;
  Column<StateMask> states(100);
  Column<StateMask>* const other = room.instead_of(states, sizeof(StateMask));
  REQUIRE(other != nullptr);
  CHECK(other->capacity() >= states.capacity());
  Column<std::uint16_t> loads(100);
  CHECK(room.instead_of(loads, sizeof(std::uint16_t)) == nullptr);
  CHECK(room.instead_of(loads, 16 * sizeof(std::uint16_t)) != nullptr);
  Column<std::uint64_t> ids(100);
  CHECK(room.instead_of(ids, 32) == nullptr);
}

TEST_CASE("a small column is not given the memory of a large one") {
  RoomToReorder room;
  Column<StateMask> many(1000), few(100), more(2000);
  REQUIRE(room.instead_of(many, sizeof(StateMask)) != nullptr);
  CHECK(room.instead_of(few, sizeof(StateMask)) == nullptr);
  Column<StateMask>* const other = room.instead_of(more, sizeof(StateMask));
  REQUIRE(other != nullptr);
  CHECK(other->capacity() >= 2000);
}

}  // namespace sleutel::test
