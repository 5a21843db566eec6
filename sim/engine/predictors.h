#pragma once
/// \file
/// How the predictors of one level of units are found: the model's derived bits, quantised values and cells, arranged
/// once per run so that the month asks each resident few questions. docs/model-semantics.md, "Units".

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "sim/engine/lanes_reading.h"
#include "sleutel/model.h"

namespace sleutel {

inline constexpr int kTraitBytes = (kTraits + 7) / 8;
inline constexpr int kMaxAsked = 31;                      ///< masks that relations and shares may ask about
inline constexpr std::uint32_t kShownPresent = 1U << 31;  ///< bit of a `shown` word: lives in the city

/// Share of n who count, in 1/32, to the nearest (halves up); 0 of nobody.
constexpr std::uint8_t share_32(int count, int n) {
  return n == 0 ? 0 : static_cast<std::uint8_t>((32 * std::int64_t{count} + n / 2) / n);
}

/// The state masks that somebody else's predictors ask about. Bit k of a resident's `shown` word says that the
/// resident had any of mask k last month: friends, partners, children and the buurt read one word, not states.
struct Asked {
  std::vector<StateMask> masks;
  std::vector<std::array<std::uint32_t, 256>> of_byte;  ///< [byte of a state mask][value] masks that hold one of it
  std::vector<int> of_place;                            ///< numbers of the masks that buurten are asked about

  /// Number of the mask; a new one is added. Errors: std::length_error beyond kMaxAsked masks.
  int number_of(const StateMask& mask);
  std::uint32_t shown(const StateMask& had) const {
    std::uint32_t word = 0;
    for (std::size_t byte = 0; byte < of_byte.size(); ++byte)
      word |= of_byte[byte][(had.word[byte / 8] >> (8 * (byte % 8))) & 255];
    return word;
  }
};

/// A derived bit that asks another resident.
struct RelationBit {
  std::uint64_t bit = 0;    ///< of the derived word
  std::uint32_t asked = 0;  ///< of the `shown` word
};

/// A derived bit that asks for how long: from <= months < until.
struct DurationBit {
  std::uint64_t bit = 0;
  int state = 0, slot = 0, from = 0, until = 0;
};

struct CountBit {
  std::uint64_t bit = 0;
  StateMask mask;
  int count = 0;
};

struct PairBit {
  std::uint64_t bit = 0;
  StateMask mask;
  std::uint64_t derived = 0;
};

/// A quantised predictor: in the column's own integer unit.
struct LevelRule {
  LevelSource source = LevelSource::stress_fast;
  int step = 1;    ///< width of a level [unit of the column]
  int shift = 0;   ///< log2 of step if that is whole, else -1
  int levels = 0;  ///< 0: nothing depends on it, and it is not looked at
  int asked = -1;  ///< number of the mask, for shares

  /// Level of one value: nearest step, halves up.
  int level_of(int value) const {
    const int nearest = shift >= 0 ? (value + ((1 << shift) >> 1)) >> shift : (2 * value + step) / (2 * step);
    return nearest < levels ? nearest : levels - 1;
  }
  bool read_by_responses = false;

  /// The lowest value of a level [unit of the column].
  int lowest_of(int level) const { return level <= 0 ? 0 : ((2 * level - 1) * step + 1) / 2; }
  bool is_load() const { return source == LevelSource::stress_fast || source == LevelSource::stress_slow; }
  /// True for what a resident has of himself.
  bool is_own() const { return is_load() || source == LevelSource::mastery || source == LevelSource::support; }
  /// True if it may be another each month, by others, by a load that moves or by friends who come and go: then the
  /// bounds of hazards leave it open.
  bool is_loose() const { return source != LevelSource::mastery; }
  /// Level of the mean of n values with this sum: nearest step, halves up.
  int level_of_mean(int sum, int n) const {
    if (n == 1) return level_of(sum);
    const int nearest =
        n == 2 && shift >= 0 ? (sum + (1 << shift)) >> (shift + 1) : (2 * sum + n * step) / (2 * n * step);
    return nearest < levels ? nearest : levels - 1;
  }
};

/// One attribute that base tables are split by, with what finding it needs.
struct AttributeRule {
  Attribute attribute = Attribute::education;
  int categories = 1;
  int state = -1;              ///< months_band: of which state
  int slot = 0;                ///< months_band: of Residents::months_in
  int class_bit = 0;           ///< class_bit
  bool of_household = false;   ///< class_bit: in Households::classes
  std::vector<int> band_from;  ///< months_band: first month of each band
};

using LevelValues = std::array<std::uint8_t, kMaxLevelPredictors>;  ///< of all quantised predictors of a unit

struct Predictors {
  Predictors(const Model& model, Level level, Asked& asked);

  std::array<std::array<std::uint64_t, 256>, kTraitBytes> from_traits{};  ///< derived bits of each byte of traits
  std::vector<RelationBit> partner, parents, both;
  std::uint32_t partner_asked = 0, parents_asked = 0, both_asked = 0;  ///< all masks of the relations together
  std::vector<DurationBit> durations;
  StateMask duration_states;
  std::vector<CountBit> counts;
  StateMask count_states;
  std::vector<PairBit> state_pairs;                       ///< by the lowest state that they ask for
  std::array<std::uint8_t, kMaxStates + 1> first_pair{};  ///< [state] first of its pairs in state_pairs
  StateMask pair_states;
  std::vector<PairBit> other_pairs;  ///< the rest, in order: pairs of derived bits alone, and pairs of pairs
  std::vector<LevelRule> levels;
  std::vector<AttributeRule> attributes;
  StateMask loose_states;               ///< that bounds of hazards leave open
  std::uint64_t loose = 0;              ///< derived bits that others or such states decide about, and pairs with them
  std::uint32_t loose_levels = 0;       ///< bit k: levels[k].is_loose()
  LevelValues loosest{};                ///< of what bounds leave open, apart from loads, the highest level, else 0
  std::vector<std::uint8_t> read;       ///< numbers of the levels that anything depends on
  std::vector<std::uint8_t> read_own;   ///< of these, those that bounds read
  LanesReading lanes_reading;           ///< which lanes read what others decide about
  bool asks_loads = false;              ///< a load is among the levels
  bool asks_home = false;               ///< base tables are split by an attribute of the household
  StateMask bound_states;               ///< states on which bounds of this level depend, its own among them
  StateMask bound_months;               ///< of these, states of which they read the months
  bool responses_read_units = false;    ///< responses read what the month has changed by the time they are found
  bool responses_read_support = false;  ///< or mastery
  StateMask response_states;            ///< states that responses read
  std::uint64_t response_derived = 0;   ///< derived bits that responses read

  /// Bit k: levels[k] is at its highest in `loosest`.
  std::uint32_t highest_levels() const;
  std::uint64_t of_traits(std::uint64_t traits) const {
    std::uint64_t word = 0;
    for (int byte = 0; byte < kTraitBytes; ++byte) word |= from_traits[byte][(traits >> (8 * byte)) & 255];
    return word;
  }
  std::uint64_t of_durations(const StateMask& states, const std::array<std::uint8_t, kMonthsInSlots>& months) const;
  /// Adds what follows from the states and from the derived bits so far: counts, then pairs.
  std::uint64_t completed(std::uint64_t word, const StateMask& states) const {
    return asks_other_pairs(word) || states.any_of(asked_states) ? with_pairs(word, states) : word;
  }

 private:
  StateMask asked_states;                   ///< without any of these, only other_pairs can add something
  std::uint64_t common_to_other_pairs = 0;  ///< derived bits without which no other pair holds
  bool asks_other_pairs(std::uint64_t word) const {
    return !other_pairs.empty() && (word & common_to_other_pairs) == common_to_other_pairs;
  }
  std::uint64_t with_pairs(std::uint64_t word, const StateMask& states) const;
  void add_relation(std::vector<RelationBit>& to, std::uint32_t& all, std::uint64_t bit, int number);
  void add_derived(const Model& model, const Derived& derived, int place, Asked& asked);
  void add_pairs(const std::vector<Derived>& derived, std::uint64_t needed);
  void add_attribute(const Model& model, const TableAttribute& attribute);
  void add_level(const LevelPredictor& predictor, Asked& asked);
  void see_responses(const Model& model);
  void see_loose(const std::vector<Derived>& derived);
  void see_levels();
  void see_states(const Model& model, Level level);
};

/// Calls visit(i) for every bit i of a mask that is on, from low to high.
template <class Visit>
void for_each_bit(const StateMask& mask, Visit&& visit) {
  for (int half = 0; half < 2; ++half)
    for (std::uint64_t rest = mask.word[half]; rest != 0; rest &= rest - 1) visit(64 * half + __builtin_ctzll(rest));
}

constexpr StateMask both_of(const StateMask& a, const StateMask& b) {
  return {{a.word[0] & b.word[0], a.word[1] & b.word[1]}};
}

}  // namespace sleutel
