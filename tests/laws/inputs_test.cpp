#include <catch2/catch.hpp>

#include "tests/model/small_model.h"

// The laws of what goes in: no number without evidence, nothing silent. Over every place of the small model's file.

namespace sleutel::test {

namespace {

const std::string kModel = "model.yaml";

std::string text_of_model() { return read_file(small::Copy().path(kModel)); }

/// What is said of the small model when a piece of its file is another.
std::string problems_with(const std::string& text) {
  const small::Copy copy;
  std::ofstream(copy.path(kModel), std::ios::binary) << text;
  return copy.problems();
}

/// Every place where a piece stands.
std::vector<std::size_t> places_of(const std::string& piece, const std::string& text) {
  std::vector<std::size_t> places;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) places.push_back(at);
  return places;
}

}  // namespace

TEST_CASE("no number without evidence: each is refused when what it stands on is taken away", "[law]") {
  const std::string text = text_of_model();
  const auto places = places_of(", evidence: ", text);
  REQUIRE(places.size() > 30);
  for (const std::size_t place : places) {
    std::string without = text;
    without.erase(place, text.find_first_of(",}", place + 1) - place);
    INFO(text.substr(text.rfind('\n', place) + 1, 100));
    CHECK(problems_with(without).find("no number without evidence") != std::string::npos);
  }
}

TEST_CASE("at most one edge in three is assumed or stands on evidence that is not verified", "[law]") {
  const std::string rows = "evidence/rows.csv";
  const std::string checked = "A cohort,2020,NL,a reference,yes,";
  small::Copy copy;
  CHECK(copy.problems().empty());
  std::string text = read_file(copy.path(rows));
  const auto row = text.find("\nE-HR,");
  text.replace(text.find(checked, row), checked.size(), "A cohort,2020,NL,a reference,no,");
  std::ofstream(copy.path(rows), std::ios::binary) << text;
  CHECK(copy.problems().find("not verified (at most one in three); assumptions alone: 7.7%") != std::string::npos);
}

TEST_CASE("nothing silent: an unknown key is an error wherever keys are known", "[law]") {
  const std::string text = text_of_model();
  for (const std::size_t place : places_of("{", text)) {
    std::string more = text;
    more.insert(place + 1, "nonsense: 1, ");
    INFO(text.substr(text.rfind('\n', place) + 1, 100));
    CHECK_FALSE(problems_with(more).empty());
  }
}

}  // namespace sleutel::test
