#include "sim/engine/panel.h"

#include <algorithm>
#include <utility>

namespace sleutel {

namespace {

static_assert(kPanelMeans == kMaxMeans);

/// Position of a resident in the panel, or -1. Ids of the start are small; those of who comes later are not in it.
std::int32_t position(const Panel& panel, std::uint64_t id) { return id < panel.of_id.size() ? panel.of_id[id] : -1; }

/// Who died or moved out this month.
void note_gone(Run& run) {
  for (const Request& done : run.done) {
    if (done.kind != EventKind::death && done.kind != EventKind::leaving_city) continue;
    const std::int32_t who = position(run.panel, done.id);
    if (who < 0) continue;
    run.panel.status[static_cast<std::size_t>(who)] =
        done.kind == EventKind::death ? PanelMonth::died : PanelMonth::moved_out;
  }
}

/// The month that is over, of who lives here.
PanelMonth month_of(const Run& run, Row row) {
  const Residents& residents = run.city.residents;
  const Households& households = run.city.households;
  const Row household = residents.household[row];
  const Counted& counted = run.counted[row];
  const Observed& observed = run.arm->observed;
  const int age = std::clamp(residents.age_months(row, run.month - 1) / 12, 0, kAgeRows - 1);
  PanelMonth month;
  month.states = residents.states[row];
  month.programmes = residents.programmes[row];
  month.outcomes = counted.held & observed.of_cuts;
  month.asked = observed.of_age[static_cast<std::size_t>(age)];
  month.means = counted.means;
  month.stress_fast = residents.stress_fast[row];
  month.stress_slow = residents.stress_slow[row];
  month.household_size = households.size[household];
  month.buurt = households.buurt[household];
  month.income_group = households.income_group[household];
  month.education = static_cast<std::uint8_t>(residents.education[row]);
  month.household_kind = static_cast<std::uint8_t>(households.kind[household]);
  return month;
}

}  // namespace

std::vector<std::uint64_t> choose_panel(const City& start, std::uint64_t seed, std::size_t count) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> drawn;  // draw, id
  for (Row row = 0; row < start.residents.size(); ++row) {
    const std::uint64_t id = start.residents.id[row];
    if (start.residents.present(row))
      drawn.emplace_back(first_word({stream_key(seed, 0, 0), id, 0, Purpose::panel()}), id);
  }
  std::sort(drawn.begin(), drawn.end());
  drawn.resize(std::min(count, drawn.size()));
  std::vector<std::uint64_t> ids;
  for (const auto& [draw, id] : drawn) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

void begin_panel(Run& run) {
  const std::vector<std::uint64_t>& ids = run.arm->plan.panel;
  Panel& panel = run.panel;
  panel.of_id.assign(ids.empty() ? 0 : ids.back() + 1, -1);
  for (std::size_t i = 0; i < ids.size(); ++i) panel.of_id[ids[i]] = static_cast<std::int32_t>(i);
  panel.rows.assign(ids.size(), kNone);
  panel.status.assign(ids.size(), PanelMonth::lives_here);
  panel.months.assign(ids.size() * 12, PanelMonth{});
}

void open_panel(Run& run) {
  Panel& panel = run.panel;
  if (panel.rows.empty()) return;
  const Residents& residents = run.city.residents;
  for (Row row = 0; row < residents.size(); ++row) {
    const std::int32_t who = position(panel, residents.id[row]);
    if (who >= 0) panel.rows[static_cast<std::size_t>(who)] = row;
  }
}

void see_panel(Run& run) {
  Panel& panel = run.panel;
  if (panel.rows.empty()) return;
  note_gone(run);
  const std::size_t month = static_cast<std::size_t>(run.month - 1) % 12;
  for (std::size_t i = 0; i < panel.rows.size(); ++i) {
    PanelMonth& seen = panel.months[i * 12 + month];
    seen = panel.status[i] == PanelMonth::lives_here ? month_of(run, panel.rows[i]) : PanelMonth{};
    seen.status = panel.status[i];
  }
}

}  // namespace sleutel
