#include "sim/events/consequences.h"
#include "sim/events/households.h"

namespace sleutel {
namespace {

void depart(EventContext& context, Row who) {
  take_away(context.city, who);
  ++context.books.departures;
  context.note(EventKind::leaving_city, who);
}

/// True if the whole household goes when `who` goes: a head of a family or a couple.
bool takes_household(const EventContext& context, Row who) {
  const City& city = context.city;
  const Row household = city.residents.household[who];
  return !city.residents.is(who, kChildAtHome) && !city.residents.is(who, kInstitution) &&
         (city.residents.partner[who] != kNone || city.households.kind[household] == HouseholdKind::lone_parent);
}

}  // namespace

/// A departure. A couple goes as a household and goes once: the event of the partner with the lower id counts, that of
/// the other does nothing, so that each leaves at the table's rate. A lone parent goes with the household; anybody else
/// goes alone, a woman with her minor children, and minors left without an adult are cared for.
void leave_city(EventContext& context, Row who) {
  City& city = context.city;
  const Row partner = city.residents.partner[who];
  if (partner != kNone && context.id(partner) < context.id(who)) return;
  const Row household = city.residents.household[who];
  const bool whole = takes_household(context, who);
  std::vector<Row>& members = context.memory.members;
  list_members(city, household, members);
  for (const Row row : members) {
    const bool own_minor = city.residents.mother[row] == who && !context.adult(row);
    if (row == who || whole || own_minor) depart(context, row);
  }
  settle(context, household);
  care_for_minors(context, household);
}

}  // namespace sleutel
