#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <map>

#include "sim/attribute/variant.h"
#include "sim/base/math.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

constexpr double kLeast = 0.01;  ///< factor on a hazard that a sum is held to from below

/// What is on a transition: one lane of one table.
struct LaneOfTable {
  std::vector<Lanes>& table;
  std::size_t vectors, vector, lane;
  std::int32_t& row(std::size_t which) const { return table[which * vectors + vector].at[lane]; }
};

/// Makes the effects of some states on the transitions of one matrix add up.
class Adder {
 public:
  Adder(Matrix& matrix, const StateMask& states) : matrix_(matrix), states_(states) {}

  void all() {
    const auto vectors = static_cast<std::size_t>(matrix_.vectors);
    for (std::size_t v = 0; v < vectors; ++v)
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const int state = matrix_.state_of[v][lane];
        if (state < 0 || states_.test(state)) continue;
        add_up({matrix_.edge_begin, vectors, v, lane});
        add_up({matrix_.edge_end, vectors, v, lane});
      }
  }

 private:
  void add_up(const LaneOfTable& at) {
    for (std::size_t bit = 0; bit < before_; ++bit)
      if (is_among(matrix_.derived[bit])) at.row(kMaxStates + bit) = 0;
    std::vector<int> acting;
    for (int state = 0; state < kMaxStates; ++state)
      if (states_.test(state) && at.row(static_cast<std::size_t>(state)) != 0) acting.push_back(state);
    if (acting.size() < 2) return;
    if (acting.size() > 6) refuse(acting.size());
    const std::size_t subsets = std::size_t{1} << acting.size();
    std::vector<std::int32_t> terms(subsets);  // each subset's own, beside those of its parts
    for (std::size_t subset = 1; subset < subsets; ++subset) {
      if (std::popcount(subset) < 2) continue;
      std::int32_t term = missing(at, acting, subset);
      for (std::size_t part = 1; part < subset; ++part)
        if ((part & subset) == part) term -= terms[part];
      terms[subset] = term;
      if (term != 0) at.row(kMaxStates + bit_of(acting, subset)) = term;
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

  /// The predictor that is on if all of a subset are.
  std::size_t bit_of(const std::vector<int>& acting, std::size_t subset) {
    Derived derived;
    derived.name = "together";
    derived.kind = DerivedKind::pair;
    for (std::size_t i = 0; i < acting.size(); ++i)
      if ((subset >> i & 1) != 0) derived.mask.set(acting[i]);
    for (std::size_t bit = before_; bit < matrix_.derived.size(); ++bit)
      if (matrix_.derived[bit].mask == derived.mask) return bit;
    if (matrix_.derived.size() == kMaxDerived) refuse(acting.size());
    matrix_.derived.push_back(derived);
    matrix_.derived_rows |= std::uint64_t{1} << (matrix_.derived.size() - 1);
    return matrix_.derived.size() - 1;
  }

  [[noreturn]] static void refuse(std::size_t acting) {
    throw EnvironmentError(
        ExitCode::failed, fmt::format("{} stressors act on one transition: too many for this model to add up", acting));
  }

  Matrix& matrix_;
  const StateMask& states_;
  std::size_t before_ = matrix_.derived.size();  ///< predictors of the model itself
};

}  // namespace

std::shared_ptr<const Model> with_additive_effects(const Model& model, const StateMask& states) {
  auto variant = std::make_shared<Model>(model);
  for (Matrix& matrix : variant->matrix)
    if (matrix.vectors > 0) Adder(matrix, states).all();
  return variant;
}

}  // namespace sleutel
