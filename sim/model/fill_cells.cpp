#include "sim/model/fill_cells.h"

#include <algorithm>

#include "sim/base/math.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/compile_matrix.h"

namespace sleutel {
namespace {

constexpr int kAgeSex = (kMaxAge + 1) * 2;
constexpr int kAdult = 18;

/// Whether the trait holds at this age and sex; only for traits that these decide.
bool holds(int trait, int age, int sex) {
  const auto which = static_cast<Trait>(trait);
  if (which == Trait::male) return sex == 0;
  if (which == Trait::female) return sex == 1;
  if (which == Trait::adult_18_plus) return age >= kAdult;
  const int stage = trait - static_cast<int>(Trait::stage_first_years);
  return static_cast<int>(life_stage(age)) == stage;
}

/// Ages and sexes at which a transition may happen, by [age * 2 + sex].
using Open = std::array<bool, kAgeSex>;

Open open_of(const source::State& state, Change change, Level level) {
  Open open{};
  const source::Transition& transition = change == Change::begin ? state.onset : state.end;
  for (int i = 0; i < kAgeSex; ++i) {
    const int age = i / 2;
    bool is_open = transition.given;
    if (change == Change::begin) {
      const source::AppliesTo& applies = state.applies_to;
      is_open = is_open && age >= applies.age_from && age < applies.age_until;
      is_open = is_open && ((applies.stages >> static_cast<int>(life_stage(age))) & 1) != 0;
    }
    for (const source::Word& word : transition.needs) {
      if (decided_by_cell(word.text, level)) is_open = is_open && holds(trait_of(word.text), age, i % 2);
    }
    open[static_cast<std::size_t>(i)] = is_open;
  }
  return open;
}

/// The first age at which the cells of a state's onset are open; of an onset that is not there, the first age of the
/// table of its end.
int first_age(const source::State& state, Level level, const CellShape& shape, const std::vector<double>& end_cells) {
  if (!state.onset.given) {
    const auto first = std::find_if(end_cells.begin(), end_cells.end(), [](double rate) { return rate != kMissing; });
    return static_cast<int>(first - end_cells.begin()) / (2 * shape.per_age_sex);
  }
  const Open open = open_of(state, Change::begin, level);
  return static_cast<int>(std::find(open.begin(), open.end(), true) - open.begin()) / 2;
}

/// One lane's cells.
struct LaneCells {
  Reading& reading;
  const CellShape& shape;
  Matrix& matrix;
  LanePlace lane;
};

void put(const LaneCells& to, Change change, int cell, double rate) {
  const auto at = static_cast<std::size_t>(cell) * static_cast<std::size_t>(to.matrix.vectors) +
                  static_cast<std::size_t>(to.lane.vector);
  const auto lane = static_cast<std::size_t>(to.lane.lane);
  if (rate > 0) {
    auto& base = change == Change::begin ? to.matrix.base_begin : to.matrix.base_end;
    base[at].at[lane] = fixed_log(math::log2(rate));
    return;
  }
  auto& closed = change == Change::begin ? to.matrix.closed_begin : to.matrix.closed_end;
  closed[at] = static_cast<std::uint16_t>(closed[at] | (1U << lane));
}

/// Reports the first open cell, from that age on, for which the table has no rate.
void check_complete(const LaneCells& to, const source::Table& table, const Open& open, const std::vector<double>& rates,
                    int from_age) {
  for (int cell = 0; cell < to.matrix.cells; ++cell) {
    const int age_sex = cell / to.shape.per_age_sex;
    const bool needed = open[static_cast<std::size_t>(age_sex)] && age_sex / 2 >= from_age;
    if (!needed || rates[static_cast<std::size_t>(cell)] != kMissing) continue;
    to.reading.add(table.place, "there is no rate for " + cell_text(to.shape, cell),
                   "complete the table, or say in applies_to for whom it is");
    return;
  }
}

void fill(const LaneCells& to, const source::State& state, Change change) {
  const source::Transition& transition = change == Change::begin ? state.onset : state.end;
  const Open open = open_of(state, change, to.matrix.level);
  std::vector<double> rates;
  if (transition.given) rates = expanded(to.reading, to.shape, transition.rate.table);
  const source::Table& table = transition.rate.table;
  const bool has_rows = transition.given && !table.rows.empty() && knows_columns(to.shape, table);
  const int from = change == Change::end && has_rows ? first_age(state, to.matrix.level, to.shape, rates) : 0;
  if (has_rows) check_complete(to, table, open, rates, from);
  for (int cell = 0; cell < to.matrix.cells; ++cell) {
    const bool may_happen = has_rows && open[static_cast<std::size_t>(cell / to.shape.per_age_sex)];
    const double rate = may_happen ? rates[static_cast<std::size_t>(cell)] : 0;
    put(to, change, cell, rate > 0 ? rate * transition.rate.factor : 0);
  }
  const bool all_closed = has_rows && std::none_of(rates.begin(), rates.end(), [](double rate) { return rate > 0; });
  if (all_closed) to.reading.add(table.place, "the rate is 0 everywhere: this can never happen", "take it away");
}

std::vector<const source::Table*> tables_of(const Names& names, Level level) {
  std::vector<const source::Table*> tables;
  for (std::size_t i = 0; i < names.states.size(); ++i) {
    if (names.states[i].level != level) continue;
    const source::State& state = names.written[i];
    if (state.onset.given) tables.push_back(&state.onset.rate.table);
    if (state.end.given) tables.push_back(&state.end.rate.table);
  }
  return tables;
}

}  // namespace

bool decided_by_cell(const std::string& trait, Level level) {
  const int which = trait_of(trait);
  if (which == static_cast<int>(Trait::adult_18_plus)) return true;
  if (level != Level::resident || which < 0) return false;
  const bool is_sex = which == static_cast<int>(Trait::male) || which == static_cast<int>(Trait::female);
  return is_sex ||
         (which >= static_cast<int>(Trait::stage_first_years) && which <= static_cast<int>(Trait::stage_oldest));
}

void fill_cells(Reading& reading, const Names& names, Matrix& matrix) {
  const CellShape shape = cell_shape(reading, names, tables_of(names, matrix.level));
  for (const CellAxis& axis : shape.axes) matrix.attributes.push_back(axis.attribute);
  matrix.cells = shape.cells();
  const auto size = static_cast<std::size_t>(matrix.cells) * static_cast<std::size_t>(matrix.vectors);
  for (auto* lanes : {&matrix.base_begin, &matrix.base_end, &matrix.shift_begin, &matrix.shift_end})
    lanes->assign(size, {});
  matrix.closed_begin.assign(size, 0);
  matrix.closed_end.assign(size, 0);
  for (int v = 0; v < matrix.vectors; ++v) {
    for (int lane = 0; lane < kLanes; ++lane) {
      const int state = matrix.state_of[static_cast<std::size_t>(v)][static_cast<std::size_t>(lane)];
      const LaneCells to{reading, shape, matrix, {v, lane}};
      const source::State none;
      const source::State& written = state < 0 ? none : names.written[static_cast<std::size_t>(state)];
      fill(to, written, Change::begin);
      fill(to, written, Change::end);
    }
  }
}

}  // namespace sleutel
