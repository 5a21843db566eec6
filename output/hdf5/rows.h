#pragma once
/// \file
/// Writes years of runs into a file whose places are all there, past the library: a kill leaves whole years and nothing
/// of the library's to be mended. Private to output/hdf5/.

#include <cstdint>
#include <string>

#include "output/hdf5/seal.h"

namespace sleutel::h5 {

/// The rows of a file with a seal, open for writing. Throws Failure.
class Rows {
 public:
  Rows(const std::string& path, SealedParts parts);
  ~Rows();
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  /// One row of a column; `values` as they lie in the file.
  void write(std::size_t column, std::uint64_t row, const void* values);
  /// All columns of this row were written since the last one: from now on it is there.
  void close_row(std::uint64_t row);
  /// From now on this row is not there.
  void forget_row(std::uint64_t row);
  /// Adds a line to those of the seal. What has no room is left out.
  void add_line(const std::string& text, const std::vector<std::string>& before);

  std::uint64_t row_bytes(std::size_t column) const { return parts_.columns[column].row_bytes; }
  std::size_t columns() const { return parts_.columns.size(); }

 private:
  void put(std::uint64_t offset, const void* bytes, std::size_t count);

  int file_;
  SealedParts parts_;
  std::uint64_t sum_ = 0;  ///< of what was written of the row at hand
};

}  // namespace sleutel::h5
