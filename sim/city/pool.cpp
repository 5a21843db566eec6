#include "sim/city/pool.h"

#include <algorithm>
#include <numeric>

namespace sleutel::city {

int AgePool::total() const { return std::accumulate(count_.begin(), count_.end(), 0); }

bool AgePool::take(int age) {
  if (age < 0 || age >= kAges || count_[static_cast<std::size_t>(age)] == 0) return false;
  --count_[static_cast<std::size_t>(age)];
  return true;
}

int AgePool::take_nearest(int wanted, int least, int most) {
  least = std::max(least, 0);
  most = std::min(most, kAges - 1);
  for (int away = 0; away < kAges; ++away) {
    for (const int age : {wanted - away, wanted + away})
      if (age >= least && age <= most && take(age)) return age;
  }
  return -1;
}

SexPools::SexPools(const std::vector<Person>& people) {
  for (const Person& person : people) of(person.woman).add(person.age);
}

}  // namespace sleutel::city
