#include "sim/events/states.h"

#include <algorithm>

#include "sim/events/income.h"

namespace sleutel {
namespace {

void reset_months(Residents& residents, Row who, int slot) {
  if (slot >= 0) residents.months_in[who][static_cast<std::size_t>(slot)] = 0;
}

void add_shock(std::uint16_t& shock, std::uint16_t points) {
  shock = static_cast<std::uint16_t>(std::min(65535, int{shock} + int{points}));
}

/// A history is set anew each time: what counts is the time since the last time.
void mark(const StateChange& change, Row who, int history) {
  if (history < 0) return;
  change.city.residents.states[who].set(history);
  reset_months(change.city.residents, who, change.model.states[static_cast<std::size_t>(history)].months_slot);
}

void draw_class(const StateChange& change, Row who, const State& state, std::uint64_t named_by) {
  if (state.class_bit < 0) return;
  const double u =
      uniform({change.key, named_by, static_cast<std::uint32_t>(change.month), Purpose::state_class(state.draw)});
  City& city = change.city;
  std::uint8_t& classes = state.level == Level::household ? city.households.classes[city.residents.household[who]]
                                                          : city.residents.classes[who];
  const auto bit = static_cast<std::uint8_t>(1U << state.class_bit);
  classes = static_cast<std::uint8_t>(u < state.class_share ? classes | bit : classes & ~bit);
}

bool leave_group(const StateChange& change, Row who, int group, int keep) {
  bool income = false;
  if (group < 0) return income;
  for (const int member : change.model.groups[static_cast<std::size_t>(group)].members)
    if (member != keep) income |= end_apart_from_income(change, who, member);
  return income;
}

}  // namespace

bool begin_apart_from_income(const StateChange& change, Row who, int state, std::uint64_t named_by) {
  Residents& residents = change.city.residents;
  const State& what = change.model.states[static_cast<std::size_t>(state)];
  if (what.is_event || what.is_rest || residents.states[who].test(state)) return false;
  if (change.model.absent.test(state)) return false;
  change.city.touch(who, kTouchedStates);
  const bool income = leave_group(change, who, what.group, state);
  residents.states[who].set(state);
  reset_months(residents, who, what.months_slot);
  draw_class(change, who, what, named_by);
  add_shock(residents.shock_fast[who], what.stress_fast);
  add_shock(residents.shock_slow[who], what.stress_slow);
  mark(change, who, what.marks_on_begin);
  return income || moves_income(change.model.roles, state);
}

bool end_apart_from_income(const StateChange& change, Row who, int state) {
  Residents& residents = change.city.residents;
  const State& what = change.model.states[static_cast<std::size_t>(state)];
  if (what.is_event || what.is_rest || !residents.states[who].test(state)) return false;
#ifndef SLEUTEL_MUTANT_FORGOTTEN_MARK
  change.city.touch(who, kTouchedStates);
#endif
  residents.states[who].reset(state);
  reset_months(residents, who, what.months_slot);
  mark(change, who, what.marks_on_end);
  return moves_income(change.model.roles, state);
}

void begin_state(const StateChange& change, Row who, int state, std::uint64_t named_by) {
  if (begin_apart_from_income(change, who, state, named_by))
    refresh_income(change, change.city.residents.household[who]);
}

void end_state(const StateChange& change, Row who, int state) {
  if (end_apart_from_income(change, who, state)) refresh_income(change, change.city.residents.household[who]);
}

StateMask states_of_level(const Model& model, Level level) {
  StateMask mask;
  for (std::size_t i = 0; i < model.states.size(); ++i)
    if (model.states[i].level == level && !model.states[i].is_event && !model.states[i].is_rest)
      mask.set(static_cast<int>(i));
  return mask;
}

}  // namespace sleutel
