#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <map>

#include "sim/attribute/variant.h"
#include "sim/base/math.h"

namespace sleutel {
namespace {

constexpr double kLeast = 0.01;  ///< factor on a hazard that a sum is held to from below

/// What is on a transition: one lane of one table.
struct LaneOfTable {
  std::vector<Lanes>& table;
  std::size_t vectors, vector, lane;
  std::int32_t& row(std::size_t which) const { return table[which * vectors + vector].at[lane]; }
};

/// A transition on which several of the states act, and the terms that were found for sets of them.
struct ActedOn {
  LaneOfTable at;
  std::vector<int> acting;
  std::map<std::size_t, std::int32_t> terms;  ///< by subset of acting, as bits: its own, beside those of its parts
};

/// Makes the effects of some states on the transitions of one matrix add up: of two at once exactly, of more at once as
/// far as there is room for predictors.
class Adder {
 public:
  Adder(Matrix& matrix, const StateMask& states) : matrix_(matrix), states_(states) {}

  /// The largest number of states at once whose effects add up exactly; kAllSizes if all do.
  int all() {
    std::vector<ActedOn> transitions = acted_on();
    std::size_t most = 0;
    for (const ActedOn& one : transitions) most = std::max(most, one.acting.size());
    for (std::size_t size = 2; size <= most; ++size) {
      if (!has_room(transitions, size)) return static_cast<int>(size) - 1;
      for (ActedOn& one : transitions) add_sets(one, size);
    }
    return kAllSizes;
  }

 private:
  std::vector<ActedOn> acted_on() {
    std::vector<ActedOn> all;
    const auto vectors = static_cast<std::size_t>(matrix_.vectors);
    for (std::size_t v = 0; v < vectors; ++v)
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const int state = matrix_.state_of[v][lane];
        if (state < 0 || states_.test(state)) continue;
        add_transition({matrix_.edge_begin, vectors, v, lane}, all);
        add_transition({matrix_.edge_end, vectors, v, lane}, all);
      }
    return all;
  }

  void add_transition(const LaneOfTable& at, std::vector<ActedOn>& all) {
    for (std::size_t bit = 0; bit < before_; ++bit)
      if (is_among(matrix_.derived[bit])) at.row(kMaxStates + bit) = 0;
    std::vector<int> acting;
    for (int state = 0; state < kMaxStates; ++state)
      if (states_.test(state) && at.row(static_cast<std::size_t>(state)) != 0) acting.push_back(state);
    if (acting.size() > 1) all.push_back({at, acting, {}});
  }

  static std::vector<std::size_t> subsets(const ActedOn& one, std::size_t size) {
    std::vector<std::size_t> all;
    for (std::size_t subset = 1; subset < std::size_t{1} << one.acting.size(); ++subset)
      if (static_cast<std::size_t>(std::popcount(subset)) == size) all.push_back(subset);
    return all;
  }

  StateMask mask_of(const ActedOn& one, std::size_t subset) const {
    StateMask mask;
    for (std::size_t i = 0; i < one.acting.size(); ++i)
      if ((subset >> i & 1) != 0) mask.set(one.acting[i]);
    return mask;
  }

  /// Whether the predictors that sets of this size ask for, and that are not there yet, still fit.
  bool has_room(const std::vector<ActedOn>& transitions, std::size_t size) const {
    std::vector<StateMask> wanted;
    for (const ActedOn& one : transitions)
      for (const std::size_t subset : subsets(one, size)) {
        const StateMask mask = mask_of(one, subset);
        if (bit_of(mask) == matrix_.derived.size() && std::find(wanted.begin(), wanted.end(), mask) == wanted.end())
          wanted.push_back(mask);
      }
    return matrix_.derived.size() + wanted.size() <= kMaxDerived;
  }

  void add_sets(ActedOn& one, std::size_t size) {
    for (const std::size_t subset : subsets(one, size)) {
      std::int32_t term = missing(one.at, one.acting, subset);
      for (const auto& [part, its_own] : one.terms)
        if ((part & subset) == part) term -= its_own;
      one.terms[subset] = term;
      if (term != 0) one.at.row(kMaxStates + made_bit_of(mask_of(one, subset))) = term;
    }
  }

  /// True for a pair term or count that asks for these states alone.
  bool is_among(const Derived& derived) const {
    const bool joint = derived.kind == DerivedKind::pair || derived.kind == DerivedKind::at_least;
    return joint && derived.derived_mask == 0 && states_.contains(derived.mask);
  }

  /// From the product to the sum, for all of a subset on together [log2 x 2^20].
  static std::int32_t missing(const LaneOfTable& at, const std::vector<int>& acting, std::size_t subset) {
    double sum = 1;
    std::int32_t product = 0;
    for (std::size_t i = 0; i < acting.size(); ++i) {
      if ((subset >> i & 1) == 0) continue;
      const std::int32_t row = at.row(static_cast<std::size_t>(acting[i]));
      product += row;
      sum += math::exp2(static_cast<double>(row) / kLogUnit) - 1;
    }
    return static_cast<std::int32_t>(std::lround(math::log2(std::max(kLeast, sum)) * kLogUnit)) - product;
  }

  /// The predictor of ours that is on if all of these are; the number of predictors if there is none.
  std::size_t bit_of(const StateMask& mask) const {
    std::size_t bit = before_;
    while (bit < matrix_.derived.size() && !(matrix_.derived[bit].mask == mask)) ++bit;
    return bit;
  }

  std::size_t made_bit_of(const StateMask& mask) {
    const std::size_t bit = bit_of(mask);
    if (bit < matrix_.derived.size()) return bit;
    Derived derived;
    derived.name = "together";
    derived.kind = DerivedKind::pair;
    derived.mask = mask;
    matrix_.derived.push_back(derived);
    matrix_.derived_rows |= std::uint64_t{1} << bit;
    return bit;
  }

  Matrix& matrix_;
  const StateMask& states_;
  std::size_t before_ = matrix_.derived.size();  ///< predictors of the model itself
};

}  // namespace

AdditiveModel with_additive_effects(const Model& model, const StateMask& states) {
  auto variant = std::make_shared<Model>(model);
  int exact = kAllSizes;
  for (Matrix& matrix : variant->matrix)
    if (matrix.vectors > 0) exact = std::min(exact, Adder(matrix, states).all());
  return {std::move(variant), exact};
}

}  // namespace sleutel
