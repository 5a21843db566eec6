#pragma once
/// \file
/// What goes into the kernel and what comes out: units (residents, households or couples) and records of the
/// transitions that happen to them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sleutel/model.h"

namespace sleutel::kernel {

/// One unit. A cache line: whoever looks at a unit here and there touches one, not one for each column.
struct alignas(64) Unit {
  std::uint64_t id = 0;          ///< names the draws of the unit
  StateMask states;              ///< of the unit; for households and couples: of any adult
  std::uint64_t derived = 0;     ///< bit i: derived predictor i of the matrix is on
  std::uint64_t programmes = 0;  ///< bit i: takes part in programme i of the study
  std::uint16_t cell = 0;        ///< row of the base tables, below Matrix::cells; not read by responses
  std::uint16_t age_sex = 0;     ///< min(age, kMaxAge) * 2 + sex; read by responses only
  std::array<std::uint8_t, kMaxLevelPredictors> levels{};  ///< value of each quantised predictor
};

using UnitBlock = std::span<const Unit>;

/// A transition that happens this month.
/// A group that goes from member i to member j has one record, the begin of j: the end of i is implied. A group that
/// goes from a member to its rest has one record, the end of that member.
struct Fired {
  std::uint32_t unit = 0;   ///< index in the block
  std::int16_t state = -1;  ///< position in Model::states
  Change change = Change::begin;
  friend bool operator==(const Fired&, const Fired&) = default;
};

/// Records of one call after another, and the working space of the kernel. Reused by its owner (one task) so that
/// nothing is allocated once it has grown to what the largest block needs.
class FiredBuffer {
 public:
  void clear() { records_.clear(); }
  /// Drops all records after the first `count`.
  void keep(std::size_t count) { records_.resize(count); }
  void add(const Fired& fired) { records_.push_back(fired); }
  std::span<Fired> records() { return records_; }
  std::span<const Fired> records() const { return records_; }

  /// At least `bytes` of working space, aligned to a cache line; what it holds does not outlive the call.
  std::byte* scratch(std::size_t bytes) {
    if (scratch_.size() < bytes) scratch_.resize(bytes);
    return scratch_.data();
  }

 private:
  std::vector<Fired> records_;
  Column<std::byte> scratch_;
};

}  // namespace sleutel::kernel
