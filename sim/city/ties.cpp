#include <algorithm>

#include "sim/city/steps.h"

namespace sleutel::city {
namespace {

// The place of a resident in a line of possible friends: neighbours in the line become friends.
struct Standing {
  std::uint64_t where;   // area, then age
  std::uint64_t chance;  // keyed
  Row row;
  friend bool operator<(const Standing& a, const Standing& b) {
    if (a.where != b.where) return a.where < b.where;
    return a.chance != b.chance ? a.chance < b.chance : a.row < b.row;
  }
};

bool tied(const Residents& r, Row one, Row other) {
  return std::find(r.ties[one].begin(), r.ties[one].end(), other) != r.ties[one].end();
}

// On both sides, or not at all.
bool tie(Residents& r, Row one, Row other) {
  if (r.household[one] == r.household[other] || tied(r, one, other)) return false;
  auto free_slot = [&](Row row) { return std::find(r.ties[row].begin(), r.ties[row].end(), kNone); };
  const auto a = free_slot(one);
  const auto b = free_slot(other);
  if (a == r.ties[one].end() || b == r.ties[other].end()) return false;
  *a = other;
  *b = one;
  return true;
}

// One round of friendship: who takes part stands in line by area and age; pairs are those next to each other.
void befriend(City& city, const CityDraws& draws, std::uint32_t round, double share, bool same_buurt) {
  constexpr int kYoungest = 4;
  auto& r = city.residents;
  std::vector<Standing> line;
  for (Row row = 0; row < r.size(); ++row) {
    const int age = age_of(city, row);
    if (age < kYoungest || draws.uniform(kHasFriend, r.id[row], round) >= share) continue;
    const auto buurt = city.households.buurt[r.household[row]];
    const auto area = static_cast<std::uint64_t>(same_buurt ? buurt : city.buurten[buurt].district);
    const int width = age < 30 ? 2 : 5;  // years that count as the same age
    const auto band = static_cast<std::uint64_t>((age + static_cast<int>(round)) / width);
    const auto older = static_cast<std::uint64_t>(age < 30 ? 0 : 1);
    const double chance = draws.uniform(kFriend, r.id[row], round);
    line.push_back({(area << 16) | (older << 12) | band, static_cast<std::uint64_t>(chance * 0x1p53), row});
  }
  std::sort(line.begin(), line.end());
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if ((line[i].where >> 16) != (line[i + 1].where >> 16)) continue;
    if (tie(r, line[i].row, line[i + 1].row)) ++i;
  }
}

struct Generation {
  int age;
  std::uint64_t chance;
  Row row;
};

bool younger(const Generation& a, const Generation& b) {
  if (a.age != b.age) return a.age < b.age;
  return a.chance != b.chance ? a.chance < b.chance : a.row < b.row;
}

// Grown children and parents in the same district, one to one: the child's age and 30 years is the parent's, about.
void find_kin(City& city, const CityFiles& files, const CityDraws& draws, int district) {
  constexpr int kLeast = 20;
  constexpr int kMost = 42;
  auto& r = city.residents;
  std::vector<Generation> children;
  std::vector<Generation> parents;
  for (Row row = 0; row < r.size(); ++row) {
    const Row household = r.household[row];
    const bool at_home = r.is(row, kChildAtHome);
    if (city.buurten[city.households.buurt[household]].district != district || at_home) continue;
    const int age = age_of(city, row);
    const double draw = draws.uniform(kKin, r.id[row]);
    const Generation one{age, static_cast<std::uint64_t>(draw * 0x1p53), row};
    if (age >= 18 && age <= 60 && draw < files.quantities.kin_share && !r.is(row, kStudent)) children.push_back(one);
    if (age >= 45 && (r.sex[row] == Sex::male || r.parity[row] > 0)) parents.push_back(one);
  }
  std::sort(children.begin(), children.end(), younger);
  std::sort(parents.begin(), parents.end(), younger);
  std::size_t next = 0;
  for (const Generation& child : children) {
    while (next < parents.size() && parents[next].age < child.age + 30 - 6) ++next;
    if (next == parents.size()) break;
    const int gap = parents[next].age - child.age;
    if (gap < kLeast || gap > kMost) continue;
    const Row parent = parents[next].row;
    if (!tie(r, child.row, parent)) continue;
    ++next;
    if (r.sex[parent] == Sex::female && r.mother[child.row] == kNone) r.mother[child.row] = parent;
  }
}

}  // namespace

void give_ties(City& city, const CityFiles& files, const CityDraws& draws) {
  const auto& q = files.quantities;
  for (std::size_t d = 0; d < city.districts.size(); ++d) find_kin(city, files, draws, static_cast<int>(d));
  befriend(city, draws, 0, q.friend_share_1, true);
  befriend(city, draws, 1, q.friend_share_2, true);
  befriend(city, draws, 2, q.friend_share_3, false);
}

}  // namespace sleutel::city
