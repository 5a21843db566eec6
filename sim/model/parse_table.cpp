#include "sim/base/text.h"
#include "sim/model/parse.h"
#include "sim/model/table_file.h"

namespace sleutel {
namespace {

/// Inline values: one depth of maps for each column of `by`.
void read_values(Reading& reading, const Node& node, source::Table& table, std::vector<std::string>& keys,
                 const Range& range) {
  if (keys.size() == table.by.size()) {
    if (const auto value = number(reading, node, range)) table.rows.push_back({keys, *value, place_of(node)});
    return;
  }
  const std::string& column = table.by[keys.size()].text;
  if (!expect_map(reading, node, ("a value for each " + column).c_str())) return;
  for (const Node& item : node.items) {
    keys.push_back(item.key);
    read_values(reading, item, table, keys, range);
    keys.pop_back();
  }
}

void read_inline(Reading& reading, const Node& node, source::Table& table, const Range& range) {
  if (table.by.empty()) reading.add(node.problem("the key \"by\" is missing", "name what the values are split by"));
  std::vector<std::string> keys;
  if (!table.by.empty()) read_values(reading, *node.find("values"), table, keys, range);
}

void read_file_of(Reading& reading, const Node& node, source::Table& table, const std::string& column,
                  const Range& range) {
  if (table.by.empty()) reading.add(node.problem("the key \"by\" is missing", "name the columns of the table"));
  const std::string name = required_word(reading, node, "table");
  if (name.empty() || table.by.empty()) return;
  const std::string file = reading.tables_folder + "/" + name + ".csv";
  table.rows = read_table_file(file, table.by, column, range, *node.find("table"), reading.problems);
}

}  // namespace

source::Table parse_table(Reading& reading, const Node& node, const std::string& column, const Range& range) {
  source::Table table;
  table.place = place_of(node);
  if (node.is_scalar()) {
    reading.add(node.problem("no number without evidence: found " + node.found() + " alone",
                             "write {value: " + node.text + ", evidence: ...}"));
    return table;
  }
  if (!expect_map(reading, node, "value, values or table, and evidence")) return table;
  allow_keys(reading, node, {"value", "by", "values", "table", "years", "evidence", "note"});
  table.evidence = cited(reading, node);
  table.by = words(reading, node, "by");
  const int forms =
      (node.find("value") != nullptr) + (node.find("values") != nullptr) + (node.find("table") != nullptr);
  if (forms != 1) {
    reading.add(node.problem("expected one of value, values and table, found " + std::to_string(forms)));
    return table;
  }
  if (node.find("value") != nullptr) {
    const double value = required_number(reading, node, "value", range);
    const std::string unit = column == "per_year" ? "1/year" : column;
    table.rows.push_back({{}, reading.parameter(node.path, value, unit, node, table.evidence, range), table.place});
    if (!table.by.empty())
      reading.add(node.problem("one value is not split by anything", "take by away, or give values"));
  }
  if (node.find("values") != nullptr) read_inline(reading, node, table, range);
  if (node.find("table") != nullptr) read_file_of(reading, node, table, column, range);
  return table;
}

}  // namespace sleutel
