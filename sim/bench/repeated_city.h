#pragma once
/// \file
/// A city larger than any that was made, to see what size costs.

#include "sleutel/city.h"

namespace sleutel {

/// `times` cities side by side in one: the same buurten, in each of which everybody lives so many times, with
/// households, homes, partners and ties of their own. Ids follow one another. For timing: its residents draw
/// different numbers, but begin alike.
City repeated_city(const City& city, int times);

}  // namespace sleutel
