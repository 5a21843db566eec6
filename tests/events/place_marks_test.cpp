#include "sim/events/place_marks.h"

#include <catch2/catch.hpp>
#include <set>

#include "sleutel/random.h"

namespace sleutel {

TEST_CASE("marks of places: the next one set is the one that a plain look finds") {
  for (const std::size_t places :
       {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{4097}, std::size_t{20000}}) {
    PlaceMarks marks;
    marks.reset(places);
    std::set<std::size_t> plain;
    const auto nearest = [&](std::size_t from) {
      const auto at = plain.lower_bound(from);
      return at == plain.end() ? PlaceMarks::kNowhere : *at;
    };
    for (std::uint64_t i = 0; i < 400; ++i) {
      const std::size_t place = mixed(i) % places;
      if (mixed(i + 1000) % 3 == 0) {
        marks.clear(place);
        plain.erase(place);
      } else {
        marks.set(place);
        plain.insert(place);
      }
      const std::size_t from = mixed(i + 2000) % places;
      REQUIRE(marks.first_from(from) == nearest(from));
      REQUIRE(marks.test(from) == plain.contains(from));
    }
    CHECK(marks.first_from(places + 200) == PlaceMarks::kNowhere);
  }
}

TEST_CASE("marks of others are taken over, and are no longer there") {
  PlaceMarks mine, others;
  mine.reset(10000);
  others.reset(10000);
  mine.set(5);
  others.set(5);
  others.set(9999);
  mine.take(others);
  CHECK(mine.test(5));
  CHECK(mine.first_from(6) == 9999);
  CHECK(others.first_from(0) == PlaceMarks::kNowhere);
  others.fill(10000);
  CHECK(others.first_from(1234) == 1234);
}

}  // namespace sleutel
