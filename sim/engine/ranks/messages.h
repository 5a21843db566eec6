#pragma once
/// \file
/// What the ranks of a job say to one another. Private to sim/engine/ranks/.

#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#include "sim/engine/ranks/ranks.h"
#include "sleutel/error.h"

namespace sleutel::ranks {

enum Tag : int {
  // from rank 0
  kOrder = 1,  ///< Order: make this plan and ask for runs
  kDeal,       ///< numbers: the run to be lived, or kNoMore
  kStop,       ///< no numbers: end at the end of the month
  kGo,         ///< numbers: 0, or 1 if a rank has died; rank 0 ends, end too
  // to rank 0
  kReady,   ///< Ready
  kWant,    ///< no numbers: a thread is free
  kYear,    ///< numbers: a packed year
  kFailed,  ///< Failure
  kBeat,    ///< numbers: resident-months and run-months since the last
  kOver,    ///< numbers: 1 if it was interrupted, else 0
};

inline constexpr std::int64_t kNoMore = -1;

using Numbers = std::vector<std::int64_t>;

/// An error as it travels.
struct Failure {
  std::int64_t run = 0, month = 0;
  int code = static_cast<int>(ExitCode::failed);
  std::string text;  ///< empty: none

  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    archive& run& month& code& text;
  }
};

/// A rank that has made the plan, or could not.
struct Ready {
  std::string inputs;
  Failure failure;

  template <class Archive>
  void serialize(Archive& archive, unsigned) {
    archive& inputs& failure;
  }
};

/// The error that is being handled, in words.
Failure failure_of(const std::exception_ptr& why);

/// The year of a run, every number of it, and a sum that shows whether all of it has arrived.
Numbers packed(const YearRecord& record);
/// False for what is left in memory when a rank dies while it sends.
bool is_whole(const Numbers& year);

/// A year that came: the record points into the rest.
struct UnpackedYear {
  UnpackedYear(const Numbers& numbers, const TallyShape& shape);
  UnpackedYear(const UnpackedYear&) = delete;
  UnpackedYear& operator=(const UnpackedYear&) = delete;

  YearRecord record;
  Tally tally;
  AgeTally ages;
  std::vector<ProgrammeYear> programmes;
  std::vector<BudgetYear> budgets;
  PanelYear panel;
};

}  // namespace sleutel::ranks

namespace boost::serialization {
template <class Archive>
void serialize(Archive& archive, sleutel::Order& order, unsigned) {
  archive& order.words& order.inputs& order.threads& order.isa& order.panel;
}
}  // namespace boost::serialization
