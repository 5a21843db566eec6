#include "sim/engine/predictors.h"

#include <stdexcept>

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

int lowest(const StateMask& mask) {
  if (mask.word[0] != 0) return __builtin_ctzll(mask.word[0]);
  return mask.word[1] != 0 ? 64 + __builtin_ctzll(mask.word[1]) : -1;
}

}  // namespace

int Asked::number_of(const StateMask& mask) {
  for (std::size_t i = 0; i < masks.size(); ++i)
    if (masks[i] == mask) return static_cast<int>(i);
  if (masks.size() == kMaxAsked) throw std::length_error("relations and shares ask about more than 31 sets of states");
  const int number = static_cast<int>(masks.size());
  masks.push_back(mask);
  for_each_bit(mask, [&](int state) { of_state[state] |= 1U << number; });
  return number;
}

std::uint32_t Asked::shown(const StateMask& states) const {
  std::uint32_t word = 0;
  for_each_bit(states, [&](int state) { word |= of_state[state]; });
  return word;
}

Predictors::Predictors(const Model& model, Level level, Asked& asked) {
  const Matrix& matrix = model.matrix[static_cast<int>(level)];
  for (std::size_t i = 0; i < matrix.derived.size(); ++i)
    add_derived(model, matrix.derived[i], static_cast<int>(i), asked);
  add_pairs(matrix.derived);
  for (const auto& predictor : matrix.level_predictors) add_level(predictor, asked);
  attributes = matrix.attributes;
}

void Predictors::add_relation(std::vector<RelationBit>& to, std::uint32_t& all, std::uint64_t bit, int number) {
  to.push_back({bit, 1U << number});
  all |= 1U << number;
}

void Predictors::add_derived(const Model& model, const Derived& derived, int index, Asked& asked) {
  const std::uint64_t bit = std::uint64_t{1} << index;
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

void Predictors::add_pairs(const std::vector<Derived>& derived) {
  std::uint64_t pair_bits = 0;
  std::vector<std::pair<int, PairBit>> keyed;
  for (std::size_t i = 0; i < derived.size(); ++i) {
    if (derived[i].kind != DerivedKind::pair) continue;
    const PairBit pair{std::uint64_t{1} << i, derived[i].mask, derived[i].derived_mask};
    const int key = lowest(pair.mask);
    if (key < 0 || (pair.derived & pair_bits) != 0) {
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
  levels.push_back(
      {predictor.source, step_in_column(predictor), predictor.levels, asks ? asked.number_of(predictor.mask) : -1});
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

std::uint64_t Predictors::completed(std::uint64_t word, const StateMask& states) const {
  if (states.any_of(count_states)) {
    for (const auto& ask : counts) {
      const StateMask held = both_of(states, ask.mask);
      const int count = __builtin_popcountll(held.word[0]) + __builtin_popcountll(held.word[1]);
      if (count >= ask.count) word |= ask.bit;
    }
  }
  for_each_bit(both_of(states, pair_states), [&](int state) {
    for (int i = first_pair[state]; i < first_pair[state + 1]; ++i) {
      const PairBit& pair = state_pairs[i];
      if (states.contains(pair.mask) && (word & pair.derived) == pair.derived) word |= pair.bit;
    }
  });
  for (const PairBit& pair : other_pairs)
    if (states.contains(pair.mask) && (word & pair.derived) == pair.derived) word |= pair.bit;
  return word;
}

}  // namespace sleutel
