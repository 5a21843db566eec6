#include "sim/bench/repeated_city.h"

#include <catch2/catch.hpp>

#include "sim/city/make_city.h"
#include "sim/events/check.h"

namespace sleutel {

TEST_CASE("a city several times over is a city: everybody has a copy with ties and a home of his own") {
  const City all = make_city(read_city_files(std::string(SLEUTEL_SOURCE_DIR) + "/scenarios/leiden"), 1);
  const City city = sample_city(all, 3000, 1);
  const City many = repeated_city(city, 3);
  const std::size_t one = city.residents.size();
  CHECK(many.residents.size() == 3 * one);
  CHECK(many.households.count() == 3 * city.households.count());
  CHECK(many.dwellings.count() == 3 * city.dwellings.count());
  CHECK(check_city(many, 0).empty());
  for (std::size_t row = 0; row < one; ++row) {
    REQUIRE(many.residents.birth_month[2 * one + row] == city.residents.birth_month[row]);
    REQUIRE(many.residents.id[one + row] != many.residents.id[row]);
  }
  CHECK(repeated_city(city, 1).residents.id == city.residents.id);
}

}  // namespace sleutel
