#include "sim/base/marks.h"

#include <catch2/catch.hpp>

#include "sleutel/random.h"

using namespace sleutel;

namespace {

Column<std::uint8_t> some_marks(std::size_t rows, int one_in, std::uint64_t salt) {
  Column<std::uint8_t> marks(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint64_t word = mixed(i + salt);
    marks[i] = word % static_cast<std::uint64_t>(one_in) == 0 ? static_cast<std::uint8_t>(word >> 40) : std::uint8_t{0};
  }
  return marks;
}

}  // namespace

TEST_CASE("who is marked is visited, each once, in order of row, from the first row to the last") {
  const std::size_t rows = GENERATE(0, 1, 7, 8, 63, 64, 65, 200);
  const std::size_t first = GENERATE(0, 5, 64);
  const int one_in = GENERATE(1, 3, 40);
  if (first > rows) return;
  const Column<std::uint8_t> marks = some_marks(rows, one_in, 1), others = some_marks(rows, one_in, 2);
  std::vector<Row> marked, either, equal, expected_marked, expected_either, expected_equal;
  const std::uint8_t byte = rows > 0 ? marks[rows - 1] : std::uint8_t{0};
  for_each_marked(marks, first, rows, 0x81, [&](Row row) { marked.push_back(row); });
  for_each_marked_in_either(marks, 2, others, first, rows, [&](Row row) { either.push_back(row); });
  for_each_equal(marks, first, rows, byte, [&](Row row) { equal.push_back(row); });
  for (std::size_t row = first; row < rows; ++row) {
    if ((marks[row] & 0x81) != 0) expected_marked.push_back(static_cast<Row>(row));
    if ((marks[row] & 2) != 0 || others[row] != 0) expected_either.push_back(static_cast<Row>(row));
    if (marks[row] == byte) expected_equal.push_back(static_cast<Row>(row));
  }
  REQUIRE(marked == expected_marked);
  REQUIRE(either == expected_either);
  REQUIRE(equal == expected_equal);
}

TEST_CASE("the highest bits of eight bytes stand side by side") {
  for (int bits = 0; bits < 256; ++bits) {
    std::uint64_t word = 0x7f00'017f'0000'7f55;  // lower bits do not matter
    word &= ~eight_times(0x80);
    for (int byte = 0; byte < 8; ++byte) word |= static_cast<std::uint64_t>((bits >> byte) & 1) << (8 * byte + 7);
    REQUIRE(highest_bits(word) == static_cast<std::uint64_t>(bits));
  }
}
