#include "sim/cli/going_on.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.h"
#include "sim/study/start_cache.h"

namespace sleutel {
namespace {

/// Why what was kept of a run is not gone on with; empty if there is nothing, or it is.
std::string why_not(const KeptRun& kept, int years_recorded) {
  if (kept.state == KeptState::damaged) return "is cut off or damaged";
  if (kept.state == KeptState::other) return "is of another study or version";
  if (kept.state == KeptState::whole && kept.years > years_recorded) return "is later than the years that are recorded";
  return "";
}

}  // namespace

Checkpoints checkpoints_of(const Hdf5Recorder& recorder, int seconds) {
  return {recorder.partial_path(), fmt::format("{} {:016x}", recorder.inputs(), engine_id()),
          static_cast<double>(seconds)};
}

void leave_out_recorded(const Hdf5Recorder& recorder, const Study& study, const Call& call, RunOptions& options) {
  const int scenarios = static_cast<int>(study.scenarios.size()), all = scenarios * study.replicates;
  int there = 0, later = 0;
  for (int run = 0; run < all; ++run) {
    const int scenario = run % scenarios, replicate = run / scenarios;
    const int years = recorder.years_of(scenario, replicate);
    there += years == study.years ? 1 : 0;
    if (years == study.years || years == 0) continue;
    const KeptRun kept = kept_run(options.checkpoints, scenario, replicate);
    const std::string why = why_not(kept, years);
    if (!why.empty()) hint(call, fmt::format("{} {}: its run is lived from its start\n", kept.file, why));
    later += kept.state == KeptState::whole && why.empty() ? 1 : 0;
  }
  const std::string go_on =
      later > 0 ? fmt::format(" {} on at a later year,", later == 1 ? "1 goes" : fmt::format("{} go", later)) : "";
  hint(call, fmt::format("{}: {} of {} are there,{} the others are lived from their start\n", recorder.partial_path(),
                         there, counted(static_cast<std::size_t>(all), "run"), go_on));
  if (recorder.damaged_years() > 0)
    hint(call,
         fmt::format("{}: {} damaged (the checksum is another): the runs are lived again\n", recorder.partial_path(),
                     counted(static_cast<std::size_t>(recorder.damaged_years()), "year")));
  options.years_recorded = [&recorder](int scenario, int replicate) { return recorder.years_of(scenario, replicate); };
}

void forget_kept_runs(const Study& study, const Checkpoints& checkpoints) {
  for (int scenario = 0; scenario < static_cast<int>(study.scenarios.size()); ++scenario)
    for (int replicate = 0; replicate < study.replicates; ++replicate) forget_kept(checkpoints, scenario, replicate);
}

}  // namespace sleutel
