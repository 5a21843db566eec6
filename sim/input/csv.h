#pragma once
/// \file
/// CSV files with a header, read with the place of every cell. Fields are separated by commas and may stand between
/// double quotes (a quote inside is doubled); lines that begin with # are comments, empty lines are skipped.
///
///     const auto table = read_csv("scenarios/leiden/tables/death.csv", {"age", "sex", "per_year"}, problems);
///     for (std::size_t row = 0; table && row < table->rows(); ++row)
///       rate[...] = table->number(row, "per_year", {.min = 0, .meaning = "a rate per year"});
///     throw_if_any(problems);

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/reader.h"
#include "sleutel/error.h"

namespace sleutel {

/// One field, and where it stands (from 1).
struct CsvCell {
  std::string text;
  int line = 0, column = 0;
  bool quoted = false;
};

/// The rows below the header. Questions about a cell add to the problems that were given when the table was read.
class CsvTable {
 public:
  using Row = std::vector<CsvCell>;

  CsvTable(std::string file, Row header, std::vector<Row> rows, std::vector<Problem>& problems);

  std::size_t rows() const { return rows_.size(); }
  std::vector<std::string> columns() const;
  bool has(std::string_view column) const { return position(column).has_value(); }
  int line(std::size_t row) const { return rows_[row].front().line; }
  const std::string& file() const { return file_; }

  /// The text of a cell; empty if it is empty or there is no such column.
  const std::string& text(std::size_t row, std::string_view column) const;
  /// As text, but an empty cell is a problem.
  const std::string& required_text(std::size_t row, std::string_view column) const;
  /// A number; 0 after a problem. An empty cell is a problem.
  double number(std::size_t row, std::string_view column, const Range& range = {}) const;
  std::int64_t whole(std::size_t row, std::string_view column, const Range& range = {}) const;
  /// As number, but nothing if the cell is empty (or wrong, after a problem).
  std::optional<double> maybe_number(std::size_t row, std::string_view column, const Range& range = {}) const;
  std::optional<std::int64_t> maybe_whole(std::size_t row, std::string_view column, const Range& range = {}) const;

  /// Reports every column that is not among the known ones.
  void only_columns(const std::vector<std::string>& known) const;
  void report(std::size_t row, std::string_view column, std::string what, std::string suggestion = "") const;
  /// What is wrong with the rows together, at the name of a column in the header.
  void report_header(std::string_view column, std::string what, std::string suggestion = "") const;
  /// As report, but given to the caller.
  Problem problem(std::size_t row, std::string_view column, std::string what, std::string suggestion = "") const;

 private:
  std::optional<std::size_t> position(std::string_view column) const;
  const CsvCell& cell(std::size_t row, std::string_view column) const;
  Node as_node(std::size_t row, std::string_view column) const;

  std::string file_;
  Row header_;
  std::vector<Row> rows_;
  std::vector<Problem>* problems_;
};

/// Reads a file that must have the given columns (and may have more). Nothing if it is missing, empty, or lacks a
/// column, with the reason in `problems`. Rows with too few or too many fields are reported and left out. `problems`
/// must outlive the table.
std::optional<CsvTable> read_csv(const std::string& file, const std::vector<std::string>& columns,
                                 std::vector<Problem>& problems);

/// As read_csv, from text; `file` is its name in messages.
std::optional<CsvTable> parse_csv(const std::string& text, const std::string& file,
                                  const std::vector<std::string>& columns, std::vector<Problem>& problems);

}  // namespace sleutel
