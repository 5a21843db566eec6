#include <string>
#include <vector>

#include "sim/cli/export.h"

namespace sleutel {
namespace {

using nlohmann::json;

constexpr std::array<const char*, kLevelsOfUnits> kLevelNames = {"resident", "household", "couple"};
constexpr std::array<const char*, 7> kDerivedNames = {"trait",       "pair",       "at_least", "duration",
                                                      "partner_has", "parent_has", "both_have"};
constexpr std::array<const char*, 8> kSourceNames = {"stress_fast",   "stress_slow",       "mastery",
                                                     "support",       "friends_have",      "place_has",
                                                     "household_has", "months_since_start"};
constexpr std::array<const char*, 8> kAttributeNames = {"education",      "income_group", "tenure",   "student",
                                                        "household_kind", "class_bit",    "children", "months_band"};

json state_export(const State& state) {
  return {{"name", state.name},
          {"level", kLevelNames[static_cast<std::size_t>(state.level)]},
          {"draw", state.draw},
          {"group", state.group},
          {"is_rest", state.is_rest},
          {"is_event", state.is_event},
          {"is_history", state.is_history},
          {"months_slot", state.months_slot},
          {"class_bit", state.class_bit},
          {"class_share", state.class_share},
          {"class_names", state.class_names},
          {"stress_fast", state.stress_fast},
          {"stress_slow", state.stress_slow},
          {"stress_holds", state.stress_holds},
          {"marks_on_begin", state.marks_on_begin},
          {"marks_on_end", state.marks_on_end}};
}

json mask_export(const StateMask& mask) {
  json on = json::array();
  for (int state = 0; state < kMaxStates; ++state)
    if (mask.test(state)) on.push_back(state);
  return on;
}

json derived_export(const Derived& derived) {
  json on = json::array();
  for (int bit = 0; bit < kMaxDerived; ++bit)
    if (((derived.derived_mask >> bit) & 1U) != 0) on.push_back(bit);
  const bool is_trait = derived.kind == DerivedKind::trait;
  return {{"name", derived.name},
          {"kind", kDerivedNames[static_cast<std::size_t>(derived.kind)]},
          {"trait", is_trait ? kTraitNames[static_cast<std::size_t>(derived.which)] : ""},
          {"state", is_trait ? -1 : derived.which},
          {"states", mask_export(derived.mask)},
          {"derived", on},
          {"count", derived.count},
          {"from_month", derived.from_month},
          {"until_month", derived.until_month}};
}

json level_export(const LevelPredictor& predictor, int first_row) {
  return {{"name", predictor.name},
          {"source", kSourceNames[static_cast<std::size_t>(predictor.source)]},
          {"states", mask_export(predictor.mask)},
          {"unit", predictor.unit},
          {"step", predictor.step},
          {"levels", predictor.levels},
          {"first_row", first_row}};
}

json attribute_export(const TableAttribute& attribute) {
  return {{"attribute", kAttributeNames[static_cast<std::size_t>(attribute.attribute)]},
          {"state", attribute.state},
          {"categories", attribute.categories},
          {"band_from", attribute.band_from}};
}

/// One lane of the tables of one change.
struct Lane {
  const Matrix& matrix;
  int vector, lane;

  std::size_t place(int row) const { return static_cast<std::size_t>(row * matrix.vectors + vector); }
  int of(const std::vector<Lanes>& table, int row) const {
    return table[place(row)].at[static_cast<std::size_t>(lane)];
  }
  int of(const std::vector<std::uint16_t>& table, int row) const { return (table[place(row)] >> lane) & 1; }
};

template <class Table>
json runs_of_cells(const Lane& lane, const Table& table) {
  std::vector<int> runs;
  for (int cell = 0; cell < lane.matrix.cells; ++cell) {
    const int value = lane.of(table, cell);
    if (runs.empty() || runs[runs.size() - 2] != value) runs.insert(runs.end(), {value, 0});
    ++runs.back();
  }
  return runs;
}

json rows_that_are_on(const Lane& lane, const std::vector<std::uint16_t>& table) {
  json rows = json::array();
  for (int row = 0; row < lane.matrix.rows; ++row)
    if (lane.of(table, row) != 0) rows.push_back(row);
  return rows;
}

json transition_export(const Lane& lane, int state, Change change) {
  const Matrix& matrix = lane.matrix;
  const bool begins = change == Change::begin;
  json edges = json::array();
  for (int row = 0; row < matrix.rows; ++row) {
    const int value = lane.of(begins ? matrix.edge_begin : matrix.edge_end, row);
    if (value != 0) edges.push_back({row, value});
  }
  return {{"state", state},
          {"change", begins ? "begin" : "end"},
          {"base", runs_of_cells(lane, begins ? matrix.base_begin : matrix.base_end)},
          {"shift", runs_of_cells(lane, begins ? matrix.shift_begin : matrix.shift_end)},
          {"closed", runs_of_cells(lane, begins ? matrix.closed_begin : matrix.closed_end)},
          {"edges", edges},
          {"forbid", rows_that_are_on(lane, begins ? matrix.forbid_begin : matrix.forbid_end)},
          {"require", rows_that_are_on(lane, begins ? matrix.require_begin : matrix.require_end)}};
}

json matrix_export(const Matrix& matrix) {
  json all = {{"cells", matrix.cells}, {"rows", matrix.rows}};
  all["attributes"] = all["derived"] = all["levels"] = all["transitions"] = json::array();
  for (const TableAttribute& attribute : matrix.attributes) all["attributes"].push_back(attribute_export(attribute));
  for (const Derived& derived : matrix.derived) all["derived"].push_back(derived_export(derived));
  for (std::size_t i = 0; i < matrix.level_predictors.size(); ++i)
    all["levels"].push_back(level_export(matrix.level_predictors[i], matrix.level_first_row[i]));
  for (int vector = 0; vector < matrix.vectors; ++vector)
    for (int lane = 0; lane < kLanes; ++lane) {
      const auto at = static_cast<std::size_t>(vector);
      if (((matrix.live[at] >> lane) & 1) == 0) continue;
      const int state = matrix.state_of[at][static_cast<std::size_t>(lane)];
      for (const Change change : {Change::begin, Change::end})
        all["transitions"].push_back(transition_export({matrix, vector, lane}, state, change));
    }
  return all;
}

}  // namespace

json model_export(const Model& model) {
  json all = {{"id", model.id}, {"log_unit", kLogUnit}, {"clip", kClip}, {"derived_row_first", kMaxStates}};
  all["states"] = all["groups"] = json::array();
  for (const State& state : model.states) all["states"].push_back(state_export(state));
  for (const Group& group : model.groups)
    all["groups"].push_back({{"name", group.name},
                             {"level", kLevelNames[static_cast<std::size_t>(group.level)]},
                             {"rest", group.rest},
                             {"members", group.members}});
  for (std::size_t level = 0; level < kLevelNames.size(); ++level)
    all["matrix"][kLevelNames[level]] = matrix_export(model.matrix[level]);
  const Stress& stress = model.stress;
  all["stress"] = {{"keep_fast", stress.keep_fast},
                   {"keep_slow", stress.keep_slow},
                   {"adversity_amplifier", stress.adversity_amplifier},
                   {"mastery_buffer", stress.mastery_buffer},
                   {"support_buffer", stress.support_buffer}};
  all["death"] = model.roles.death;
  return all;
}

}  // namespace sleutel
