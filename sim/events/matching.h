#pragma once
/// \file
/// Who gets whom: of all possible pairs the cheapest is made first, then the cheapest of those that remain, and so on.
/// A pair that is the best of both its sides is made whatever else is, so such pairs are made all at once, round by
/// round, and nothing is sorted.
///
///     pairs.clear();
///     pairs.add_for(i, candidates, near, cost_of, from, until);    // for each i
///     pairs.keep([&](std::size_t i, std::size_t j) { return ...; });
///     for (const Pair pair : pairs.match(candidates)) ...

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sleutel {

inline constexpr std::size_t kMostCandidates = 65536;

/// Two places in a list of candidates, below kMostCandidates. The lower the word the better: by cost, then by place.
struct Pair {
  std::uint64_t word = 0;

  std::size_t one() const { return (word >> 16) & 0xffff; }
  std::size_t other() const { return word & 0xffff; }
  friend bool operator<(Pair a, Pair b) { return a.word < b.word; }
  friend bool operator==(Pair, Pair) = default;
};

/// Possible pairs, in memory that only grows. Which pairs pass a test cannot be foreseen, so no test is a branch.
class Pairs {
 public:
  void clear() { count_ = 0; }
  std::size_t count() const { return count_; }

  /// Adds the pairs of candidate i with those behind him, as long as they are near, whose cost is in [from, until);
  /// `until` is at most 2^32.
  template <class Near, class CostOf>
  void add_for(std::size_t i, std::size_t candidates, Near&& near, CostOf&& cost_of, std::uint64_t from,
               std::uint64_t until) {
    if (pairs_.size() < count_ + candidates - i) pairs_.resize(2 * (count_ + candidates - i));
    Pair* const pairs = pairs_.data();
    std::size_t count = count_;
    for (std::size_t j = i + 1; j < candidates && near(j); ++j) {
      const std::uint64_t cost = cost_of(j);
      pairs[count] = {cost << 32 | i << 16 | j};
      count += cost - from < until - from ? 1 : 0;
    }
    count_ = count;
  }

  /// Leaves out the pairs that do not pass.
  template <class Passes>
  void keep(Passes&& passes) {
    std::size_t kept = 0;
    for (std::size_t k = 0; k < count_; ++k) {
      const Pair pair = pairs_[k];
      pairs_[kept] = pair;
      kept += passes(pair.one(), pair.other()) ? 1 : 0;
    }
    count_ = kept;
  }

  /// The pairs that are made among this many candidates, in no order that means anything. Uses up the list.
  std::span<Pair> match(std::size_t candidates) {
    best_.assign(candidates, Pair{~std::uint64_t{0}});
    taken_.assign(candidates, 0);
    if (made_.size() < count_) made_.resize(count_);
    std::size_t made = 0;
    while (count_ > 0) {
      find_best();
      made = take_best(made);
      drop_taken();
    }
    return std::span(made_).first(made);
  }

 private:
  void find_best() {
    for (std::size_t k = 0; k < count_; ++k) {
      const Pair pair = pairs_[k];
      best_[pair.one()] = std::min(best_[pair.one()], pair);
      best_[pair.other()] = std::min(best_[pair.other()], pair);
    }
  }
  /// Adds the pairs that are the best of both sides behind the first `made`; gives how many there are then.
  std::size_t take_best(std::size_t made) {
    for (std::size_t k = 0; k < count_; ++k) {
      const Pair pair = pairs_[k];
      const bool best = (best_[pair.one()].word == pair.word) & (best_[pair.other()].word == pair.word);
      made_[made] = pair;
      made += best ? 1 : 0;
      taken_[pair.one()] = static_cast<std::uint8_t>(taken_[pair.one()] | best);
      taken_[pair.other()] = static_cast<std::uint8_t>(taken_[pair.other()] | best);
    }
    return made;
  }
  /// Leaves out the pairs of who is taken; who remains looks for the best anew.
  void drop_taken() {
    for (std::size_t k = 0; k < count_; ++k) best_[pairs_[k].one()] = best_[pairs_[k].other()] = {~std::uint64_t{0}};
    keep([&](std::size_t one, std::size_t other) { return (taken_[one] | taken_[other]) == 0; });
  }

  std::vector<Pair> pairs_;
  std::size_t count_ = 0;
  std::vector<Pair> made_;
  std::vector<Pair> best_;           ///< [candidate] his best pair of this round
  std::vector<std::uint8_t> taken_;  ///< [candidate] 1: a pair of his is made
};

}  // namespace sleutel
