#pragma once
/// \file
/// Whether a city is consistent: what every life event must leave true. For tests and for debug runs; O(residents).

#include <string>
#include <vector>

#include "sleutel/city.h"

namespace sleutel {

/// What is wrong, one sentence each, at most `most`; empty if nothing is. Checked are: rows of links; partners mutual,
/// present, in one household, both adult; member lists complete and as long as size; reference person, name and
/// kind right for `month`; children at home with somebody who is none; dwellings' counts; buurt of household and
/// dwelling; ids unique; birth not after `month`; mothers older than children; institutions; own ties.
std::vector<std::string> check_city(const City& city, int month, std::size_t most = 20);

}  // namespace sleutel
