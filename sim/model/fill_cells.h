#pragma once
/// \file
/// The base tables of a matrix: rates in cells, and cells that are closed.

#include "sim/model/cells.h"

namespace sleutel {

/// Lays out the cells of a level and fills base, shift (zero) and closed masks of every lane.
void fill_cells(Reading& reading, const Names& names, Matrix& matrix);

/// Whether a trait in `needs:` is decided by the cell (age and sex of the reference person) instead of by a row.
bool decided_by_cell(const std::string& trait, Level level);

}  // namespace sleutel
