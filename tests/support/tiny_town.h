#pragma once
/// \file
/// A small town made in code: 4 buurten in 2 districts, households of every kind, ties. Everything in it follows from
/// the number of households and named draws.

#include <algorithm>

#include "sleutel/city.h"
#include "sleutel/random.h"

namespace sleutel::test {

namespace tiny {

class TownBuilder {
 public:
  explicit TownBuilder(int households) {
    city_.id = "tiny";
    city_.name = "Tiny town";
    city_.districts = {{"WK1", "North"}, {"WK2", "South"}};
    city_.buurten = {{"BU1", "North A", 0}, {"BU2", "North B", 0}, {"BU3", "South A", 1}, {"BU4", "South B", 1}};
    city_.income_fifth_bounds = {18000, 24000, 31000, 42000};
    city_.low_income_line = 17000;
    for (int h = 0; h < households; ++h) add_household(h, h * 4 / households);
    for (Row row = 0; row < city_.residents.size(); ++row) add_ties(row);
    for (int spare = 0; spare < households / 10 + 4; ++spare)
      add_dwelling(spare % 4, spare % 3 == 0 ? Tenure::owner : Tenure::social_rent, DwellingKind::multi_family, 1, 0);
  }
  City take() { return std::move(city_); }

 private:
  int below(std::uint64_t name, int which, int n) {
    return static_cast<int>(bits({{7, 7}, name, 0, Purpose::city(which)})[0] % static_cast<std::uint32_t>(n));
  }

  Row add_dwelling(int buurt, Tenure tenure, DwellingKind kind, int places, int households) {
    Dwellings& to = city_.dwellings;
    resize(to, to.count() + 1);
    to.buurt.back() = static_cast<std::uint8_t>(buurt);
    to.tenure.back() = tenure;
    to.kind.back() = kind;
    to.places.back() = static_cast<std::uint16_t>(places);
    to.households.back() = static_cast<std::uint16_t>(households);
    return static_cast<Row>(to.count() - 1);
  }

  Row add_resident(Row household, int age_years, Sex sex, unsigned flags) {
    Residents& to = city_.residents;
    const Row row = static_cast<Row>(to.size());
    resize(to, to.size() + 1);
    to.id[row] = 1000 + 7 * row;
    to.household[row] = household;
    to.next_in_household[row] = kNone;
    to.partner[row] = to.mother[row] = kNone;
    to.ties[row].fill(kNone);
    to.birth_month[row] = static_cast<std::int16_t>(-12 * age_years - below(row, 1, 12));
    to.sex[row] = sex;
    to.education[row] = static_cast<Education>(below(row, 2, 3));
    to.flags[row] = static_cast<std::uint8_t>(kPresent | flags);
    to.mastery[row] = static_cast<std::uint8_t>(below(row, 3, 33));
    to.adversity[row] = static_cast<std::uint8_t>(below(row, 4, 5));
    for (int slot = 0; slot < kLatents; ++slot)
      to.latent[row][static_cast<std::size_t>(slot)] = static_cast<std::int8_t>(below(row, 10 + slot, 121) - 60);
    to.income[row] = age_years < 18 ? 0 : 12000 + 500 * below(row, 5, 80);
    to.stratum_buurt[row] = city_.households.buurt[household];
    to.stratum_education[row] = to.education[row];
    return row;
  }

  Row open_household(int h, int buurt, HouseholdKind kind) {
    Households& to = city_.households;
    const Row row = static_cast<Row>(to.count());
    resize(to, to.count() + 1);
    const bool institution = kind == HouseholdKind::institution;
    to.kind[row] = kind;
    to.buurt[row] = static_cast<std::uint8_t>(buurt);
    to.dwelling[row] = institution
                           ? add_dwelling(buurt, Tenure::institution, DwellingKind::institution, 1, 1)
                           : add_dwelling(buurt, static_cast<Tenure>(below(static_cast<std::uint64_t>(h), 6, 3)),
                                          DwellingKind::multi_family, 1, 1);
    to.income[row] = 14000 + 400 * below(static_cast<std::uint64_t>(h), 7, 90);
    to.income_group[row] = kIncomeStudentOrInstitution;
    if (!institution) {
      to.income_group[row] = 0;
      for (const int bound : city_.income_fifth_bounds) to.income_group[row] += to.income[row] > bound;
    }
    return row;
  }

  void close_household(Row household, Row first) {
    Residents& of = city_.residents;
    Households& to = city_.households;
    to.first_member[household] = first;
    to.size[household] = static_cast<std::uint16_t>(of.size() - first);
    to.reference[household] = to.named_by[household] = first;
    for (Row row = first; row < of.size(); ++row) {
      of.next_in_household[row] = row + 1 < of.size() ? row + 1 : kNone;
      of.stratum_income[row] = to.income_group[household];
      of.stratum_tenure[row] = static_cast<std::uint8_t>(city_.dwellings.tenure[to.dwelling[household]]);
    }
  }

  void pair_up(Row one, Row other) {
    city_.residents.partner[one] = other;
    city_.residents.partner[other] = one;
  }

  void add_household(int h, int buurt) {
    const auto name = static_cast<std::uint64_t>(h);
    const Row first = static_cast<Row>(city_.residents.size());
    const int type = h % 8;
    const int age = 22 + below(name, 8, 60);
    if (type <= 1) {
      const Row home = open_household(h, buurt, HouseholdKind::single);
      const bool student = age < 27;
      if (student) city_.households.student_house[home] = 1;
      add_resident(home, age, static_cast<Sex>(h % 2), student ? 2U : 0U);
      return close_household(home, first);
    }
    if (type == 7 && h % 40 == 7) {
      const Row home = open_household(h, buurt, HouseholdKind::institution);
      for (int i = 0; i < 9; ++i)
        add_resident(home, 70 + below(name, 20 + i, 25), static_cast<Sex>(i % 2), kInstitution);
      return close_household(home, first);
    }
    add_family(h, buurt, type, std::min(age, type == 2 ? 85 : 48), first);
  }

  void add_family(int h, int buurt, int type, int age, Row first) {
    const bool couple = type != 6;
    const int children = type <= 3 ? 0 : type - 3;
    const Row home = open_household(h, buurt,
                                    children == 0 ? HouseholdKind::couple
                                    : couple      ? HouseholdKind::couple_with_children
                                                  : HouseholdKind::lone_parent);
    const Row mother = add_resident(home, age, Sex::female, 0);
    city_.residents.parity[mother] = static_cast<std::uint8_t>(children);
    if (couple) pair_up(mother, add_resident(home, age + 2, Sex::male, 0));
    for (int c = 0; c < children; ++c) {
      const int child_age = std::clamp(age - 24 - 3 * c, 0, 20);
      city_.residents.mother[add_resident(home, child_age, static_cast<Sex>(c % 2), kChildAtHome)] = mother;
    }
    close_household(home, first);
  }

  void add_ties(Row row) {
    const auto n = static_cast<Row>(city_.residents.size());
    for (int t = 0; t < below(row, 30, kTies + 1); ++t) {
      const Row other = (row + 3 + static_cast<Row>(below(row, 31 + t, 60))) % n;
      if (other != row && has_room(row) && has_room(other)) tie(row, other), tie(other, row);
    }
  }
  bool has_room(Row row) const { return city_.residents.ties[row].back() == kNone; }
  void tie(Row row, Row other) {
    auto& ties = city_.residents.ties[row];
    if (std::find(ties.begin(), ties.end(), other) == ties.end()) *std::find(ties.begin(), ties.end(), kNone) = other;
  }

  City city_;
};

}  // namespace tiny

/// About 2.3 residents a household.
inline City tiny_town(int households) { return tiny::TownBuilder(households).take(); }

}  // namespace sleutel::test
