#pragma once
/// \file
/// Ages and sexes within a published band: the shape by single year of age for each group of a buurt's residents.

#include <array>
#include <vector>

#include "sim/city/plan.h"
#include "sim/city/purposes.h"

namespace sleutel::city {

/// Residents by single year of age (100 is 100 and over), and the share of women among them.
struct AgeShape {
  std::array<double, kAges> persons{};
  std::array<double, kAges> women{};  ///< [share]
};

/// The Netherlands at 1 January 2024: ages 19 and over by ageing the population of 2005, 0-12 as counted, 13-18
/// between.
AgeShape national_shape(const NationalAges& national);

/// A group of a buurt whose ages are spread on their own.
enum class AgeGroup : std::uint8_t { institution, child, adult };

/// Everything needed to spread ages in any buurt.
struct AgeShapes {
  AgeShape national;
  AgeShape child;  ///< living with a parent, 15 and over: by shares living with parents
  AgeShape away;   ///< 18-24 on their own
  AgeShape institution;
  double youth = 0;  ///< how much adults of 25-44 lean to 25 where there are many of 18-24; solved, see age_shapes
};

/// Solves `youth` so that the city's residents of 18-26 are as published.
AgeShapes age_shapes(const CityFiles& files, const std::vector<BuurtPlan>& plans);

/// One resident before he has a household.
struct Person {
  int age = 0;  ///< [years]
  bool woman = false;
};

/// The residents of one group of a buurt, by age, then as spread. `place` is the index of the buurt.
std::vector<Person> people_of(const AgeShapes& shapes, const BuurtPlan& plan, AgeGroup group, std::size_t place,
                              const CityDraws& draws);

}  // namespace sleutel::city
