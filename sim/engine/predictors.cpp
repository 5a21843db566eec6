#include "sim/engine/predictors.h"

#include <algorithm>
#include <stdexcept>

#include "sim/engine/loose_states.h"

namespace sleutel {

namespace {

/// Step of a quantised predictor in the integer unit of its column; 1 at least.
int step_in_column(const LevelPredictor& predictor) {
  double units = static_cast<double>(predictor.step);
  const bool is_load = predictor.source == LevelSource::stress_fast || predictor.source == LevelSource::stress_slow;
  if (is_load) units *= kLoadUnit;
  const bool is_share = predictor.source == LevelSource::friends_have || predictor.source == LevelSource::place_has ||
                        predictor.source == LevelSource::household_has;
  if (is_share && predictor.step < 1) units *= 32;  // a step written as a part of the whole; else in 1/32
  const int step = static_cast<int>(units + 0.5);
  return step < 1 ? 1 : step;
}

StateMask without(const StateMask& mask, const StateMask& taken) {
  return {{mask.word[0] & ~taken.word[0], mask.word[1] & ~taken.word[1]}};
}

int lowest(const StateMask& mask) {
  if (mask.word[0] != 0) return __builtin_ctzll(mask.word[0]);
  return mask.word[1] != 0 ? 64 + __builtin_ctzll(mask.word[1]) : -1;
}

/// Which rows of a matrix, or for residents of the responses, add or forbid anything.
class Used {
 public:
  Used(const Model& model, Level level)
      : rows_(static_cast<std::size_t>(model.matrix[static_cast<std::size_t>(level)].rows)) {
    const Matrix& matrix = model.matrix[static_cast<std::size_t>(level)];
    const auto vectors = static_cast<std::size_t>(matrix.vectors);
    for (const auto* lanes : {&matrix.edge_begin, &matrix.edge_end}) mark(*lanes, vectors, Lanes{}.at);
    for (const auto* masks : {&matrix.forbid_begin, &matrix.forbid_end, &matrix.require_begin, &matrix.require_end})
      for (std::size_t i = 0; i < masks->size(); ++i)
        if ((*masks)[i] != 0) rows_[i / vectors] = true;
    if (level == Level::resident) mark(model.responses.rows, 1, Lanes{}.at);
  }
  bool any(int first, int last) const {
    for (int row = first; row < last; ++row)
      if (static_cast<std::size_t>(row) < rows_.size() && rows_[static_cast<std::size_t>(row)]) return true;
    return false;
  }

 private:
  void mark(const std::vector<Lanes>& lanes, std::size_t vectors, const std::array<std::int32_t, kLanes>& nothing) {
    for (std::size_t i = 0; i < lanes.size() && i / vectors < rows_.size(); ++i)
      if (lanes[i].at != nothing) rows_[i / vectors] = true;
  }
  std::vector<bool> rows_;
};

/// Derived bits that have a row, and those that their pairs ask about.
std::uint64_t needed_bits(const Matrix& matrix, const Used& used) {
  std::uint64_t needed = 0;
  for (std::size_t i = matrix.derived.size(); i-- > 0;) {
    const int row = kMaxStates + static_cast<int>(i);
    if (used.any(row, row + 1)) needed |= std::uint64_t{1} << i;
    if (((needed >> i) & 1U) != 0 && matrix.derived[i].kind == DerivedKind::pair)
      needed |= matrix.derived[i].derived_mask;
  }
  return needed;
}

}  // namespace

int Asked::number_of(const StateMask& mask) {
  for (std::size_t i = 0; i < masks.size(); ++i)
    if (masks[i] == mask) return static_cast<int>(i);
  if (masks.size() == kMaxAsked) throw std::length_error("relations and shares ask about more than 31 sets of states");
  const int number = static_cast<int>(masks.size());
  masks.push_back(mask);
  for_each_bit(mask, [&](int state) {
    const auto byte = static_cast<std::size_t>(state / 8);
    if (of_byte.size() <= byte) of_byte.resize(byte + 1);
    for (std::size_t value = 0; value < 256; ++value)
      if (((value >> (state % 8)) & 1U) != 0) of_byte[byte][value] |= 1U << number;
  });
  return number;
}

Predictors::Predictors(const Model& model, Level level, Asked& asked) {
  const Matrix& matrix = model.matrix[static_cast<int>(level)];
  const Used used(model, level);
  const std::uint64_t needed = needed_bits(matrix, used);
  for (std::size_t i = 0; i < matrix.derived.size(); ++i)
    if (((needed >> i) & 1U) != 0) add_derived(model, matrix.derived[i], static_cast<int>(i), asked);
  add_pairs(matrix.derived, needed);
  for (std::size_t k = 0; k < matrix.level_predictors.size(); ++k) {
    const int first = matrix.level_first_row[k];
    const LevelPredictor& predictor = matrix.level_predictors[k];
    if (used.any(first, first + predictor.levels))
      add_level(predictor, asked);
    else
      levels.push_back({});
  }
  asked_states |= count_states;
  asked_states |= pair_states;
  loose_states = sleutel::loose_states(model, level);
  see_loose(matrix.derived);
  see_levels();
  lanes_reading = sleutel::lanes_reading(matrix);
  for (const TableAttribute& attribute : matrix.attributes) add_attribute(model, attribute);
  see_states(model, level);
  if (level == Level::resident) see_responses(model);
}

/// Traits, loads, mastery and support stand still from the transitions to the responses; the rest does not.
void Predictors::see_responses(const Model& model) {
  const Matrix& matrix = model.matrix[static_cast<std::size_t>(Level::resident)];
  const auto& rows = model.responses.rows;
  const auto is_read = [&](int row) {
    return static_cast<std::size_t>(row) < rows.size() && rows[static_cast<std::size_t>(row)].at != Lanes{}.at;
  };
  for (int state = 0; state < kMaxStates; ++state)
    if (is_read(state)) response_states.set(state);
  for (std::size_t bit = 0; bit < matrix.derived.size(); ++bit) {
    if (!is_read(kMaxStates + static_cast<int>(bit))) continue;
    response_derived |= std::uint64_t{1} << bit;
    if (matrix.derived[bit].kind != DerivedKind::trait) responses_read_units = true;
  }
  for (std::size_t k = 0; k < levels.size(); ++k) {
    LevelRule& rule = levels[k];
    for (int value = 0; value < rule.levels; ++value)
      rule.read_by_responses = rule.read_by_responses || is_read(matrix.level_first_row[k] + value);
    if (rule.read_by_responses && !rule.is_own()) responses_read_units = true;
    if (rule.read_by_responses && rule.is_own() && !rule.is_load()) responses_read_support = true;
  }
}

void Predictors::see_states(const Model& model, Level level) {
  const Matrix& matrix = model.matrix[static_cast<std::size_t>(level)];
  const Used used(model, level);
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const int state = static_cast<int>(i);
    if (model.states[i].level == level || used.any(state, state + 1)) bound_states.set(state);
  }
  for (const Derived& derived : matrix.derived) {
    bound_states |= derived.mask;
    if (derived.kind == DerivedKind::duration) bound_months.set(derived.which);
  }
  for (const AttributeRule& attribute : attributes) {
    if (attribute.attribute == Attribute::months_band) bound_months.set(attribute.state);
    if (attribute.state >= 0) bound_states.set(attribute.state);
    asks_home = asks_home || attribute.of_household || attribute.attribute == Attribute::income_group ||
                attribute.attribute == Attribute::tenure || attribute.attribute == Attribute::household_kind;
  }
  bound_states |= bound_months;
  bound_states = without(bound_states, loose_states);
  bound_months = without(bound_months, loose_states);
}

/// Bits about others or about states that are left open, and pairs that ask for one.
void Predictors::see_loose(const std::vector<Derived>& derived) {
  for (std::size_t i = 0; i < derived.size(); ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    const DerivedKind kind = derived[i].kind;
    const bool relation =
        kind == DerivedKind::partner_has || kind == DerivedKind::parent_has || kind == DerivedKind::both_have;
    const bool of_pair = kind == DerivedKind::pair && (derived[i].derived_mask & loose) != 0;
    const bool of_months = kind == DerivedKind::duration && loose_states.test(derived[i].which);
    if (relation || of_pair || of_months || derived[i].mask.any_of(loose_states)) loose |= bit;
  }
}

void Predictors::see_levels() {
  for (std::size_t k = 0; k < levels.size(); ++k) {
    if (levels[k].levels == 0) continue;
    if (levels[k].is_loose()) loose_levels |= 1U << k;
    asks_loads = asks_loads || levels[k].is_load();
    read.push_back(static_cast<std::uint8_t>(k));
    if (levels[k].is_load() || !levels[k].is_loose())
      read_own.push_back(static_cast<std::uint8_t>(k));
    else
      loosest[k] = static_cast<std::uint8_t>(levels[k].levels - 1);
  }
}

void Predictors::add_relation(std::vector<RelationBit>& to, std::uint32_t& all, std::uint64_t bit, int number) {
  to.push_back({bit, 1U << number});
  all |= 1U << number;
}

void Predictors::add_derived(const Model& model, const Derived& derived, int place, Asked& asked) {
  const std::uint64_t bit = std::uint64_t{1} << place;
  switch (derived.kind) {
    case DerivedKind::trait:
      for (int value = 0; value < 256; ++value)
        if ((value >> (derived.which % 8)) & 1) from_traits[derived.which / 8][value] |= bit;
      break;
    case DerivedKind::pair:
      break;  // add_pairs
    case DerivedKind::at_least:
      counts.push_back({bit, derived.mask, derived.count});
      count_states |= derived.mask;
      break;
    case DerivedKind::duration:
      durations.push_back({bit, derived.which, model.states[derived.which].months_slot, derived.from_month,
                           derived.until_month > 0 ? derived.until_month : 1 << 30});
      duration_states.set(derived.which);
      break;
    case DerivedKind::partner_has:
      add_relation(partner, partner_asked, bit, asked.number_of(derived.mask));
      break;
    case DerivedKind::parent_has:
      add_relation(parents, parents_asked, bit, asked.number_of(derived.mask));
      break;
    case DerivedKind::both_have:
      add_relation(both, both_asked, bit, asked.number_of(derived.mask));
      break;
  }
}

void Predictors::add_pairs(const std::vector<Derived>& derived, std::uint64_t needed) {
  std::uint64_t pair_bits = 0;
  common_to_other_pairs = ~std::uint64_t{0};
  std::vector<std::pair<int, PairBit>> keyed;
  for (std::size_t i = 0; i < derived.size(); ++i) {
    if (derived[i].kind != DerivedKind::pair || ((needed >> i) & 1U) == 0) continue;
    const PairBit pair{std::uint64_t{1} << i, derived[i].mask, derived[i].derived_mask};
    const int key = lowest(pair.mask);
    if (key < 0 || (pair.derived & pair_bits) != 0) {
      common_to_other_pairs &= pair.derived & ~pair_bits;
      other_pairs.push_back(pair);
    } else {
      keyed.push_back({key, pair});
      pair_states.set(key);
    }
    pair_bits |= pair.bit;
  }
  for (int state = 0; state < kMaxStates; ++state) {
    first_pair[state] = static_cast<std::uint8_t>(state_pairs.size());
    for (const auto& [key, pair] : keyed)
      if (key == state) state_pairs.push_back(pair);
  }
  first_pair[kMaxStates] = static_cast<std::uint8_t>(state_pairs.size());
}

void Predictors::add_level(const LevelPredictor& predictor, Asked& asked) {
  const bool asks = predictor.source == LevelSource::friends_have || predictor.source == LevelSource::place_has ||
                    predictor.source == LevelSource::household_has;
  const int step = step_in_column(predictor);
  const int shift = (step & (step - 1)) == 0 ? __builtin_ctz(static_cast<unsigned>(step)) : -1;
  const int number = asks ? asked.number_of(predictor.mask) : -1;
  levels.push_back({predictor.source, step, shift, predictor.levels, number});
  std::vector<int>& of_place = asked.of_place;
  const bool known = std::find(of_place.begin(), of_place.end(), number) != of_place.end();
  if (predictor.source == LevelSource::place_has && !known) of_place.push_back(number);
}

void Predictors::add_attribute(const Model& model, const TableAttribute& attribute) {
  AttributeRule rule;
  rule.attribute = attribute.attribute;
  rule.categories = attribute.categories;
  rule.state = attribute.state;
  rule.band_from = attribute.band_from;
  if (attribute.state >= 0) {
    const State& state = model.states[static_cast<std::size_t>(attribute.state)];
    rule.slot = state.months_slot < 0 ? 0 : state.months_slot;
    rule.class_bit = state.class_bit < 0 ? 0 : state.class_bit;
    rule.of_household = state.level == Level::household;
  }
  attributes.push_back(rule);
}

std::uint32_t Predictors::highest_levels() const {
  std::uint32_t highest = 0;
  for (std::size_t k = 0; k < loosest.size(); ++k) highest |= loosest[k] != 0 ? 1U << k : 0U;
  return highest;
}

std::uint64_t Predictors::of_durations(const StateMask& states,
                                       const std::array<std::uint8_t, kMonthsInSlots>& months) const {
  if (!states.any_of(duration_states)) return 0;
  std::uint64_t word = 0;
  for (const auto& ask : durations) {
    const bool on = states.test(ask.state) && months[ask.slot] >= ask.from && months[ask.slot] < ask.until;
    if (on) word |= ask.bit;
  }
  return word;
}

namespace {

bool holds(const PairBit& pair, std::uint64_t word, const StateMask& states) {
  return states.contains(pair.mask) && (word & pair.derived) == pair.derived;
}

int count_of(const StateMask& states) {
  return __builtin_popcountll(states.word[0]) + __builtin_popcountll(states.word[1]);
}

}  // namespace

std::uint64_t Predictors::with_pairs(std::uint64_t word, const StateMask& states) const {
  if (states.any_of(count_states))
    for (const auto& ask : counts)
      if (count_of(both_of(states, ask.mask)) >= ask.count) word |= ask.bit;
  for_each_bit(both_of(states, pair_states), [&](int state) {
    for (int i = first_pair[state]; i < first_pair[state + 1]; ++i)
      if (holds(state_pairs[i], word, states)) word |= state_pairs[i].bit;
  });
  if (!asks_other_pairs(word)) return word;
  for (const PairBit& pair : other_pairs)
    if (holds(pair, word, states)) word |= pair.bit;
  return word;
}

}  // namespace sleutel
