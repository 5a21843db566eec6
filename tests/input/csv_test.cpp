#include "sim/input/csv.h"

#include <catch2/catch.hpp>

#include "sim/base/files.h"
#include "sim/base/problems.h"

using namespace sleutel;

TEST_CASE("a table is read with quotes, comments, empty lines and Windows line ends") {
  std::vector<Problem> problems;
  const std::string text =
      "\xEF\xBB\xBF# ages in years\r\nage,what , note\r\n\r\n0, \"a, \"\"b\"\"\nc\" ,x\r\n# between\r\n12,plain "
      "text,\r\n";
  const auto table = parse_csv(text, "t.csv", {"age", "what"}, problems);
  REQUIRE(problems.empty());
  REQUIRE(table->rows() == 2);
  CHECK(table->columns() == std::vector<std::string>{"age", "what", "note"});
  CHECK(table->text(0, "what") == "a, \"b\"\nc");
  CHECK(table->text(0, "note") == "x");
  CHECK(table->line(1) == 7);
  CHECK(table->whole(1, "age") == 12);
  CHECK(table->text(1, "note").empty());
  CHECK_FALSE(table->maybe_number(1, "note").has_value());
  CHECK(table->text(1, "nowhere").empty());
  CHECK(problems.empty());
}

TEST_CASE("wrong cells and rows are all reported, with their places") {
  std::vector<Problem> problems;
  const std::string text = "age,rate\n0,0.1\n1,0,2\n2\n3,abc\n4,-1\nx,\"0.5\"\n";
  const auto table = parse_csv(text, "t.csv", {"age", "rate"}, problems);
  REQUIRE(table);
  REQUIRE(table->rows() == 4);
  for (std::size_t row = 0; row < table->rows(); ++row) {
    table->whole(row, "age", {.min = 0, .max = 110});
    table->number(row, "rate", {.min = 0, .meaning = "a rate per year"});
  }
  CHECK(problems_text(problems) ==
        "t.csv: 5 problems, nothing was run\n"
        "\n"
        "  3:1  3 fields where the header has 2\n"
        "       put a text that contains a comma between quotes\n"
        "  4:1  1 field where the header has 2\n"
        "       write a comma for an empty field\n"
        "  5:3  rate: expected a number, found 'abc'\n"
        "  6:3  rate: -1 (must be at least 0, a rate per year)\n"
        "  7:1  age: expected a whole number, found 'x'\n");
}

TEST_CASE("each bad table gives its message, word for word") {
  const std::string folder = "tests/bad_input/";
  const std::string source = std::string(SLEUTEL_SOURCE_DIR) + "/";
  const auto files = files_in(source + folder, ".csv");
  CHECK(files.size() >= 10);
  for (const std::string& file : files) {
    std::vector<Problem> problems;
    const auto table =
        parse_csv(read_file(source + folder + file), folder + file, {"age", "sex", "per_year"}, problems);
    for (std::size_t row = 0; table && row < table->rows(); ++row) {
      table->whole(row, "age", {.min = 0, .max = 110, .meaning = "completed years"});
      table->number(row, "per_year", {.min = 0, .meaning = "a rate per year"});
    }
    CHECK(problems_text(problems) == read_file(source + folder + file + ".txt"));
  }
}
