#pragma once
/// \file
/// Base tables laid out as the cells of a matrix: age x sex x the attributes that any table of the level is split by.

#include <string>
#include <vector>

#include "sim/model/names.h"

namespace sleutel {

/// One attribute beside age and sex, and how its values are written.
struct CellAxis {
  TableAttribute attribute;
  std::string name;                 ///< column of a table, such as income_group
  std::vector<std::string> values;  ///< as written; for months bands, empty
};

/// The cells of one level, in the order of Matrix: ((age * 2 + sex) * A1 + a1) * A2 + a2 ...
struct CellShape {
  std::vector<CellAxis> axes;
  int per_age_sex = 1;  ///< product of the axes' categories
  int cells() const { return (kMaxAge + 1) * 2 * per_age_sex; }
};

inline constexpr double kMissing = -1;  ///< a cell that the table does not give

/// The axes that these tables need. Unknown columns are reported.
CellShape cell_shape(Reading& reading, const Names& names, const std::vector<const source::Table*>& tables);

/// The value of each cell, kMissing where the table has none. Unknown values and cells given twice are reported.
/// `missing` marks a cell without a value: kMissing for rates, which are never negative.
std::vector<double> expanded(Reading& reading, const CellShape& shape, const source::Table& table,
                             double missing = kMissing);

/// Whether the shape has every column that the table is split by; false after an unknown column was reported.
bool knows_columns(const CellShape& shape, const source::Table& table);

/// What a cell is, in words: age 17, male, income_group 2.
std::string cell_text(const CellShape& shape, int cell);

/// First month of each band of `months.<state>` columns, joined over all tables.
std::vector<int> months_bands(const std::vector<const source::Table*>& tables, const std::string& column);

/// "0-2" is {0, 3}, "12+" is {12, 1000}, "7" is {7, 8}; {-1, -1} if it is none of these.
std::pair<int, int> band_of(const std::string& text);

}  // namespace sleutel
