#include "sim/input/csv.h"

#include <algorithm>

#include "sim/base/files.h"
#include "sim/base/text.h"
#include "sim/input/csv_fields.h"
#include "sim/input/plain_text.h"

namespace sleutel {
namespace {

const CsvCell kNoCell;

std::vector<std::string> texts_of(const CsvTable::Row& row) {
  std::vector<std::string> texts;
  for (const CsvCell& cell : row) texts.push_back(cell.text);
  return texts;
}

Problem problem_at(const std::string& file, const CsvCell& cell, std::string where, std::string what,
                   std::string suggestion = "") {
  return {file, cell.line, cell.column, std::move(where), std::move(what), std::move(suggestion)};
}

/// Every column that is missing or stands twice. True if none does.
bool header_holds(const CsvTable::Row& header, const std::vector<std::string>& columns, const std::string& file,
                  std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  const std::vector<std::string> names = texts_of(header);
  if (header.size() == 1 && columns.size() > 1 && names[0].find(';') != std::string::npos) {
    problems.push_back(
        problem_at(file, header[0], "", "the columns are separated by semicolons", "separate them by commas"));
    return false;
  }
  for (const std::string& column : columns)
    if (std::find(names.begin(), names.end(), column) == names.end()) {
      const std::string nearest = closest(column, names);
      problems.push_back(problem_at(file, header[0], "", "the column " + in_quotes(column) + " is missing",
                                    nearest.empty() ? "" : in_quotes(nearest) + " looks like it"));
    }
  for (auto cell = header.begin(); cell != header.end(); ++cell) {
    const auto same = [&](const CsvCell& other) { return other.text == cell->text; };
    if (cell->text.empty())
      problems.push_back(problem_at(file, *cell, "", "a column without a name", "name it, or remove the comma"));
    else if (std::any_of(header.begin(), cell, same))
      problems.push_back(
          problem_at(file, *cell, "", "the column " + in_quotes(cell->text) + " stands twice", "keep one"));
  }
  return problems.size() == before;
}

/// The rows below the header with the right number of fields.
std::vector<CsvTable::Row> full_rows(std::vector<CsvTable::Row> rows, const std::string& file,
                                     std::vector<Problem>& problems) {
  const std::size_t width = rows.front().size();
  std::vector<CsvTable::Row> full;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() == width) {
      full.push_back(std::move(rows[i]));
      continue;
    }
    const std::string what = counted(rows[i].size(), "field") + " where the header has " + std::to_string(width);
    const bool more = rows[i].size() > width;
    problems.push_back(
        problem_at(file, rows[i].front(), "", what,
                   more ? "put a text that contains a comma between quotes" : "write a comma for an empty field"));
  }
  return full;
}

}  // namespace

CsvTable::CsvTable(std::string file, Row header, std::vector<Row> rows, std::vector<Problem>& problems)
    : file_(std::move(file)), header_(std::move(header)), rows_(std::move(rows)), problems_(&problems) {}

std::vector<std::string> CsvTable::columns() const { return texts_of(header_); }

std::optional<std::size_t> CsvTable::position(std::string_view column) const {
  for (std::size_t i = 0; i < header_.size(); ++i)
    if (header_[i].text == column) return i;
  return std::nullopt;
}

const CsvCell& CsvTable::cell(std::size_t row, std::string_view column) const {
  const auto at = position(column);
  return at ? rows_[row][*at] : kNoCell;
}

Node CsvTable::as_node(std::size_t row, std::string_view column) const {
  const CsvCell& from = cell(row, column);
  Node node;
  node.kind = from.text.empty() ? Node::Kind::null : Node::Kind::scalar;
  node.text = from.text;
  node.line = from.line;
  node.column = from.column;
  node.path = std::string(column);
  node.file = std::make_shared<const std::string>(file_);
  return node;
}

const std::string& CsvTable::text(std::size_t row, std::string_view column) const { return cell(row, column).text; }

const std::string& CsvTable::required_text(std::size_t row, std::string_view column) const {
  const CsvCell& found = cell(row, column);
  if (found.text.empty()) report(row, column, "expected a text, found nothing");
  return found.text;
}

double CsvTable::number(std::size_t row, std::string_view column, const Range& range) const {
  return Reader(*problems_).as_number(as_node(row, column), range).value_or(0);
}

std::int64_t CsvTable::whole(std::size_t row, std::string_view column, const Range& range) const {
  return Reader(*problems_).as_whole(as_node(row, column), range).value_or(0);
}

std::optional<double> CsvTable::maybe_number(std::size_t row, std::string_view column, const Range& range) const {
  if (text(row, column).empty()) return std::nullopt;
  return Reader(*problems_).as_number(as_node(row, column), range);
}

std::optional<std::int64_t> CsvTable::maybe_whole(std::size_t row, std::string_view column, const Range& range) const {
  if (text(row, column).empty()) return std::nullopt;
  return Reader(*problems_).as_whole(as_node(row, column), range);
}

void CsvTable::only_columns(const std::vector<std::string>& known) const {
  for (const CsvCell& name : header_)
    if (std::find(known.begin(), known.end(), name.text) == known.end())
      problems_->push_back(
          problem_at(file_, name, "", "unknown column " + in_quotes(name.text), did_you_mean(name.text, known)));
}

Problem CsvTable::problem(std::size_t row, std::string_view column, std::string what, std::string suggestion) const {
  const CsvCell& place = has(column) ? cell(row, column) : rows_[row].front();
  return problem_at(file_, place, std::string(column), std::move(what), std::move(suggestion));
}

void CsvTable::report_header(std::string_view column, std::string what, std::string suggestion) const {
  const CsvCell& place = header_[position(column).value_or(0)];
  problems_->push_back(problem_at(file_, place, std::string(column), std::move(what), std::move(suggestion)));
}

void CsvTable::report(std::size_t row, std::string_view column, std::string what, std::string suggestion) const {
  problems_->push_back(problem(row, column, std::move(what), std::move(suggestion)));
}

std::optional<CsvTable> parse_csv(const std::string& text, const std::string& file,
                                  const std::vector<std::string>& columns, std::vector<Problem>& problems) {
  const std::string_view plain = without_mark(text);
  if (const auto place = unreadable_place(plain, file)) {
    problems.push_back(*place);
    return std::nullopt;
  }
  auto rows = cut_fields(plain, file, problems);
  if (rows.empty()) {
    problems.push_back({file, 1, 1, "", "the file is empty", "the first line must name the columns"});
    return std::nullopt;
  }
  if (!header_holds(rows.front(), columns, file, problems)) return std::nullopt;
  CsvTable::Row header = rows.front();
  return CsvTable(file, std::move(header), full_rows(std::move(rows), file, problems), problems);
}

std::optional<CsvTable> read_csv(const std::string& file, const std::vector<std::string>& columns,
                                 std::vector<Problem>& problems) {
  const auto text = read_file(file, problems);
  return text ? parse_csv(*text, file, columns, problems) : std::nullopt;
}

}  // namespace sleutel
