#include "sim/kernel/words.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace sleutel;

TEST_CASE("many draw the words that each would draw alone, in every form of the kernel") {
  const Isa isa = GENERATE(Isa::scalar, Isa::avx2, Isa::avx512);
  if (isa > best_isa()) return;
  const std::size_t residents = GENERATE(0, 1, 7, 8, 63, 64, 65, 200);
  const Purpose purpose = GENERATE(Purpose::event(9), Purpose::states(3), Purpose::programme(0xfff'ffff));
  const Draw named{stream_key(3, 1, 4), 0, GENERATE(0U, 7U, 0xffff'0000U), purpose};
  std::vector<std::uint64_t> ids, words(residents + 1, 99);
  for (std::size_t i = 0; i < residents; ++i) ids.push_back(i % 3 == 0 ? i : mixed(i));
  kernel::draw_words(isa, named, ids, words.data());
  for (std::size_t i = 0; i < residents; ++i) {
    const Draw alone{named.key, ids[i], named.month, purpose};
    REQUIRE(words[i] == first_word(alone));
    REQUIRE(uniform_of(words[i]) == uniform(alone));
  }
  REQUIRE(words[residents] == 99);  // nothing is written behind the last
}
