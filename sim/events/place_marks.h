#pragma once
/// \file
/// Marks of places in a long list, most of them not set, in which the next one set is found without looking at all
/// that are not: a bit for each place, and above them a bit for each 64 of those.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sleutel {

class PlaceMarks {
 public:
  static constexpr std::size_t kNowhere = ~std::size_t{0};

  /// No mark, of this many places.
  void reset(std::size_t places) {
    word_.assign(places / 64 + 1, 0);
    above_.assign(word_.size() / 64 + 1, 0);
  }
  /// All marked.
  void fill(std::size_t places) {
    word_.assign(places / 64 + 1, ~std::uint64_t{0});
    above_.assign(word_.size() / 64 + 1, ~std::uint64_t{0});
  }
  bool test(std::size_t place) const { return (word_[place / 64] >> (place % 64) & 1U) != 0; }
  void set(std::size_t place) { set_all(place / 64, std::uint64_t{1} << (place % 64)); }
  void clear(std::size_t place) {
    std::uint64_t& word = word_[place / 64];
    word &= ~(std::uint64_t{1} << (place % 64));
    if (word == 0) above_[place / 4096] &= ~(std::uint64_t{1} << (place / 64 % 64));
  }

  /// Moves all marks of others of the same size here.
  void take(PlaceMarks& others) {
    for (std::size_t at = next(others.above_, 0); at != kNowhere; at = next(others.above_, at + 1)) {
      set_all(at, others.word_[at]);
      others.word_[at] = 0;
    }
    others.above_.assign(others.above_.size(), 0);
  }

  /// The first place that is marked, at `from` or later; kNowhere if there is none.
  std::size_t first_from(std::size_t from) const {
    if (from / 64 >= word_.size()) return kNowhere;
    const std::uint64_t here = word_[from / 64] & (~std::uint64_t{0} << (from % 64));
    if (here != 0) return from / 64 * 64 + static_cast<std::size_t>(std::countr_zero(here));
    const std::size_t at = next(above_, from / 64 + 1);
    return at == kNowhere ? at : at * 64 + static_cast<std::size_t>(std::countr_zero(word_[at]));
  }

 private:
  void set_all(std::size_t at, std::uint64_t bits) {
    word_[at] |= bits;
    above_[at / 64] |= std::uint64_t{1} << (at % 64);
  }

  /// The first bit that is set, at `from` or later.
  static std::size_t next(const std::vector<std::uint64_t>& words, std::size_t from) {
    std::uint64_t keep = ~std::uint64_t{0} << (from % 64);
    for (std::size_t at = from / 64; at < words.size(); ++at, keep = ~std::uint64_t{0}) {
      const std::uint64_t word = words[at] & keep;
      if (word != 0) return at * 64 + static_cast<std::size_t>(std::countr_zero(word));
    }
    return kNowhere;
  }

  std::vector<std::uint64_t> word_;   ///< bit: place
  std::vector<std::uint64_t> above_;  ///< bit: word with a mark
};

}  // namespace sleutel
