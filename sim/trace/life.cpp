#include "sim/trace/life.h"

#include <algorithm>

#include "sim/engine/arm.h"
#include "sim/trace/watch.h"

namespace sleutel {
namespace {

Situation situation_of(const City& city, Row row, int month) {
  const Residents& residents = city.residents;
  Situation now;
  if (row == kNone || !residents.present(row)) return now;
  const Row household = residents.household[row];
  now.here = true;
  now.stage = life_stage(std::max(0, residents.age_months(row, month)) / 12);
  now.household = city.households.kind[household];
  now.persons = city.households.size[household];
  now.states = residents.states[row];
  now.programmes = residents.programmes[row];
  return now;
}

/// Row of the unit of a level that a resident belongs to, or kNone.
Row unit_row(const Run& run, Level level, Row row) {
  if (level == Level::resident) return row;
  if (level == Level::household) return run.city.residents.household[row];
  return run.around.couple[row] != 0 ? row : run.city.residents.partner[row];
}

MonthOfUnits units_of(const Run& run, Row row) {
  MonthOfUnits month;
  if (row == kNone || !run.city.residents.present(row)) return month;
  for (std::size_t level = 0; level < kLevelsOfUnits; ++level) {
    const UnitSource from = run.source(static_cast<Level>(level));
    const Row unit = unit_row(run, from.level, row);
    month.is[level] = unit != kNone && is_unit(from, unit);
    if (month.is[level]) month.units[level] = make_unit(from, unit);
  }
  return month;
}

/// The entries of one life, month by month.
class Writer {
 public:
  Writer(const Arm& arm, Life& life) : arm_(arm), life_(life), before_(life.start) {}

  void month(int month, const MonthOfUnits& units, const Situation& now, const std::vector<Event>& happened) {
    const std::size_t first = life_.entries.size();
    month_ = month;
    if (before_.here && !now.here) before_.stage = stage_;
    stage_ = now.here ? now.stage : before_.stage;
    for (const Event& event : happened)
      if (event.resident == life_.resident) add_drawn(units, event);
    if (before_.here && now.here) add_followed(now, first);
    if (before_.here && !now.here && !left_by_event(first)) add(Entry::Kind::gone, -1);
    std::stable_sort(life_.entries.begin() + static_cast<std::ptrdiff_t>(first), life_.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.kind < b.kind; });
    before_ = now;
  }

 private:
  Entry& add(Entry::Kind kind, int what) {
    Entry entry;
    entry.month = month_;
    entry.kind = kind;
    entry.what = what;
    entry.stage = stage_;
    life_.entries.push_back(entry);
    return life_.entries.back();
  }

  void add_drawn(const MonthOfUnits& units, const Event& event) {
    const State& state = arm_.model.states[static_cast<std::size_t>(event.state)];
    const auto level = static_cast<std::size_t>(state.level);
    const Entry::Kind kind = state.is_event                  ? Entry::Kind::event
                             : event.change == Change::begin ? Entry::Kind::begin
                                                             : Entry::Kind::end;
    Entry& entry = add(kind, event.state);
    entry.drawn = true;
    entry.level = state.level;
    if (units.is[level]) entry.hazard = hazard_at(arm_, units.units[level], state.level, event.state, event.change);
  }

  bool noted(std::size_t first, Entry::Kind kind, int what) const {
    return std::any_of(life_.entries.begin() + static_cast<std::ptrdiff_t>(first), life_.entries.end(),
                       [&](const Entry& one) { return one.kind == kind && one.what == what; });
  }

  /// What changed without a draw of its own: marks, incomes that followed, states that a group ended, programmes.
  void add_followed(const Situation& now, std::size_t first) {
    for (int state = 0; state < static_cast<int>(arm_.model.states.size()); ++state) {
      const bool was = before_.states.test(state), is = now.states.test(state);
      const Entry::Kind kind = is ? Entry::Kind::begin : Entry::Kind::end;
      if (was != is && !noted(first, kind, state)) add(kind, state);
    }
    for (int k = 0; k < static_cast<int>(arm_.plan.programmes.size()); ++k) {
      const bool was = (before_.programmes >> k & 1) != 0, is = (now.programmes >> k & 1) != 0;
      if (was != is) add(is ? Entry::Kind::joins : Entry::Kind::leaves, k);
    }
    if (now.household == before_.household && now.persons == before_.persons) return;
    Entry& entry = add(Entry::Kind::household, -1);
    entry.household = now.household;
    entry.persons = now.persons;
  }

  bool left_by_event(std::size_t first) const {
    return noted(first, Entry::Kind::event, arm_.model.roles.death) ||
           noted(first, Entry::Kind::event, arm_.model.roles.leaving_city);
  }

  const Arm& arm_;
  Life& life_;
  Situation before_;
  int month_ = 0;
  LifeStage stage_ = LifeStage::first_years;
};

}  // namespace

Row row_of(const City& city, std::uint64_t id) {
  const auto& ids = city.residents.id;
  const auto at = std::find(ids.begin(), ids.end(), id);
  return at == ids.end() ? kNone : static_cast<Row>(at - ids.begin());
}

Follower::Follower(const StudyPlan& plan, int scenario, const RunOptions& options)
    : arm_(plan, scenario, chosen_isa(options.isa)), options_(options) {}

Life Follower::life(int replicate, std::uint64_t resident) const {
  const StudyPlan& plan = arm_.plan;
  Life life;
  life.resident = resident;
  life.replicate = replicate;
  life.scenario = plan.arms[static_cast<std::size_t>(arm_.scenario)].name;
  life.start = situation_of(*plan.start, row_of(*plan.start, resident), 0);
  Writer writer(arm_, life);
  const Threads threads(allowed_threads(options_.threads));
  Run run(Blocks(options_.rows_per_block, &threads));
  std::vector<Event> happened;
  run.history = &happened;
  Row row = kNone;
  const auto before = [&](const Run& now) {
    happened.clear();
    row = row_of(now.city, resident);
    life.drawn_from.push_back(units_of(now, row));
  };
  const auto after = [&](const Run& now) {
    life.months.push_back(situation_of(now.city, row, now.month));
    std::sort(happened.begin(), happened.end(), [](const Event& a, const Event& b) { return a.state < b.state; });
    writer.month(now.month, life.drawn_from.back(), life.months.back(), happened);
  };
  live_watched(run, arm_, replicate, before, after);
  return life;
}

Hazard Follower::hazard_in(const Life& life, int month, int state, Change change) const {
  const Level level = arm_.model.states[static_cast<std::size_t>(state)].level;
  const MonthOfUnits& units = life.drawn_from[static_cast<std::size_t>(month)];
  if (!units.is[static_cast<std::size_t>(level)]) return {};
  return hazard_at(arm_, units.units[static_cast<std::size_t>(level)], level, state, change);
}

}  // namespace sleutel
