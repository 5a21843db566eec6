#pragma once
/// \file
/// Programmes as rows of the matrix.

#include <vector>

#include "sleutel/programme.h"

namespace sleutel {

/// Fills Matrix::programme_begin and programme_end of every level: programme i is bit i, its effects are added after
/// the clip. Throws InputError if there are more than kMaxProgrammes, or if a sum could overflow.
void add_programme_rows(const std::vector<Programme>& programmes, Model& model);

}  // namespace sleutel
