#include "sim/events/consequences.h"

#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/income.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

StateMask without(const StateMask& mask, const StateMask& drop) {
  return {{mask.word[0] & ~drop.word[0], mask.word[1] & ~drop.word[1]}};
}

StateMask common(const StateMask& one, const StateMask& other) {
  return {{one.word[0] & other.word[0], one.word[1] & other.word[1]}};
}

/// Gives `who` one household state of another member, as old as it is there.
void share_state(EventContext& context, Row who, Row from, int state) {
  Residents& residents = context.city.residents;
  if (!residents.states[from].test(state) || residents.states[who].test(state)) return;
  residents.states[who].set(state);
  context.city.touch(who, kTouchedStates);
  const int slot = context.model.states[static_cast<std::size_t>(state)].months_slot;
  if (slot < 0) return;
  const auto at = static_cast<std::size_t>(slot);
  residents.months_in[who][at] = residents.months_in[from][at];
}

/// Household states that any member has.
StateMask household_states_of(const EventContext& context, Row household) {
  StateMask any;
  for_each_member(context.city, household, [&](Row row) { any |= context.city.residents.states[row]; });
  return common(any, context.memory.household_states);
}

/// Classes of states that the newcomer brings and the household does not have yet.
void bring_classes(EventContext& context, Row who, Row household) {
  Households& households = context.city.households;
  const StateMask came = without(common(context.city.residents.states[who], context.memory.household_states),
                                 household_states_of(context, household));
  if (came == StateMask{}) return;
  const std::uint8_t classes = households.classes[context.city.residents.household[who]];
  std::uint8_t& own = households.classes[household];
  for (std::size_t i = 0; i < context.model.states.size(); ++i) {
    const int class_bit = context.model.states[i].class_bit;
    if (class_bit < 0 || !came.test(static_cast<int>(i))) continue;
    const auto bit = static_cast<std::uint8_t>(1U << class_bit);
    own = static_cast<std::uint8_t>((own & ~bit) | (classes & bit));
  }
}

/// Who of a household has a state; the lowest id if several have.
Row holder_of(const EventContext& context, Row household, int state) {
  Row holder = kNone;
  for_each_member(context.city, household, [&](Row row) {
    if (!context.city.residents.states[row].test(state)) return;
    if (holder == kNone || context.id(row) < context.id(holder)) holder = row;
  });
  return holder;
}

}  // namespace

void settle(EventContext& context, Row household) {
  if (context.city.households.size[household] == 0) return;
  refresh(context.city, household, context.month);
  refresh_income(context.change(), household);
}

Row set_up_household(EventContext& context, Row who, Row dwelling) {
  City& city = context.city;
  const bool in_care = city.dwellings.kind[dwelling] == DwellingKind::institution;
  const Row made = new_household(city, context.memory.free_households, dwelling);
  city.households.classes[made] = city.households.classes[city.residents.household[who]];
  mark_left(context, move_out(city, who));
  move_in(city, who, made);
  clear_flag(city.residents, who, kChildAtHome);
  if (!in_care) clear_flag(city.residents, who, kInstitution);
  return made;
}

/// A poor or cold home is the home's: who moves in with others leaves his own behind, and shares theirs.
void leave_poor_home(EventContext& context, Row who) {
  const int poor = context.model.roles.poor_housing;
  if (poor < 0 || !context.city.residents.states[who].test(poor)) return;
  context.city.residents.states[who].reset(poor);
  context.city.touch(who, kTouchedStates);
}

void bring(EventContext& context, Row who, Row household) {
  if (context.city.households.size[household] > 0) leave_poor_home(context, who);
  bring_classes(context, who, household);
  mark_left(context, move_out(context.city, who));
  move_in(context.city, who, household);
}

void share_household_states(EventContext& context, Row household) {
  const StateMask any = household_states_of(context, household);
  if (any == StateMask{}) return;
  for (std::size_t i = 0; i < context.model.states.size(); ++i) {
    const int state = static_cast<int>(i);
    if (!any.test(state)) continue;
    const Row holder = holder_of(context, household, state);
    for_each_member(context.city, household, [&](Row row) { share_state(context, row, holder, state); });
  }
}

void drop_household_states(EventContext& context, Row who) {
  StateMask& states = context.city.residents.states[who];
  states = without(states, context.memory.household_states);
  context.city.touch(who, kTouchedStates);
}

void start_working(EventContext& context, Row who) {
  Residents& residents = context.city.residents;
  if (residents.income[who] > 0) return;
  const std::vector<Row>& earners = context.memory.earners[static_cast<std::size_t>(residents.education[who])];
  if (earners.empty()) return;
  const double u = context.uniform(context.id(who), purpose::work_income);
  residents.income[who] =
      context.start.residents.income[earners[static_cast<std::size_t>(u * static_cast<double>(earners.size()))]];
}

}  // namespace sleutel
