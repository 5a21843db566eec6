#pragma once
/// \file
/// Points that fill the prior: a Latin hypercube (McKay, Beckman and Conover 1979).

#include "sim/calibrate/draws.h"
#include "sim/calibrate/search.h"

namespace sleutel::calibrate {

/// `count` points; in each dimension one lies in each of `count` slices of equal chance.
std::vector<Point> latin_hypercube(std::size_t count, std::size_t parameters, const Draws& draws, std::uint32_t round);

}  // namespace sleutel::calibrate
