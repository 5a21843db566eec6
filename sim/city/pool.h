#pragma once
/// \file
/// Residents of a buurt who have no household yet, counted by age and sex.

#include <array>
#include <vector>

#include "sim/city/age_shape.h"

namespace sleutel::city {

/// Counts by single year of age, from which the nearest to a wanted age is taken.
class AgePool {
 public:
  void add(int age) { ++count_[static_cast<std::size_t>(age)]; }
  int count(int age) const { return count_[static_cast<std::size_t>(age)]; }
  int total() const;

  /// Takes one of the age nearest to `wanted` within the limits (the younger of two as near); -1 if there is none.
  int take_nearest(int wanted, int least, int most);
  bool take(int age);

 private:
  std::array<int, kAges> count_{};
};

/// Adults or children of both sexes.
struct SexPools {
  AgePool women, men;

  explicit SexPools(const std::vector<Person>& people);
  AgePool& of(bool woman) { return woman ? women : men; }
  int total() const { return women.total() + men.total(); }
};

}  // namespace sleutel::city
