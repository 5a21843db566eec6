#include "sim/model/table_file.h"

#include "sim/base/files.h"
#include "sim/base/text.h"
#include "sim/input/csv.h"

namespace sleutel {
namespace {

std::string folder_of(const std::string& file) { return file.substr(0, file.rfind('/')); }

std::string name_of(const std::string& file) {
  const std::string last = file.substr(file.rfind('/') + 1);
  return last.substr(0, last.size() - 4);
}

/// Whether the table is there; if not, says which tables are.
bool table_exists(const std::string& file, const Node& named_at, std::vector<Problem>& problems) {
  std::vector<std::string> names;
  for (const std::string& found : files_in(folder_of(file), ".csv")) names.push_back(name_of(found));
  for (const std::string& name : names) {
    if (name == name_of(file)) return true;
  }
  problems.push_back(named_at.problem("there is no table " + file, did_you_mean(name_of(file), names)));
  return false;
}

source::Table::Row row_at(const CsvTable& table, std::size_t row, const std::vector<source::Word>& by,
                          const std::string& value_column, const Range& range) {
  source::Table::Row read;
  for (const source::Word& column : by) read.keys.push_back(table.required_text(row, column.text));
  read.value = table.number(row, value_column, range);
  read.place = {table.file(), table.line(row), 0, value_column};
  return read;
}

}  // namespace

std::vector<source::Table::Row> read_table_file(const std::string& file, const std::vector<source::Word>& by,
                                                const std::string& value_column, const Range& range,
                                                const Node& named_at, std::vector<Problem>& problems) {
  std::vector<source::Table::Row> rows;
  if (!table_exists(file, named_at, problems)) return rows;
  std::vector<std::string> columns;
  for (const source::Word& column : by) columns.push_back(column.text);
  columns.push_back(value_column);
  const auto table = read_csv(file, columns, problems);
  if (!table) return rows;
  columns.push_back("note");
  table->only_columns(columns);
  for (std::size_t row = 0; row < table->rows(); ++row) rows.push_back(row_at(*table, row, by, value_column, range));
  return rows;
}

}  // namespace sleutel
