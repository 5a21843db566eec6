#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"

namespace sleutel {

/// A death: the partner is bereaved, minors left alone are cared for, an empty household leaves its home to others.
/// Household states stay with those who remain.
void die(EventContext& context, Row who) {
  City& city = context.city;
  const Row household = city.residents.household[who];
  const Row partner = city.residents.partner[who];
  mark_left(context, take_away(city, who));
  ++context.books.deaths;
  context.note(EventKind::death, who);
  const int bereaved = context.model.roles.bereaved;
  if (partner != kNone && bereaved >= 0) begin_state(context.change(), partner, bereaved, context.id(partner));
  settle(context, household);
  care_for_minors(context, household);
}

}  // namespace sleutel
