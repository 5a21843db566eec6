#pragma once
/// \file
/// Blocks of aligned rows. Private to output/compare/.

#include <string>
#include <vector>

#include "output/compare/compare.h"

namespace sleutel {

/// One block: a heading and its rows, each with its label.
struct Block {
  std::string heading;
  std::vector<std::string> labels;  ///< [row]
  std::vector<const ComparisonRow*> rows;
};

/// The block as lines. The heading carries the names of the columns.
std::string block_text(const Block& block);

/// Characters as a reader counts them (UTF-8).
std::size_t width_of(const std::string& text);

/// A number as in the table, "-" if there is none.
std::string printed(double value, int decimals);
/// With its sign; without one if it is printed as zero.
std::string printed_signed(double value, int decimals);

}  // namespace sleutel
