#include "tests/kernel/random_model.h"

#include <algorithm>

#include "sim/base/math.h"

namespace sleutel::test {

namespace {

Matrix& matrix_of(Model& model) { return model.matrix[static_cast<std::size_t>(Level::resident)]; }

std::string numbered(const char* letter, int number) {
  std::string name = letter;
  name += std::to_string(number);
  return name;
}

void fill(Dice& dice, std::vector<Lanes>& table, double share, std::int32_t most) {
  for (Lanes& row : table) {
    if (!dice.chance(share)) continue;
    for (auto& number : row.at) number = dice.chance(0.5) ? dice.between(most) : 0;
  }
}

void fill(Dice& dice, std::vector<std::uint16_t>& masks, double share) {
  for (auto& mask : masks) {
    if (dice.chance(share)) mask = static_cast<std::uint16_t>(dice.word() & dice.word() & dice.word());
  }
}

void clear_row(Matrix& m, std::size_t row) {
  const auto vectors = static_cast<std::size_t>(m.vectors);
  for (std::size_t index = row * vectors; index < (row + 1) * vectors; ++index) {
    m.edge_begin[index] = m.edge_end[index] = Lanes{};
    m.forbid_begin[index] = m.forbid_end[index] = m.require_begin[index] = m.require_end[index] = 0;
  }
}

/// States with growing draw numbers; some follow a rest member and are its group.
void make_states(Dice& dice, Model& model, const Shape& shape) {
  int draw = 0;
  int lanes = 0;
  while (lanes < shape.lanes) {
    const int members = shape.groups && dice.chance(0.2) ? std::min(1 + dice.below(4), shape.lanes - lanes) : 0;
    const int group = members > 0 ? static_cast<int>(model.groups.size()) : -1;
    if (members > 0) {
      model.groups.push_back({numbered("g", group), Level::resident, static_cast<int>(model.states.size()), {}});
    }
    for (int i = 0; i < std::max(1, members + (members > 0 ? 1 : 0)); ++i) {
      if (shape.gaps) draw += dice.below(5);
      State state;
      state.name = numbered("s", static_cast<int>(model.states.size()));
      state.draw = draw++;
      state.group = group;
      state.is_rest = members > 0 && i == 0;
      if (members > 0 && i > 0) model.groups.back().members.push_back(static_cast<int>(model.states.size()));
      lanes += state.is_rest ? 0 : 1;
      model.states.push_back(state);
    }
  }
}

void add_predictors(Dice& dice, Matrix& matrix, const Shape& shape) {
  matrix.derived.resize(static_cast<std::size_t>(shape.derived));
  matrix.rows = matrix.level_row_first;
  for (int p = 0; p < shape.level_predictors; ++p) {
    LevelPredictor predictor;
    predictor.levels = 2 + dice.below(kMaxLevels - 1);
    matrix.level_first_row.push_back(matrix.rows);
    matrix.rows += predictor.levels;
    matrix.level_predictors.push_back(predictor);
  }
}

}  // namespace

void lay_out_matrix(Model& model, int cells) {
  Matrix& m = matrix_of(model);
  int last = -1;  // vector of draws at hand
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const State& state = model.states[i];
    if (state.is_rest) continue;
    if (state.draw / kLanes != last) {
      last = state.draw / kLanes;
      m.state_of.emplace_back().fill(-1);
      m.live.push_back(0);
    }
    m.state_of.back()[static_cast<std::size_t>(state.draw % kLanes)] = static_cast<int>(i);
    m.live.back() = static_cast<std::uint16_t>(m.live.back() | 1U << (state.draw % kLanes));
  }
  m.vectors = static_cast<int>(m.live.size());
  if (m.rows == 0) m.rows = m.level_row_first;
  m.cells = cells;
  const auto rows = static_cast<std::size_t>(m.rows * m.vectors);
  const auto base = static_cast<std::size_t>(m.cells * m.vectors);
  for (auto* table : {&m.edge_begin, &m.edge_end}) table->resize(rows);
  for (auto* masks : {&m.forbid_begin, &m.forbid_end, &m.require_begin, &m.require_end}) masks->resize(rows);
  for (auto* table : {&m.base_begin, &m.base_end, &m.shift_begin, &m.shift_end}) table->resize(base);
  for (auto* masks : {&m.closed_begin, &m.closed_end}) masks->resize(base);
}

Model random_model(std::uint64_t seed, const Shape& shape) {
  Dice dice(seed);
  Model model;
  make_states(dice, model, shape);
  Matrix& m = matrix_of(model);
  add_predictors(dice, m, shape);
  lay_out_matrix(model, shape.cells);
  fill(dice, m.edge_begin, shape.rows, shape.edge);
  fill(dice, m.edge_end, shape.rows, shape.edge);
  for (auto* masks : {&m.forbid_begin, &m.forbid_end}) fill(dice, *masks, shape.masks);
  for (auto* masks : {&m.require_begin, &m.require_end}) fill(dice, *masks, shape.masks * 0.1);
  for (auto* masks : {&m.closed_begin, &m.closed_end}) fill(dice, *masks, shape.masks);
  for (auto* table : {&m.base_begin, &m.base_end}) {
    fill(dice, *table, 1.0, shape.base);
    for (Lanes& row : *table) {
      for (auto& number : row.at) number -= 2 * kLogUnit;
    }
  }
  for (std::size_t row = model.states.size(); row < static_cast<std::size_t>(m.level_row_first); ++row) {
    if (row >= kMaxStates && row < kMaxStates + m.derived.size()) continue;
    clear_row(m, row);  // no such state or derived bit
  }
  fill(dice, m.shift_begin, 1.0, kLogUnit);
  fill(dice, m.shift_end, 1.0, kLogUnit);
  for (auto* table : {&m.programme_begin, &m.programme_end}) {
    table->resize(static_cast<std::size_t>(shape.programmes * m.vectors));
    fill(dice, *table, 0.5, kLogUnit);
  }
  model.responses.base.resize((kMaxAge + 1) * 2);
  fill(dice, model.responses.base, 1.0, 10 * kIndexUnit);
  model.responses.rows.resize(static_cast<std::size_t>(m.rows));
  fill(dice, model.responses.rows, shape.rows, kIndexUnit);
  return model;
}

kernel::UnitBlock Units::block() const {
  made_.assign(id.size(), {});
  for (std::size_t i = 0; i < id.size(); ++i) {
    kernel::Unit& unit = made_[i];
    unit.id = id[i];
    unit.states = states[i];
    if (!derived.empty()) unit.derived = derived[i];
    if (!programmes.empty()) unit.programmes = programmes[i];
    if (!cell.empty()) unit.cell = cell[i];
    if (!age_sex.empty()) unit.age_sex = age_sex[i];
    for (std::size_t p = 0; p < levels.size(); ++p) unit.levels[p] = levels[p][i];
  }
  return made_;
}

Units random_units(std::uint64_t seed, const Model& model, int count) {
  Dice dice(seed);
  const Matrix& m = model.matrix[static_cast<std::size_t>(Level::resident)];
  Units units;
  units.levels.resize(m.level_predictors.size());
  const std::uint64_t derived = m.derived.empty() ? 0 : ~std::uint64_t{0} >> (64 - m.derived.size());
  const std::size_t programmes = m.vectors == 0 ? 0 : m.programme_begin.size() / static_cast<std::size_t>(m.vectors);
  for (int i = 0; i < count; ++i) {
    units.id.push_back(dice.chance(0.1) ? dice.word() : 1000 + static_cast<std::uint64_t>(i));
    StateMask states;
    for (std::size_t s = 0; s < model.states.size(); ++s) {
      const State& state = model.states[s];
      if (state.is_rest || state.is_event || !dice.chance(0.2)) continue;
      if (state.group >= 0) {
        for (const int other : model.groups[static_cast<std::size_t>(state.group)].members) states.reset(other);
      }
      states.set(static_cast<int>(s));
    }
    units.states.push_back(states);
    units.derived.push_back(dice.word() & dice.word() & derived);
    units.programmes.push_back(programmes == 0 ? 0
                                               : dice.word() & dice.word() & (~std::uint64_t{0} >> (64 - programmes)));
    units.cell.push_back(static_cast<std::uint16_t>(dice.below(m.cells)));
    units.age_sex.push_back(static_cast<std::uint16_t>(dice.below((kMaxAge + 1) * 2)));
    for (std::size_t p = 0; p < units.levels.size(); ++p) {
      units.levels[p].push_back(static_cast<std::uint8_t>(dice.below(m.level_predictors[p].levels)));
    }
  }
  return units;
}

std::int32_t log_hazard(double per_year) {
  const double scaled = math::log2(per_year) * kLogUnit;
  return static_cast<std::int32_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
}

Model constant_model(const std::vector<Hazards>& states) {
  Model model;
  for (std::size_t i = 0; i < states.size(); ++i) {
    State state;
    state.name = numbered("s", static_cast<int>(i));
    state.draw = static_cast<int>(i);
    model.states.push_back(state);
  }
  lay_out_matrix(model, 1);
  Matrix& m = matrix_of(model);
  for (std::size_t i = 0; i < states.size(); ++i) {
    const std::size_t v = i / kLanes;
    const std::size_t lane = i % kLanes;
    const auto bit = static_cast<std::uint16_t>(1U << lane);
    if (states[i].begin > 0) m.base_begin[v].at[lane] = log_hazard(states[i].begin);
    if (states[i].begin <= 0) m.closed_begin[v] = static_cast<std::uint16_t>(m.closed_begin[v] | bit);
    if (states[i].end > 0) m.base_end[v].at[lane] = log_hazard(states[i].end);
    if (states[i].end <= 0) m.closed_end[v] = static_cast<std::uint16_t>(m.closed_end[v] | bit);
  }
  return model;
}

std::vector<kernel::Fired> fired(const kernel::KernelModel& model, const kernel::Month& month,
                                 const kernel::UnitBlock& block, std::int64_t* clipped) {
  kernel::FiredBuffer buffer;
  std::int64_t hits = 0;
  kernel::draw_transitions(model, month, block, buffer, hits);
  if (clipped != nullptr) *clipped += hits;
  const auto records = buffer.records();
  return {records.begin(), records.end()};
}

void apply(const Model& model, const std::vector<kernel::Fired>& records, Units& units) {
  for (const auto& record : records) {
    StateMask& states = units.states[record.unit];
    const State& state = model.states[static_cast<std::size_t>(record.state)];
    if (record.change == Change::end) {
      states.reset(record.state);
      continue;
    }
    if (state.group >= 0) {
      for (const int other : model.groups[static_cast<std::size_t>(state.group)].members) states.reset(other);
    }
    if (!state.is_event) states.set(record.state);
  }
}

}  // namespace sleutel::test
