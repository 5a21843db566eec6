#include <algorithm>

#include "sim/base/math.h"
#include "sim/events/purposes.h"
#include "sim/events/schooling.h"

namespace sleutel {
namespace {

/// When the study of somebody who ended it ended: a constant chance from the declared age on, given that it was before
/// today.
int month_of_degree(const Residents& residents, const Flows& flows, StreamKey key, Row who) {
  const double since = residents.age_months(who, 0) / 12.0 - flows.study_ends_from;
  if (since <= 0) return -1;
  const double u = uniform({key, residents.id[who], 0xffff'0000U, purpose::replay_schooling});
  const double over = 1 - share_still_studying(flows, residents.age_months(who, 0) / 12.0);
  const double took = -math::log2(1 - u * over) * math::kLn2 * flows.study_ends_mean;
  return std::min(-1, residents.birth_month[who] + static_cast<int>((flows.study_ends_from + took) * 12));
}

}  // namespace

PastSchooling::PastSchooling(City& city, const Flows& flows, StreamKey key) {
  Residents& residents = city.residents;
  const auto at = [&](Row who, double years) {
    return std::min(-1, residents.birth_month[who] + static_cast<int>(years * 12));
  };
  for (Row who = 0; who < residents.size(); ++who) {
    const Education level = residents.education[who];
    residents.education[who] = Education::low;
    if (level == Education::low) continue;
    const bool went_on = level == Education::high || residents.is(who, kLearning);
    steps_.push_back({at(who, went_on ? flows.school_ends : flows.vocational_ends), who, Education::middle});
    if (level == Education::high) steps_.push_back({month_of_degree(residents, flows, key, who), who, Education::high});
  }
  std::sort(steps_.begin(), steps_.end());
}

void PastSchooling::happen(City& city, int month) {
  for (; done_ < steps_.size() && steps_[done_].month <= month; ++done_) {
    city.residents.education[steps_[done_].who] = steps_[done_].level;
    city.touch(steps_[done_].who, kTouchedFamily);
  }
}

}  // namespace sleutel
