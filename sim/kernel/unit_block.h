#pragma once
/// \file
/// What goes into the kernel and what comes out: columns of units (residents, households or couples) and records of
/// the transitions that happen to them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sleutel/model.h"

namespace sleutel::kernel {

/// Units as columns. All spans have the same length, except that `programmes` may be empty (nobody takes part),
/// `cell` is needed by draw_transitions only, `age_sex` by responses only, and `levels` only for the quantised
/// predictors that the matrix has.
struct UnitBlock {
  std::span<const std::uint64_t> id;          ///< names the draws of the unit
  std::span<const StateMask> states;          ///< of the unit; for households and couples: of any adult
  std::span<const std::uint64_t> derived;     ///< bit i: derived predictor i of the matrix is on
  std::span<const std::uint64_t> programmes;  ///< bit i: takes part in programme i of the study
  std::span<const std::uint16_t> cell;        ///< row of the base tables, below Matrix::cells
  std::span<const std::uint16_t> age_sex;     ///< min(age, kMaxAge) * 2 + sex
  std::array<std::span<const std::uint8_t>, kMaxLevelPredictors> levels;  ///< value of each quantised predictor

  std::size_t size() const { return id.size(); }
  /// The units from `first` on, `count` of them.
  UnitBlock part(std::size_t first, std::size_t count) const;
};

/// One unit of a block, by value: what the scalar form reads.
struct Unit {
  std::uint64_t id = 0;
  StateMask states;
  std::uint64_t derived = 0;
  std::uint64_t programmes = 0;
  std::uint16_t cell = 0;
  std::uint16_t age_sex = 0;
  std::array<std::uint8_t, kMaxLevelPredictors> levels{};
};

Unit unit_at(const UnitBlock& block, std::size_t index);

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
