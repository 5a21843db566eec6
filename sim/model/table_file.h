#pragma once
/// \file
/// The tables of a model: scenarios/<city>/tables/*.csv.

#include <string>
#include <vector>

#include "sim/input/node.h"
#include "sim/input/reader.h"
#include "sim/model/source.h"

namespace sleutel {

/// Reads the rows of a table: the columns of `by`, in that order, and the column `value_column`, which holds numbers in
/// `range`. `named_at` is the node that named the file, for the message if it is missing. Nothing if it is broken.
std::vector<source::Table::Row> read_table_file(const std::string& file, const std::vector<source::Word>& by,
                                                const std::string& value_column, const Range& range,
                                                const Node& named_at, std::vector<Problem>& problems);

}  // namespace sleutel
