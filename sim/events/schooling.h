#pragma once
/// \file
/// Going through school. Residents::education is the level attained; who is at school or in study has kLearning, and
/// may still reach more:
///
///     under school_ends               low, learning
///     up to vocational_ends           low, learning: for the middle level (mbo 2-4)
///     from school_ends on             middle, learning: for the high level (hbo, wo), until the study ends
///     who does not learn (any more)   the level that was reached
///
/// What a child reaches is drawn when it leaves school, by the level of its mother; docs/decisions/0050 says why.

#include "sleutel/city.h"
#include "sleutel/flows.h"
#include "sleutel/random.h"

namespace sleutel {

/// The level that is reached by the child of a mother of this level.
Education level_reached(const Flows& flows, Education of_mother, double u);

/// Share of those in higher education at this age who study on, of all who began it.
double share_still_studying(const Flows& flows, double years);

/// The level that somebody has, or learns for if adult.
Education level_ahead(const Residents& residents, Row who, int month);

/// The level by which a resident is compared, when it is frozen: of an adult who learns, the one that he learns for; of
/// a child at home or a minor the mother's if she is known, else that of the reference person.
Education stratum_of_education(const City& city, Row who, int month);

/// The school years of residents whose level of today is known, while their past is replayed. It makes everybody low,
/// lets each reach what he has today in time, and has no effect on anything else.
class PastSchooling {
 public:
  PastSchooling(City& city, const Flows& flows, StreamKey key);
  /// Who reaches a level in this month, or did before.
  void happen(City& city, int month);

 private:
  struct Step {
    int month = 0;
    Row who = kNone;
    Education level = Education::low;
    friend bool operator<(const Step& a, const Step& b) {
      return a.month != b.month ? a.month < b.month : a.who != b.who ? a.who < b.who : a.level < b.level;
    }
  };
  std::vector<Step> steps_;
  std::size_t done_ = 0;
};

}  // namespace sleutel
