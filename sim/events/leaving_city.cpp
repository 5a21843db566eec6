#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"

namespace sleutel {
namespace {

void depart(EventContext& context, Row who) {
  mark_left(context, take_away(context.city, who));
  ++context.books.departures;
  context.note(EventKind::leaving_city, who);
}

}  // namespace

/// A household leaves the city, asked for once by the adult who speaks for it: everybody in it goes.
void leave_city(EventContext& context, Row who) {
  std::vector<Row>& members = context.memory.members;
  list_members(context.city, context.city.residents.household[who], members);
  for (const Row row : members) depart(context, row);
}

/// One adult leaves the city, with her own minor children; minors left without an adult are cared for.
void leave_city_alone(EventContext& context, Row who) {
  const Residents& residents = context.city.residents;
  const Row household = residents.household[who];
  std::vector<Row>& members = context.memory.members;
  list_members(context.city, household, members);
  for (const Row row : members)
    if (row == who || (residents.mother[row] == who && !context.adult(row))) depart(context, row);
  settle(context, household);
  care_for_minors(context, household);
}

}  // namespace sleutel
