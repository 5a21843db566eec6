#pragma once
/// \file
/// Whole numbers of residents and households for every buurt that agree with each other and with the published
/// margins: what families are then filled into. Persons = singles + 2 couples + children ..., so that kinds of
/// household follow from population, households, households with children and children at home.

#include <array>
#include <vector>

#include "sim/city/city_files.h"

namespace sleutel::city {

/// Counts of one buurt. Everybody is in exactly one of: institution, children, adults on their own.
struct BuurtPlan {
  int district = 0;
  std::array<int, kAgeBands> residents{};
  std::array<int, kAgeBands> institution{};
  std::array<int, kAgeBands> children{};  ///< living with a parent; none from 45
  std::array<int, kAgeBands> adults{};    ///< heads and partners; none below 15, and of 15-24 only from 18
  int households = 0;                     ///< private
  int couples_with_children = 0, lone_mothers = 0, lone_fathers = 0;
  int couples = 0;  ///< without children
  int others = 0;   ///< households of two adults who are no couple
  int singles = 0;

  int with_children() const { return couples_with_children + lone_mothers + lone_fathers; }
  int children_at_home() const { return children[0] + children[1] + children[2] + children[3] + children[4]; }
};

/// Plans in the order of files.buurten. The totals of the city are met exactly.
std::vector<BuurtPlan> plan_buurten(const CityFiles& files);

}  // namespace sleutel::city
