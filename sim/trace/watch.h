#pragma once
/// \file
/// A run that is looked at while it lives: just before the transitions of each month are drawn, and when it is over.

#include "sim/engine/float_rules.h"
#include "sim/engine/month.h"

namespace sleutel {

/// Lives one run. Each month before(run) is called when everything that the transitions read is known and nothing is
/// drawn, after(run) when the month is over; `run.month` is that month in both. Rows are the same in both calls, apart
/// from newcomers behind the others; a resort at the end of the year moves them.
template <class Before, class After>
void live_watched(Run& run, const Arm& arm, int replicate, Before&& before, After&& after) {
  const FloatRules rules;
  run.start(arm, replicate);
  while (run.month < arm.plan.months()) {
    if (run.month % 12 == 0) run.open_year();
    for (const Phase& phase : kMonth) {
      if (phase.live == &transitions) before(run);
      phase.live(run);
    }
    after(run);
    ++run.month;
    if (run.month % 12 != 0) continue;
    run.close_year();
    resort(run);
  }
}

}  // namespace sleutel
