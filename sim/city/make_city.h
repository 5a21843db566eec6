#pragma once
/// \file
/// The residents of a city on 1 January 2024, made from published figures: nobody is a real person.
///
///     const CityFiles files = read_city_files("scenarios/leiden");
///     const City city = make_city(files, 1);
///     const City small = sample_city(city, 2000, 1);

#include <cstdint>

#include "sim/city/city_files.h"
#include "sleutel/city.h"

namespace sleutel {

/// The whole city. A pure function of the files and the seed: the same bits on every machine. Residents are sorted by
/// buurt and household; ids are 1, 2, ... in that order. States, loads, support and adversity are 0: the start state
/// of the model fills them. Institutional residents are households of one in a shared dwelling.
City make_city(const CityFiles& files, std::uint64_t city_seed);

/// About `residents` residents: whole households, evenly taken in every buurt, and homes that stand empty in the same
/// proportion. Ids, ages, incomes and strata are kept; ties to residents outside are dropped. The whole city if
/// `residents` is not below its size.
City sample_city(const City& city, int residents, std::uint64_t seed);

}  // namespace sleutel
