// Going through marks many at a time finds the rows that a look at each would find, in order.
#include "sim/base/marks.h"

#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "sleutel/random.h"

using namespace sleutel;

namespace {

Column<std::uint8_t> some_marks(std::uint64_t seed, std::size_t count, unsigned one_in) {
  Column<std::uint8_t> marks(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto draw = bits({stream_key(seed, 0, 0), i, 0, Purpose::event(1)});
    marks[i] = static_cast<std::uint8_t>(draw[0] % one_in == 0 ? draw[1] & 255 : 0);
  }
  return marks;
}

template <class Asked>
std::vector<Row> each(std::size_t first, std::size_t last, Asked&& asked) {
  std::vector<Row> rows;
  for (std::size_t row = first; row < last; ++row)
    if (asked(row)) rows.push_back(static_cast<Row>(row));
  return rows;
}

}  // namespace

TEST_CASE("marks are found many at a time as one by one", "[law]") {
  const unsigned one_in = GENERATE(1U, 2U, 20U);
  const auto marks = some_marks(1, 500, one_in);
  const auto other = some_marks(2, 500, one_in);
  const std::size_t first = GENERATE(0UL, 1UL, 64UL, 333UL);
  const std::size_t last = GENERATE(333UL, 334UL, 397UL, 400UL, 500UL);
  std::vector<Row> found;
  const auto list = [&](Row row) { found.push_back(row); };
  const auto taken = [&] { return std::exchange(found, {}); };
  for (const int any_of : {1, 24, 128, 255}) {
    for_each_marked(marks, first, last, any_of, list);
    REQUIRE(taken() == each(first, last, [&](std::size_t row) { return (marks[row] & any_of) != 0; }));
    for_each_marked_in_either(marks, any_of, other, 3, first, last, list);
    REQUIRE(taken() ==
            each(first, last, [&](std::size_t row) { return (marks[row] & any_of) != 0 || (other[row] & 3) != 0; }));
  }
  for (const std::uint8_t byte : {std::uint8_t{0}, std::uint8_t{17}, marks[340]}) {
    for_each_equal(marks, first, last, byte, list);
    REQUIRE(taken() == each(first, last, [&](std::size_t row) { return marks[row] == byte; }));
  }
  for_each_hit(
      first, last, [&](std::size_t at) { return ~zero_bytes(eight_at(marks, at, last)); }, list);
  REQUIRE(taken() == each(first, last, [&](std::size_t row) { return marks[row] != 0; }));
}

TEST_CASE("the highest bits of eight bytes stand side by side") {
  for (int bits = 0; bits < 256; ++bits) {
    std::uint64_t word = 0x7f00'017f'0000'7f55;  // lower bits do not matter
    word &= ~eight_times(0x80);
    for (int byte = 0; byte < 8; ++byte) word |= static_cast<std::uint64_t>((bits >> byte) & 1) << (8 * byte + 7);
    REQUIRE(highest_bits(word) == static_cast<std::uint64_t>(bits));
  }
}
