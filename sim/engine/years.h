#pragma once
/// \file
/// A run from its start to the end of its plan, year by year.

#include <numeric>

#include "sim/engine/month.h"
#include "sim/engine/panel.h"

namespace sleutel {

/// Residents looked at since the run started [resident-months].
inline std::int64_t lived(const Run& run) {
  std::int64_t sum = 0;
  for (const Sums& of_slot : run.sums) sum += of_slot.resident_months;
  return sum;
}

/// Lives the years of a run that was started, from the one at which it stands. After each month go_on(resident-months
/// of it) is asked; if it says no, the run ends there and false is returned. After each whole year tell(record) is
/// called; the record is valid during the call.
template <class Tell, class GoOn>
bool live_years(Run& run, Tell&& tell, GoOn&& go_on) {
  const int years = run.arm->plan.study.years;
  for (int year = run.month / 12; year < years; ++year) {
    run.open_year();
    open_panel(run);
    for (int month = 0; month < 12; ++month) {
      const std::int64_t before = lived(run);
      advance(run);
      see_panel(run);
      const bool last = year + 1 == years && month == 11;
      if (!go_on(lived(run) - before) && !last) return false;
    }
    run.close_year();
    resort(run);
    const YearRecord record = run.record(year);
    tell(record);
  }
  return true;
}

}  // namespace sleutel
