#include <algorithm>
#include <map>
#include <tuple>

#include "sim/engine/centring.h"
#include "sleutel/calendar.h"

// The cells of a transition's own base table, found from the expanded one: neighbouring ages with the same value belong
// together, sexes and attribute values do if they never differ. A table without age and sex gets life stage x sex.

namespace sleutel {
namespace {

struct LaneView {
  const Matrix& matrix;
  int lane;
  Change change;

  std::size_t at(int cell) const {
    return static_cast<std::size_t>(cell) * static_cast<std::size_t>(matrix.vectors) +
           static_cast<std::size_t>(lane / kLanes);
  }
  bool open(int cell) const {
    const auto& closed = change == Change::begin ? matrix.closed_begin : matrix.closed_end;
    return ((closed[at(cell)] >> (lane % kLanes)) & 1U) == 0;
  }
  std::int32_t base(int cell) const {
    const auto& rows = change == Change::begin ? matrix.base_begin : matrix.base_end;
    return rows[at(cell)].at[static_cast<std::size_t>(lane % kLanes)];
  }
};

/// Values of one attribute combination over age and sex; closed cells count as one value.
std::vector<std::int64_t> signature(const LaneView& view, int attributes, int attribute) {
  std::vector<std::int64_t> values;
  for (int age_sex = 0; age_sex < 2 * (kMaxAge + 1); ++age_sex) {
    const int cell = age_sex * attributes + attribute;
    values.push_back(view.open(cell) ? view.base(cell) : INT64_MAX);
  }
  return values;
}

bool differs_by_sex(const std::vector<std::int64_t>& values) {
  for (std::size_t i = 0; i + 1 < values.size(); i += 2)
    if (values[i] != values[i + 1] && values[i] != INT64_MAX && values[i + 1] != INT64_MAX) return true;
  return false;
}

bool differs_by_age(const std::vector<std::int64_t>& values) {
  std::int64_t seen[2] = {INT64_MAX, INT64_MAX};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == INT64_MAX) continue;
    if (seen[i % 2] != INT64_MAX && seen[i % 2] != values[i]) return true;
    seen[i % 2] = values[i];
  }
  return false;
}

/// Ages of one kind and sex, in order; merged until each holds enough.
class Bands {
 public:
  void add(int cell, std::int64_t key, std::int64_t at_risk) {
    if (bands_.empty() || key != last_key_) bands_.push_back({});
    last_key_ = key;
    bands_.back().cells.push_back(cell);
    bands_.back().at_risk += at_risk;
  }
  void number(std::vector<int>& group, int& next) {
    std::int64_t held = 0;
    std::int64_t left = 0;
    for (const Band& band : bands_) left += band.at_risk;
    for (const Band& band : bands_) {
      for (const int cell : band.cells) group[static_cast<std::size_t>(cell)] = next;
      held += band.at_risk;
      left -= band.at_risk;
      if (held >= kSmallestCentringCell && left >= kSmallestCentringCell) {
        ++next;
        held = 0;
      }
    }
    ++next;
  }

 private:
  struct Band {
    std::vector<int> cells;
    std::int64_t at_risk = 0;
  };
  std::vector<Band> bands_;
  std::int64_t last_key_ = 0;
};

/// Combinations of attributes that have the same values at all ages.
struct SameTable {
  const std::vector<std::int64_t>& values;  ///< [age * 2 + sex]; INT64_MAX: closed
  const std::vector<int>& members;          ///< combinations of attributes
  int attributes = 0;
  const std::vector<std::int64_t>& at_risk;  ///< [cell]

  /// The ages of one sex, or of both (-1), by value or by life stage.
  Bands bands(int only_sex, bool by_stage) const {
    Bands bands;
    for (int age_sex = 0; age_sex < 2 * (kMaxAge + 1); ++age_sex) {
      const std::int64_t value = values[static_cast<std::size_t>(age_sex)];
      if (value == INT64_MAX || (only_sex >= 0 && age_sex % 2 != only_sex)) continue;
      add(bands, age_sex, by_stage ? static_cast<std::int64_t>(life_stage(age_sex / 2)) : value);
    }
    return bands;
  }

 private:
  void add(Bands& bands, int age_sex, std::int64_t key) const {
    for (const int a : members) {
      const int cell = age_sex * attributes + a;
      bands.add(cell, key, at_risk[static_cast<std::size_t>(cell)]);
    }
  }
};

}  // namespace

std::vector<int> centring_groups(const Matrix& matrix, int lane, Change change,
                                 const std::vector<std::int64_t>& at_risk) {
  const LaneView view{matrix, lane, change};
  const int attributes = matrix.cells / (2 * (kMaxAge + 1));
  std::map<std::vector<std::int64_t>, std::vector<int>> same_table;
  for (int a = 0; a < attributes; ++a) same_table[signature(view, attributes, a)].push_back(a);
  std::vector<int> group(static_cast<std::size_t>(matrix.cells), -1);
  int next = 0;
  for (const auto& [values, members] : same_table) {
    const SameTable table{values, members, attributes, at_risk};
    const bool by_sex = differs_by_sex(values);
    const bool neither = !by_sex && !differs_by_age(values);
    for (int sex = 0; sex < (by_sex || neither ? 2 : 1); ++sex)
      table.bands(by_sex || neither ? sex : -1, neither).number(group, next);
  }
  return group;
}

}  // namespace sleutel
