#pragma once
/// \file
/// Children of a buurt into families: how many to each, and which ages go together.

#include <vector>

#include "sim/city/age_shape.h"

namespace sleutel::city {

enum class Parents : std::uint8_t { couple, mother, father };

/// The children of one household, eldest first.
struct Siblings {
  Parents parents = Parents::couple;
  std::vector<Person> children;

  int eldest() const { return children.front().age; }
  int youngest() const { return children.back().age; }
};

/// Every child of the buurt in one family; families in no particular order of age.
std::vector<Siblings> siblings_of(const CityFiles& files, const BuurtPlan& plan, const std::vector<Person>& children,
                                  std::size_t place, const CityDraws& draws);

}  // namespace sleutel::city
