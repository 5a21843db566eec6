#include "sim/trace/pick.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/trace/watch.h"

namespace sleutel {
namespace {

/// What one run was like for one resident.
struct Lived {
  std::int64_t burden = 0;
  int months = 0;  ///< that he lived in the city
  bool took_part = false;
};

StateMask burdens_of(const Model& model) {
  StateMask mask;
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const State& state = model.states[i];
    const bool counts =
        state.kind == StateKind::stressor || state.kind == StateKind::condition || state.kind == StateKind::mood;
    if (counts && !state.is_event && !state.is_rest) mask.set(static_cast<int>(i));
  }
  return mask;
}

/// [id] of the residents of the start.
std::vector<Lived> all_lives(const StudyPlan& plan, int scenario, int replicate, const RunOptions& options) {
  std::uint64_t last = 0;
  for (const std::uint64_t id : plan.start->residents.id) last = std::max(last, id);
  std::vector<Lived> lives(last + 1);
  const Arm arm(plan, scenario, chosen_isa(options.isa));
  const StateMask mask = burdens_of(arm.model);
  const Threads threads(allowed_threads(options.threads));
  Run run(Blocks(options.rows_per_block, &threads));
  const auto after = [&](const Run& now) {
    const Residents& residents = now.city.residents;
    for (Row row = 0; row < residents.size(); ++row) {
      if (residents.id[row] > last || !residents.present(row)) continue;
      Lived& life = lives[residents.id[row]];
      const StateMask& states = residents.states[row];
      life.burden += std::popcount(states.word[0] & mask.word[0]) + std::popcount(states.word[1] & mask.word[1]);
      life.took_part = life.took_part || residents.programmes[row] != 0;
      ++life.months;
    }
  };
  live_watched(
      run, arm, replicate, [](const Run&) {}, after);
  return lives;
}

}  // namespace

std::optional<Picked> pick_life(const StudyPlan& plan, int scenario, int against, int replicate, Pick pick,
                                const RunOptions& options) {
  const auto with = all_lives(plan, scenario, replicate, options);
  const auto without = all_lives(plan, against, replicate, options);
  const bool any = plan.arms[static_cast<std::size_t>(scenario)].programmes.empty();
  Picked picked;
  std::vector<std::pair<std::int64_t, std::uint64_t>> order;
  for (std::uint64_t id = 0; id < with.size(); ++id) {
    if (with[id].months != plan.months() || without[id].months != plan.months()) continue;
    if (!any && !with[id].took_part) continue;
    ++picked.asked;
    const std::int64_t benefit = without[id].burden - with[id].burden;
    const bool helped = benefit > 0;
    if (helped != (pick == Pick::median_benefit)) continue;
    order.emplace_back(helped ? benefit : with[id].burden, id);
  }
  if (order.empty()) return std::nullopt;
  std::sort(order.begin(), order.end());
  picked.among = order.size();
  picked.resident = order[(order.size() - 1) / 2].second;
  picked.burden = with[picked.resident].burden;
  picked.other_burden = without[picked.resident].burden;
  return picked;
}

std::string rule_text(Pick pick, bool has_programmes) {
  const std::string who =
      has_programmes ? "the residents who take part in a programme of the scenario" : "all residents who";
  const std::string whose =
      "Of " + who + (has_programmes ? " and" : "") + " live in the city to the end of both lives, ";
  const std::string burden = "(months with a stressor, condition or mood, each counted)";
  if (pick == Pick::median_benefit)
    return whose + "those whose burden " + burden +
           " is lower under the scenario; in order of how much lower, then of id; the one in the middle.";
  return whose + "those whose burden " + burden +
         " is not lower under the scenario; in order of their burden, then of id; the one in the middle.";
}

}  // namespace sleutel
