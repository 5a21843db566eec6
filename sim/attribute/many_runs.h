#pragma once
/// \file
/// Runs of one study under many variants of its model, paired, on all threads. A few variants at a time become the arms
/// of one plan, because each is a whole model in memory; runs of one replicate draw the same numbers in all of them.

#include <array>
#include <functional>
#include <vector>

#include "sleutel/simulation.h"

namespace sleutel {

inline constexpr int kStrataCells = kIncomeGroups * kLifeStages * 2;  ///< (income * stages + stage) * 2 + sex

/// Sums of one outcome over all years of one run, in the units of Tally.
struct StrataSums {
  std::array<std::int64_t, kStrataCells> numerator{}, denominator{};
};

class SumsOfRuns {
 public:
  SumsOfRuns(std::size_t variants, std::size_t replicates, std::size_t outcomes)
      : replicates_(replicates), outcomes_(outcomes), sums_(variants * replicates * outcomes) {}

  std::size_t variants() const { return sums_.size() / (replicates_ * outcomes_); }
  std::size_t replicates() const { return replicates_; }
  StrataSums& at(std::size_t variant, std::size_t replicate, std::size_t outcome) {
    return sums_[(variant * replicates_ + replicate) * outcomes_ + outcome];
  }
  const StrataSums& at(std::size_t variant, std::size_t replicate, std::size_t outcome) const {
    return sums_[(variant * replicates_ + replicate) * outcomes_ + outcome];
  }

 private:
  std::size_t replicates_, outcomes_;
  std::vector<StrataSums> sums_;  ///< [variant][replicate][outcome]
};

struct ManyRuns {
  const StudyPlan& plan;     ///< its first arm is what variants are made of
  std::size_t variants = 0;  ///< how many there are
  std::function<std::shared_ptr<const Model>(std::size_t variant)> model;
  std::vector<int> outcomes;  ///< positions in Model::outcomes
};

/// Errors: EnvironmentError (interrupted) if `stop` becomes true: nothing of it is kept.
SumsOfRuns live_variants(const ManyRuns& runs, const RunOptions& options, Progress& progress,
                         const std::atomic<bool>& stop);

}  // namespace sleutel
