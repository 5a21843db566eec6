#include "sim/model/cells.h"

#include <algorithm>
#include <set>

#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr int kOpenEnd = 1000;
constexpr int kMaxCells = 65536;

struct KnownAxis {
  const char* name;
  Attribute attribute;
  std::vector<std::string> values;
};

const std::vector<KnownAxis> kKnownAxes = {
    {"education", Attribute::education, {"low", "middle", "high"}},
    {"income_group", Attribute::income_group, {"1", "2", "3", "4", "5", "student_or_institution"}},
    {"tenure", Attribute::tenure, {"owner", "social_rent", "private_rent", "institution"}},
    {"student", Attribute::student, {"no", "yes"}},
    {"household_kind",
     Attribute::household_kind,
     {"single", "couple", "couple_with_children", "lone_parent", "other", "institution"}},
    {"children", Attribute::children, {"0", "1", "2", "3+"}},
};
const std::vector<std::string> kSexes = {"male", "female"};

bool is_months(const std::string& column) { return column.rfind("months.", 0) == 0; }

int class_state(const Names& names, const std::string& attribute) {
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    if (names.states[i].class_attribute == attribute) return static_cast<int>(i);
  }
  return -1;
}

/// The axis of a class attribute or of months in a state; categories 0 and a problem if the column is unknown.
CellAxis own_axis(Reading& reading, const Names& names, const source::Word& column,
                  const std::vector<const source::Table*>& tables) {
  CellAxis axis;
  axis.name = column.text;
  axis.attribute.categories = 0;
  const int of_class = class_state(names, column.text);
  if (of_class >= 0) {
    const State& state = names.states[static_cast<std::size_t>(of_class)];
    axis.attribute = {Attribute::class_bit, of_class, 2, {}};
    axis.values = {state.class_names[0], state.class_names[1]};
  } else if (is_months(column.text)) {
    const int state = names.bit_of(reading, {column.text.substr(7), column.place});
    if (state < 0) return axis;
    const std::vector<int> bands = months_bands(tables, column.text);
    axis.attribute = {Attribute::months_band, state, static_cast<int>(bands.size()), bands};
  } else {
    std::vector<std::string> known = {"age", "sex"};
    for (const KnownAxis& entry : kKnownAxes) known.emplace_back(entry.name);
    for (const State& state : names.states) {
      if (!state.class_attribute.empty()) known.push_back(state.class_attribute);
    }
    const std::string near = did_you_mean(column.text, known);
    reading.add(column.place, "unknown column " + in_quotes(column.text) + " in by",
                near.empty() ? "a table is split by " + listed(known) + ", or by months.<state>" : near);
  }
  return axis;
}

/// Positions along one dimension that a key of a table means; nothing if the key is unknown.
std::vector<int> positions(const CellShape& shape, const std::string& column, const std::string& key);

std::vector<int> range_of(int from, int until) {
  std::vector<int> all;
  for (int i = from; i < until; ++i) all.push_back(i);
  return all;
}

std::vector<int> word_position(const std::vector<std::string>& values, const std::string& key) {
  const auto found = std::find(values.begin(), values.end(), key);
  return found == values.end() ? std::vector<int>{} : std::vector<int>{static_cast<int>(found - values.begin())};
}

std::vector<int> band_positions(const CellAxis& axis, const std::string& key) {
  const auto [from, until] = band_of(key);
  std::vector<int> all;
  for (int band = 0; band < axis.attribute.categories; ++band) {
    const int first = axis.attribute.band_from[static_cast<std::size_t>(band)];
    if (first >= from && first < until) all.push_back(band);
  }
  return all;
}

std::vector<int> positions(const CellShape& shape, const std::string& column, const std::string& key) {
  if (column == "age") {
    const auto [from, until] = band_of(key == "all" ? "0+" : key);
    return from < 0 ? std::vector<int>{} : range_of(std::min(from, kMaxAge + 1), std::min(until, kMaxAge + 1));
  }
  if (column == "sex") return key == "all" ? range_of(0, 2) : word_position(kSexes, key);
  for (const CellAxis& axis : shape.axes) {
    if (axis.name != column) continue;
    if (key == "all") return range_of(0, axis.attribute.categories);
    return axis.attribute.attribute == Attribute::months_band ? band_positions(axis, key)
                                                              : word_position(axis.values, key);
  }
  return {};
}

/// The positions along every dimension (age, sex, axes) that a row of a table covers.
std::vector<std::vector<int>> covered(Reading& reading, const CellShape& shape, const source::Table& table,
                                      const source::Table::Row& row) {
  std::vector<std::vector<int>> dimensions = {range_of(0, kMaxAge + 1), range_of(0, 2)};
  for (const CellAxis& axis : shape.axes) dimensions.push_back(range_of(0, axis.attribute.categories));
  for (std::size_t i = 0; i < table.by.size() && i < row.keys.size(); ++i) {
    const std::string& column = table.by[i].text;
    std::size_t dimension = column == "age" ? 0 : column == "sex" ? 1 : dimensions.size();
    for (std::size_t a = 0; a < shape.axes.size(); ++a) {
      if (shape.axes[a].name == column) dimension = a + 2;
    }
    if (dimension == dimensions.size()) continue;  // an unknown column, reported before
    dimensions[dimension] = positions(shape, column, row.keys[i]);
    if (dimensions[dimension].empty()) {
      reading.add(row.place, "unknown value " + in_quotes(row.keys[i]) + " of " + column,
                  column == "age" ? "ages are written 18, 18-24 or 80+" : "");
    }
  }
  return dimensions;
}

/// Visits every cell of a product of positions.
template <class Visit>
void visit_cells(const CellShape& shape, const std::vector<std::vector<int>>& dimensions, Visit&& visit) {
  std::vector<int> cells = {0};
  for (std::size_t dimension = 0; dimension < dimensions.size(); ++dimension) {
    const int width = dimension == 0   ? kMaxAge + 1
                      : dimension == 1 ? 2
                                       : shape.axes[dimension - 2].attribute.categories;
    std::vector<int> next;
    next.reserve(cells.size() * dimensions[dimension].size());
    for (const int cell : cells) {
      for (const int position : dimensions[dimension]) next.push_back(cell * width + position);
    }
    cells = std::move(next);
  }
  for (const int cell : cells) visit(cell);
}

/// The first months of the bands in this column of the table, and of what comes after them.
void add_starts(const source::Table& table, std::size_t column, std::set<int>& starts) {
  for (const auto& row : table.rows) {
    const auto [from, until] = column < row.keys.size() ? band_of(row.keys[column]) : std::pair{-1, -1};
    if (from >= 0) starts.insert(from);
    if (from >= 0 && until < kOpenEnd) starts.insert(until);
  }
}

}  // namespace

std::pair<int, int> band_of(const std::string& text) {
  const auto dash = text.find('-');
  if (!text.empty() && text.back() == '+') {
    const auto from = parse_whole(text.substr(0, text.size() - 1));
    return from && *from >= 0 ? std::pair{static_cast<int>(*from), kOpenEnd} : std::pair{-1, -1};
  }
  const auto from = parse_whole(text.substr(0, dash));
  const auto last = dash == std::string::npos ? from : parse_whole(text.substr(dash + 1));
  if (!from || !last || *from < 0 || *last < *from || *last >= kOpenEnd) return {-1, -1};
  return {static_cast<int>(*from), static_cast<int>(*last) + 1};
}

std::vector<int> months_bands(const std::vector<const source::Table*>& tables, const std::string& column) {
  std::set<int> starts = {0};
  for (const source::Table* table : tables) {
    for (std::size_t i = 0; i < table->by.size(); ++i) {
      if (table->by[i].text == column) add_starts(*table, i, starts);
    }
  }
  return {starts.begin(), starts.end()};
}

CellShape cell_shape(Reading& reading, const Names& names, const std::vector<const source::Table*>& tables) {
  std::map<std::string, source::Word> columns;
  for (const source::Table* table : tables) {
    for (const source::Word& column : table->by) columns.emplace(column.text, column);
  }
  columns.erase("age");
  columns.erase("sex");
  CellShape shape;
  for (const KnownAxis& known : kKnownAxes) {
    if (columns.erase(known.name) == 0) continue;
    const TableAttribute attribute{known.attribute, -1, static_cast<int>(known.values.size()), {}};
    shape.axes.push_back({attribute, known.name, known.values});
  }
  std::vector<CellAxis> own;
  for (const auto& [name, column] : columns) {
    CellAxis axis = own_axis(reading, names, column, tables);
    if (axis.attribute.categories > 0) own.push_back(std::move(axis));
  }
  std::sort(own.begin(), own.end(), [](const CellAxis& one, const CellAxis& other) {
    return std::tie(one.attribute.attribute, one.attribute.state) <
           std::tie(other.attribute.attribute, other.attribute.state);
  });
  shape.axes.insert(shape.axes.end(), own.begin(), own.end());
  for (const CellAxis& axis : shape.axes) shape.per_age_sex *= axis.attribute.categories;
  if (shape.cells() > kMaxCells) {
    std::vector<std::string> axes;
    for (const CellAxis& axis : shape.axes)
      axes.push_back(axis.name + " (" + std::to_string(axis.attribute.categories) + ")");
    reading.add(tables.front()->place,
                "the tables of one level have " + std::to_string(shape.cells()) + " cells (at most 65536)",
                "they are split by age, sex, " + listed(axes, "and") + ": turn one of these into edges");
    for (CellAxis& axis : shape.axes) axis.attribute.categories = 1;
    shape.axes.clear();
    shape.per_age_sex = 1;
  }
  return shape;
}

bool knows_columns(const CellShape& shape, const source::Table& table) {
  return std::all_of(table.by.begin(), table.by.end(), [&](const source::Word& column) {
    const auto is_it = [&](const CellAxis& axis) { return axis.name == column.text; };
    return column.text == "age" || column.text == "sex" || std::any_of(shape.axes.begin(), shape.axes.end(), is_it);
  });
}

std::vector<double> expanded(Reading& reading, const CellShape& shape, const source::Table& table, double missing) {
  std::vector<double> cells(static_cast<std::size_t>(shape.cells()), missing);
  if (!knows_columns(shape, table)) return cells;  // reported before
  for (const auto& row : table.rows) {
    bool twice = false;
    visit_cells(shape, covered(reading, shape, table, row), [&](int cell) {
      double& value = cells[static_cast<std::size_t>(cell)];
      twice = twice || value != missing;
      value = row.value;
    });
    std::string keys;
    for (const std::string& key : row.keys) keys += (keys.empty() ? "" : ", ") + key;
    if (twice) reading.add(row.place, "the row " + in_quotes(keys) + " gives a cell that another row gives too");
  }
  return cells;
}

std::string cell_text(const CellShape& shape, int cell) {
  std::string text;
  for (std::size_t a = shape.axes.size(); a-- > 0;) {
    const CellAxis& axis = shape.axes[a];
    const int position = cell % axis.attribute.categories;
    cell /= axis.attribute.categories;
    const std::string value = axis.values.empty()
                                  ? std::to_string(axis.attribute.band_from[static_cast<std::size_t>(position)]) + "+"
                                  : axis.values[static_cast<std::size_t>(position)];
    text = ", " + axis.name + " " + value + text;
  }
  return "age " + std::to_string(cell / 2) + ", " + kSexes[static_cast<std::size_t>(cell % 2)] + text;
}

}  // namespace sleutel
