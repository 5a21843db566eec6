#include "sim/cli/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <vector>

#include "output/hdf5/panel_size.h"
#include "sim/base/numbers.h"
#include "sim/engine/panel.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

constexpr int kYears = 5;              ///< lived to see how large it will be
constexpr std::size_t kMost = 20'000;  ///< residents of whom that is seen

class Kept : public Recorder {
 public:
  void year_done(const YearRecord& record) override { years.push_back(*record.panel); }
  std::vector<PanelYear> years;
};

}  // namespace

void add_panel(StudyPlan& plan, int count) {
  if (count == 0) return;
  plan.panel = choose_panel(*plan.start, plan.study.seed, static_cast<std::size_t>(count));
  if (plan.panel.size() < static_cast<std::size_t>(count))
    throw EnvironmentError(ExitCode::usage,
                           fmt::format("--panel {}: the study begins with {} residents; ask for at most so many", count,
                                       with_thousands(static_cast<std::int64_t>(plan.panel.size()))));
}

std::uint64_t expected_panel(const StudyPlan& plan, const RunOptions& options) {
  if (plan.panel.empty()) return 0;
  StudyPlan some = plan;
  some.study.years = std::min(kYears, plan.study.years);
  some.study.replicates = 1;
  some.arms.resize(1);
  const std::size_t count = std::min(kMost, plan.panel.size());
  some.panel = choose_panel(*plan.start, plan.study.seed, count);
  Kept kept;
  Progress progress;
  RunOptions alone = options;
  alone.years_recorded = {};
  alone.checkpoints = {};
  simulate(some, alone, kept, progress, std::atomic<bool>{false});
  StudyPlan all = plan;
  all.panel = some.panel;
  const double scale = static_cast<double>(plan.panel.size()) / static_cast<double>(count);
  return static_cast<std::uint64_t>(static_cast<double>(panel_bytes(all, kept.years)) * scale);
}

}  // namespace sleutel
