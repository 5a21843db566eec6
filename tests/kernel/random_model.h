#pragma once
/// \file
/// Models and units made up from named draws, to try the kernel on everything that a matrix can hold.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/kernel/transitions.h"
#include "sleutel/model.h"
#include "sleutel/random.h"

namespace sleutel::test {

/// Numbers in order, each a named draw: the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : key_(stream_key(seed, 0, 0)) {}
  std::uint64_t word() {
    const auto w = bits({key_, next_++, 0, Purpose::event(1)});
    return (std::uint64_t{w[1]} << 32) | w[0];
  }
  /// From 0 to n - 1.
  int below(int n) { return static_cast<int>(word() % static_cast<std::uint64_t>(n)); }
  bool chance(double p) { return static_cast<double>(word() >> 11) * 0x1.0p-53 < p; }
  /// From -most to most.
  std::int32_t between(std::int32_t most) {
    return static_cast<std::int32_t>(word() % (2 * static_cast<std::uint64_t>(most) + 1)) - most;
  }

 private:
  StreamKey key_;
  std::uint64_t next_ = 0;
};

/// What a made-up model looks like.
struct Shape {
  int lanes = 16;      ///< states at the level of residents
  bool groups = true;  ///< some of them in groups of up to four
  bool gaps = false;   ///< leave draw numbers out
  int cells = 7;
  int derived = 20;
  int programmes = 9;
  int level_predictors = 3;
  double masks = 0.1;           ///< share of rows that forbid or are required
  double rows = 0.5;            ///< share of rows that are not zero
  std::int32_t edge = 3 << 20;  ///< largest edge [log2 x 2^20]
  std::int32_t base = 6 << 20;  ///< largest distance of a base from one in four years [log2 x 2^20]
};

Model random_model(std::uint64_t seed, const Shape& shape);

/// A block of made-up units and the columns that it looks at.
struct Units {
  std::vector<std::uint64_t> id;
  std::vector<StateMask> states;
  std::vector<std::uint64_t> derived, programmes;
  std::vector<std::uint16_t> cell, age_sex;
  std::vector<std::vector<std::uint8_t>> levels;
  /// As the kernel takes them; valid until the next call.
  kernel::UnitBlock block() const;

 private:
  mutable std::vector<kernel::Unit> made_;
};

/// Units with about one state in five on, and at most one member of a group.
Units random_units(std::uint64_t seed, const Model& model, int count);

/// A model of states without edges, groups and masks: one cell, begin and end at these hazards per year (0: closed).
struct Hazards {
  double begin = 0, end = 0;
};
Model constant_model(const std::vector<Hazards>& states);

/// log2 of a hazard per year in 2^-20 doublings, as the compiler of the model rounds it.
std::int32_t log_hazard(double per_year);

/// Builds the vectors (state_of, live; lanes at their draw modulo sixteen, so that there are gaps) and the empty tables
/// for the states and groups of the model.
void lay_out_matrix(Model& model, int cells);

/// The vector forms that this processor can run.
inline std::vector<Isa> vector_forms() {
  std::vector<Isa> forms;
  for (const Isa isa : {Isa::avx2, Isa::avx512})
    if (isa <= best_isa()) forms.push_back(isa);
  return forms;
}

/// Records of one call.
std::vector<kernel::Fired> fired(const kernel::KernelModel& model, const kernel::Month& month,
                                 const kernel::UnitBlock& block, std::int64_t* clipped = nullptr);

/// What records do to states: as the engine applies them.
void apply(const Model& model, const std::vector<kernel::Fired>& records, Units& units);

}  // namespace sleutel::test
