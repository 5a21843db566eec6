#include "sim/model/predictor_words.h"

#include <catch2/catch.hpp>

#include "small_model.h"

using namespace sleutel;

TEST_CASE("a predictor is told in English, by what it asks and where it belongs") {
  const auto model = small::Copy().model();
  const auto is = [&](const char* name, const char* words, const char* place) {
    CHECK(predictor_words(*model, name) == words);
    CHECK(predictor_place(*model, name) == place);
  };
  is("lonely", "lonely", "social");
  is("male", "man", "person");
  is("education_low", "low education", "person");
  is("stress_slow", "stress load that wears off slowly", "stress");
  is("friends.lonely", "friends: lonely", "friends and buurt");
  is("two_of_three", "2 or more at once of: unemployed, lonely or problem debt", "stress");
  is("lonely_over_a_year", "lonely, after 12 months", "social");
  is("nothing_of_the_kind", "nothing_of_the_kind", "person");
}

TEST_CASE("the columns of the diagram go from what people bring along to health") {
  CHECK(column_of("childhood") == 0);
  CHECK(column_of("money") == 1);
  CHECK(column_of("stress") == 2);
  CHECK(column_of("health") == 3);
}
