#include "sim/events/absent.h"

#include "sim/events/households.h"
#include "sim/events/income.h"

namespace sleutel {
namespace {

/// True if the income of the household must follow.
bool take_out_of(const StateChange& change, Row who) {
  Residents& residents = change.city.residents;
  bool income = false;
  for (int state = 0; state < static_cast<int>(change.model.states.size()); ++state) {
    if (!change.model.absent.test(state) || !residents.states[who].test(state)) continue;
    const int slot = change.model.states[static_cast<std::size_t>(state)].months_slot;
    residents.states[who].reset(state);
    if (slot >= 0) residents.months_in[who][static_cast<std::size_t>(slot)] = 0;
    income |= moves_income(change.model.roles, state);
  }
  change.city.touch(who, kTouchedStates);
  return income;
}

}  // namespace

void take_out_absent(const StateChange& change, Row household) {
  const Residents& residents = change.city.residents;
  bool income = false;
  for_each_member(change.city, household, [&](Row row) {
    if (residents.states[row].any_of(change.model.absent)) income |= take_out_of(change, row);
  });
  if (income) refresh_income(change, household);
}

void take_out_absent(const StateChange& change) {
  if (change.model.absent == StateMask{}) return;
  for (Row household = 0; household < change.city.households.count(); ++household) take_out_absent(change, household);
}

}  // namespace sleutel
