#include "sim/city/families.h"

#include <algorithm>
#include <numeric>

#include "sim/city/apportion.h"
#include "sim/city/pool.h"
#include "sim/city/siblings.h"

namespace sleutel::city {
namespace {

constexpr int kYoungestParent = 16;  // years between a parent and his or her eldest child, at least
constexpr int kOldestMother = 46;    // years between a mother and her youngest child, at most
constexpr int kOldestFather = 60;

// Builds the families of one buurt. Every step takes people out of the pools.
class Builder {
 public:
  Builder(const CityFiles& files, const BuurtPlan& plan, std::size_t place, const CityDraws& draws,
          const std::vector<Person>& adults)
      : files_(files), plan_(plan), place_(place), draws_(draws), adults_(adults) {}

  void make_parents(const std::vector<Siblings>& siblings);
  void make_couples();
  void make_others();
  void make_singles();
  void add_institution(const std::vector<Person>& people);
  Families take() { return std::move(made_); }

 private:
  void open(HouseholdKind kind) { made_.families.push_back({kind, made_.members.size(), 0}); }
  void add(int age, bool woman, Role role) {
    made_.members.push_back({age, woman, role});
    ++made_.families.back().size;
  }
  std::vector<int> women_in_couples() const;
  int age_with_most_left() const;
  int take_parent(bool woman, int wanted, const Siblings& siblings);
  int add_mother(int wanted, const Siblings& children);
  void add_father(int wanted, const Siblings& children, Role role);
  void add_anyone(bool woman, int wanted, Role role);
  void add_singles(int age, bool woman);
  void swap_same_sex(std::size_t first_family);
  std::uint64_t name() const { return local_name(place_, made_.families.size()); }

  const CityFiles& files_;
  const BuurtPlan& plan_;
  std::size_t place_;
  const CityDraws& draws_;
  SexPools adults_;
  Families made_;
};

int rounded(double years) { return static_cast<int>(years + 0.5); }

int Builder::take_parent(bool woman, int wanted, const Siblings& siblings) {
  const int least = std::max(18, siblings.eldest() + kYoungestParent);
  const int most = siblings.youngest() + (woman ? kOldestMother : kOldestFather);
  return adults_.of(woman).take_nearest(wanted, least, std::max(least, most));
}

// Takes the adult of that sex nearest in age; of the other sex if none is left.
void Builder::add_anyone(bool woman, int wanted, Role role) {
  int age = adults_.of(woman).take_nearest(wanted, 0, kAges);
  if (age < 0) {
    woman = !woman;
    age = adults_.of(woman).take_nearest(wanted, 0, kAges);
  }
  if (age >= 0) add(age, woman, role);
}

// The age of the mother; -1 if the family has none, or nobody is left who could be it.
int Builder::add_mother(int wanted, const Siblings& children) {
  if (children.parents == Parents::father) return -1;
  const int mother = take_parent(true, wanted, children);
  if (mother >= 0) add(mother, true, Role::head);
  return mother;
}

// Someone of about that age if nobody is left who could be the father.
void Builder::add_father(int wanted, const Siblings& children, Role role) {
  const int father = take_parent(false, wanted, children);
  if (father >= 0) {
    add(father, false, role);
  } else {
    add_anyone(false, wanted, role);
  }
}

void Builder::make_parents(const std::vector<Siblings>& siblings) {
  const auto& q = files_.quantities;
  for (const Siblings& children : siblings) {
    const bool couple = children.parents == Parents::couple;
    const double gap = q.mother_age + q.mother_age_sd * draws_.normal(kMotherAge, name());
    const int wanted_mother = children.eldest() + std::clamp(rounded(gap), 17, 44);
    const double older = q.partner_age_gap + q.partner_age_gap_sd * draws_.normal(kFatherAge, name());
    open(couple ? HouseholdKind::couple_with_children : HouseholdKind::lone_parent);
    const int mother = add_mother(wanted_mother, children);
    const bool has_mother = mother >= 0;
    if (children.parents != Parents::mother || !has_mother) {
      const int wanted = rounded((has_mother ? mother : wanted_mother) + older);
      add_father(wanted, children, has_mother ? Role::partner : Role::head);
    }
    if (couple && made_.families.back().size == 1) add_anyone(false, wanted_mother, Role::partner);
    for (const Person& child : children.children) add(child.age, child.woman, Role::child);
  }
}

// Ages of the women who live in a couple without children, evenly spread along all ages to the planned number.
std::vector<int> Builder::women_in_couples() const {
  std::vector<double> odds;
  std::vector<int> ages;
  for (int age = 0; age < kAges; ++age) {
    const double share = files_.at_age(age).couple;
    for (int n = 0; n < adults_.women.count(age); ++n) {
      odds.push_back(share / (1 - share));
      ages.push_back(age);
    }
  }
  const double factor = odds_factor(odds, plan_.couples);
  for (double& x : odds) x = x * factor / (1 + x * factor);
  const auto chosen = choose_evenly(odds, plan_.couples, draws_.uniform(kCouples, place_ + 1));
  std::vector<int> taken;
  for (std::size_t i = 0; i < ages.size(); ++i)
    if (chosen[i] != 0) taken.push_back(ages[i]);
  return taken;
}

// The age at which most women and men of the usual difference are left: couples that found no partner of their age.
int Builder::age_with_most_left() const {
  const int gap = rounded(files_.quantities.partner_age_gap);
  int best = 30;
  int most = 0;
  for (int age = 18; age + gap < kAges; ++age) {
    const int both = std::min(adults_.women.count(age), adults_.men.count(age + gap));
    if (both <= most) continue;
    most = both;
    best = age;
  }
  return best;
}

void Builder::make_couples() {
  constexpr int kFarthest = 10;  // years from the wanted age of the man
  const auto& q = files_.quantities;
  const std::size_t first = made_.families.size();
  const std::size_t last = first + static_cast<std::size_t>(plan_.couples);
  for (const int age : women_in_couples()) {
    const double older = q.partner_age_gap + q.partner_age_gap_sd * draws_.normal(kCoupleAge, name());
    const int wanted = rounded(age + older);
    const int man = adults_.men.take_nearest(wanted, std::max(18, wanted - kFarthest), wanted + kFarthest);
    if (man < 0) continue;
    open(HouseholdKind::couple);
    add_anyone(true, age, Role::head);
    add(man, false, Role::partner);
  }
  while (made_.families.size() < last) {
    const int age = age_with_most_left();
    open(HouseholdKind::couple);
    add_anyone(true, age, Role::head);
    add_anyone(false, age + rounded(q.partner_age_gap), Role::partner);
  }
  swap_same_sex(first);
}

// Two couples next to each other in age become one of two women and one of two men.
void Builder::swap_same_sex(std::size_t first_family) {
  for (std::size_t i = first_family; i + 1 < made_.families.size(); i += 2) {
    if (draws_.uniform(kSameSex, local_name(place_, i)) >= files_.quantities.same_sex_couples) continue;
    Member& man = made_.members[made_.families[i].first + 1];
    Member& woman = made_.members[made_.families[i + 1].first];
    if (man.woman || !woman.woman || man.role != Role::partner) continue;
    std::swap(man.age, woman.age);
    std::swap(man.woman, woman.woman);
  }
}

void Builder::make_others() {
  for (int n = 0; n < plan_.others; ++n) {
    const double draw = draws_.uniform(kOthers, name());
    const int wanted = draw < 0.6 ? 22 + static_cast<int>(draw * 15) : 32 + static_cast<int>((draw - 0.6) * 110);
    open(HouseholdKind::other);
    add_anyone((n & 1) != 0, wanted, Role::head);
    add_anyone((n & 2) != 0, wanted, Role::other);
  }
}

// A household for each of those left of this age and sex.
void Builder::add_singles(int age, bool woman) {
  while (adults_.of(woman).take(age)) {
    open(HouseholdKind::single);
    add(age, woman, Role::head);
  }
}

void Builder::make_singles() {
  for (int age = 0; age < kAges; ++age) {
    add_singles(age, true);
    add_singles(age, false);
  }
}

void Builder::add_institution(const std::vector<Person>& people) {
  for (const Person& person : people) {
    open(HouseholdKind::institution);
    add(person.age, person.woman, Role::head);
  }
}

}  // namespace

Families families_of(const CityFiles& files, const AgeShapes& shapes, const BuurtPlan& plan, std::size_t place,
                     const CityDraws& draws) {
  const auto children = people_of(shapes, plan, AgeGroup::child, place, draws);
  Builder builder(files, plan, place, draws, people_of(shapes, plan, AgeGroup::adult, place, draws));
  builder.make_parents(siblings_of(files, plan, children, place, draws));
  builder.make_couples();
  builder.make_others();
  builder.make_singles();
  builder.add_institution(people_of(shapes, plan, AgeGroup::institution, place, draws));
  return builder.take();
}

}  // namespace sleutel::city
