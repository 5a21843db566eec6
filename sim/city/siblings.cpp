#include "sim/city/siblings.h"

#include <algorithm>
#include <numeric>

#include "sim/city/pool.h"

namespace sleutel::city {
namespace {

constexpr int kMostChildren = 8;

// Numbers of children for one kind of family, in the shape published, times `more` for every child after the first.
std::vector<int> sizes_of(int families, const std::array<double, 3>& published, double more) {
  const double all = published[0] + published[1] + published[2];
  const double two = std::min(0.95, more * (published[1] + published[2]) / all);
  const double three = std::min(0.8 * two, more * published[2] / all);
  const double four = 0.24 * three;  // of families with three or more, about a quarter have four
  std::vector<int> sizes(static_cast<std::size_t>(families), 1);
  for (const double share : {two, three, four})
    for (std::size_t i = 0; i < static_cast<std::size_t>(share * families + 0.5); ++i) ++sizes[i];
  return sizes;
}

// One child more for each family of `level` children, or one less for each with more than kMostChildren - level, until
// the gap is closed. The gap that is left.
int fit_level(std::vector<int>& sizes, int level, int gap) {
  for (int& size : sizes) {
    if (gap > 0 && size == level) {
      ++size;
      --gap;
    } else if (gap < 0 && size > 1 && size > kMostChildren - level) {
      --size;
      ++gap;
    }
  }
  return gap;
}

// Adds or takes away single children until the sizes sum to `children`.
void fit_sizes(std::vector<int>& sizes, int children) {
  int gap = children - std::accumulate(sizes.begin(), sizes.end(), 0);
  for (int level = 1; gap != 0 && level < 100; ++level) gap = fit_level(sizes, level, gap);
}

std::vector<Siblings> empty_families(const CityFiles& files, const BuurtPlan& plan) {
  const int lone = plan.lone_mothers + plan.lone_fathers;
  const auto mean_extra = [](const std::array<double, 3>& n) { return (n[1] + 2.24 * n[2]) / (n[0] + n[1] + n[2]); };
  const double usual =
      plan.couples_with_children * mean_extra(files.children.couples) + lone * mean_extra(files.children.lone_parents);
  const double more = usual > 0 ? (plan.children_at_home() - plan.with_children()) / usual : 1;
  auto sizes = sizes_of(plan.couples_with_children, files.children.couples, more);
  const auto alone = sizes_of(lone, files.children.lone_parents, more);
  sizes.insert(sizes.end(), alone.begin(), alone.end());
  fit_sizes(sizes, plan.children_at_home());
  std::vector<Siblings> families(sizes.size());
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const int after_couples = static_cast<int>(i) - plan.couples_with_children;
    // fathers are spread over the lone parents, so that they are not all those with one child
    const bool father = after_couples >= 0 && lone > 0 &&
                        (after_couples + 1) * plan.lone_fathers / lone > after_couples * plan.lone_fathers / lone;
    families[i].parents = after_couples < 0 ? Parents::couple : father ? Parents::father : Parents::mother;
    families[i].children.resize(static_cast<std::size_t>(sizes[i]));
  }
  return families;
}

// Takes a child of about the wanted age, of either sex in proportion to who is left at that age.
Person take_child(SexPools& pools, int wanted, double draw) {
  for (int away = 0; away < kAges; ++away) {
    for (const int age : {wanted - away, wanted + away}) {
      if (age < 0 || age >= kAges) continue;
      const int women = pools.women.count(age);
      const int both = women + pools.men.count(age);
      if (both == 0) continue;
      const bool woman = draw * both < women;
      pools.of(woman).take(age);
      return {age, woman};
    }
  }
  return {};
}

// Age of the child at the given share of all that are left, in order of age.
int age_at(const SexPools& pools, double share) {
  const double place = share * pools.total();
  int passed = 0;
  for (int age = 0; age < kAges; ++age) {
    passed += pools.women.count(age) + pools.men.count(age);
    if (passed > place) return age;
  }
  return 0;
}

}  // namespace

std::vector<Siblings> siblings_of(const CityFiles& files, const BuurtPlan& plan, const std::vector<Person>& children,
                                  std::size_t place, const CityDraws& draws) {
  auto families = empty_families(files, plan);
  SexPools pools(children);
  std::vector<std::size_t> order(families.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return families[a].children.size() > families[b].children.size();
  });
  for (const std::size_t i : order) {
    const std::uint64_t name = local_name(place, i);
    int wanted = age_at(pools, draws.uniform(kChildAge, name));
    std::uint32_t number = 0;
    for (Person& child : families[i].children) {
      child = take_child(pools, wanted, draws.uniform(kChildSex, name, number));
      // the next is two to four years older or younger, seldom a twin
      const double draw = draws.uniform(kSiblings, name, number++);
      const int gap = draw < 0.03 ? 0 : 2 + static_cast<int>(3 * (draw - 0.03));
      wanted = child.age >= gap && (draw < 0.5 || child.age > 20) ? child.age - gap : child.age + gap;
    }
    std::stable_sort(families[i].children.begin(), families[i].children.end(),
                     [](const Person& a, const Person& b) { return a.age > b.age; });
  }
  return families;
}

}  // namespace sleutel::city
