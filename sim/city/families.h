#pragma once
/// \file
/// Who lives with whom in one buurt: children into families, mothers and fathers of a fitting age to them, couples,
/// others, singles, until every planned resident has a household.

#include <vector>

#include "sim/city/age_shape.h"
#include "sleutel/city.h"

namespace sleutel::city {

enum class Role : std::uint8_t { head, partner, child, other };

struct Member {
  int age = 0;  ///< [years]
  bool woman = false;
  Role role = Role::head;
};

/// A household: `size` members from `first` of Families::members. Parents come first, then children, eldest first.
struct Family {
  HouseholdKind kind = HouseholdKind::single;
  std::size_t first = 0;
  int size = 0;
};

struct Families {
  std::vector<Member> members;
  std::vector<Family> families;
};

/// The households of the buurt at index `place`, institutional residents (one household each) last.
Families families_of(const CityFiles& files, const AgeShapes& shapes, const BuurtPlan& plan, std::size_t place,
                     const CityDraws& draws);

}  // namespace sleutel::city
