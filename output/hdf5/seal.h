#pragma once
/// \file
/// The seal: what stands behind the HDF5 of every results file, so that a byte that was changed is seen. Readers of
/// HDF5 do not look behind the end of it; a program that changes the file with the library cuts the seal off. What
/// stands in it: docs/output-format.md. Private to output/hdf5/.

#include <cstdint>
#include <string>
#include <vector>

namespace sleutel::h5 {

/// A variable of a file that is being written: rows of equal length, one for each year of a run.
struct SealedColumn {
  std::uint64_t offset = 0;     ///< of its first byte in the file
  std::uint64_t row_bytes = 0;  ///< of one year of a run

  friend bool operator==(const SealedColumn&, const SealedColumn&) = default;
};

/// What a seal says of the HDF5 before it. In a finished file there are no rows: all of it is under one checksum.
struct SealedParts {
  std::uint64_t image = 0;            ///< bytes of HDF5
  std::uint64_t rows = 0;             ///< years of runs that are written one by one
  std::uint64_t flags = 0;            ///< offset of a byte for each row, 1 if it is there
  std::vector<SealedColumn> columns;  ///< of these rows, in order of offset

  /// Places behind the image, from the beginning of the file.
  std::uint64_t sums_at() const;   ///< checksums of rows, 0 where there is none
  std::uint64_t lines_at() const;  ///< what was done to the file, a text after each other
  std::uint64_t ends_at() const;   ///< length of the whole file
};

inline constexpr std::uint64_t kRoomForLines = 16384;  ///< [bytes] of a seal with rows

enum class SealState : std::uint8_t {
  none,     ///< the file does not end with a seal
  damaged,  ///< it does, and what was written is not what stands there
  whole,
};

enum class RowState : std::uint8_t { absent, there, damaged };

struct Seal {
  SealState state = SealState::none;
  SealedParts parts;
  std::vector<RowState> rows;      ///< [row]
  std::vector<std::string> lines;  ///< those that are whole

  std::size_t count(RowState which) const;
};

/// The seal for this HDF5: to be written behind it.
std::string seal_for(const std::vector<char>& image, SealedParts parts);

/// Reads the whole file and compares. A file that cannot be opened has none.
Seal read_seal(const std::string& path);

/// The checksum that a column adds to that of a row; that of the row is their sum, see row_sum.
std::uint64_t column_sum(std::size_t column, const void* bytes, std::size_t count);

/// A sum as it is stored: never 0, and one byte alone does not make it so.
std::uint64_t row_sum(std::uint64_t of_columns);

/// A line as it stands in the room for lines: length, checksum, text.
std::string sealed_line(const std::string& text);

}  // namespace sleutel::h5
