#pragma once
/// \file
/// The named random numbers of a calibration. They share the generator of the simulation (include/sleutel/random.h)
/// and none of its names: purposes from 0x7000'0000 up are theirs.

#include <cstdint>

namespace sleutel::calibrate {

/// Which decision of a search a random number is for. Permanent numbers.
enum class Decision : std::uint32_t {
  order_in_design = 0,
  place_in_design = 1,
  step = 2,        ///< of a chain: where to
  accept = 3,      ///< of a chain: whether
  resample = 4,    ///< which evaluations become draws
  first_seed = 5,  ///< of a simulation
};

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : seed_(seed) {}
  /// In [0, 1).
  double uniform(Decision decision, std::uint32_t round, std::uint64_t which, std::uint32_t dimension = 0) const;
  double normal(Decision decision, std::uint32_t round, std::uint64_t which, std::uint32_t dimension) const;
  std::uint64_t word(Decision decision, std::uint32_t round, std::uint64_t which) const;

 private:
  std::uint64_t seed_;
};

}  // namespace sleutel::calibrate
