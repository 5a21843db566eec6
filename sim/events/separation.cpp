#include <algorithm>
#include <vector>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"

// A separation makes two households. Who says what:
//   children   minors who are the couple's, or hers, live with the mother in the declared share of separations, else
//              with the other parent; a minor whose mother is somebody else stays with the partner who is the man (or,
//              of two women or two men, with the one of higher id: who keeps the others is drawn);
//              adult children stay in the home;
//   home       who does not keep the minors leaves it; without minors a keyed coin decides;
//   states     household-level states, with their classes, are kept by both households;
//   record     one kind of adversity more for each minor.

namespace sleutel {
namespace {

struct Couple {
  Row one = kNone, other = kNone;  ///< one has the lower id
};

Couple couple_of(const EventContext& context, Row who) {
  const Row partner = context.city.residents.partner[who];
  return context.id(who) < context.id(partner) ? Couple{who, partner} : Couple{partner, who};
}

/// The one who counts as the mother when homes of children are decided.
Row mother_of_couple(const EventContext& context, const Couple& couple) {
  return context.city.residents.sex[couple.one] == Sex::female     ? couple.one
         : context.city.residents.sex[couple.other] == Sex::female ? couple.other
                                                                   : couple.one;
}

bool is_minor_child(const EventContext& context, Row row) {
  return context.city.residents.is(row, kChildAtHome) && !context.adult(row);
}

/// With whom a minor lives from now on.
Row parent_who_keeps(const EventContext& context, const Couple& couple, Row child, Row keeper, Row mother) {
  const Row born_of = context.city.residents.mother[child];
  const bool of_couple = born_of == couple.one || born_of == couple.other;
  if (of_couple || born_of == kNone) return keeper;
  return mother == couple.one ? couple.other : couple.one;
}

void record_for_children(EventContext& context, std::span<const Row> members) {
  for (const Row row : members) {
    if (!is_minor_child(context, row)) continue;
    std::uint8_t& adversity = context.city.residents.adversity[row];
    adversity = static_cast<std::uint8_t>(std::min(10, adversity + 1));
  }
}

Row leaver_of(const EventContext& context, const Couple& couple, bool minors, Row keeper) {
  if (minors) return keeper == couple.one ? couple.other : couple.one;
  return context.uniform(context.id(couple.one), purpose::separation_leaver) < 0.5 ? couple.one : couple.other;
}

/// The leaver's new address: a home of his own, or, in an institution or when nothing is vacant, the same dwelling.
Row address_of(EventContext& context, Row leaver, Row household, bool alone) {
  const City& city = context.city;
  const Row present = city.households.dwelling[household];
  if (city.residents.is(leaver, kInstitution)) return present;
  const HomeSeeker seeker{context.id(leaver), city.residents.is(leaver, kStudent),
                          city.households.income_group[household], context.age_months(leaver) >= kOlderMonths, alone};
  return find_home_or(context, seeker, present);
}

void begin_separated(EventContext& context, Row who) {
  const int separated = context.model.roles.separated;
  if (separated >= 0) begin_state(context.change(), who, separated, context.id(who));
}

}  // namespace

/// A couple separates, asked for once by either of the two; asked again in the same month, nothing happens.
void separate(EventContext& context, Row who) {
  City& city = context.city;
  if (city.residents.partner[who] == kNone) return;
  const Couple couple = couple_of(context, who);
  const Row household = city.residents.household[who];
  std::vector<Row>& members = context.memory.members;
  list_members(city, household, members);
  const bool minors = std::any_of(members.begin(), members.end(), [&](Row r) { return is_minor_child(context, r); });
  const Row mother = mother_of_couple(context, couple);
  const Row father = mother == couple.one ? couple.other : couple.one;
  const double u = context.uniform(context.id(couple.one), purpose::separation_children);
  const Row keeper = u < context.flows.children_with_mother ? mother : father;
  const Row leaver = leaver_of(context, couple, minors, keeper);
  record_for_children(context, members);
  part(city, who);
  const Row made = set_up_household(context, leaver, address_of(context, leaver, household, !minors));
  for (const Row row : members) {
    if (is_minor_child(context, row) && parent_who_keeps(context, couple, row, keeper, mother) == leaver)
      bring(context, row, made);
  }
  share_household_states(context, made);
  settle(context, household);
  settle(context, made);
  for (const Row one : {couple.one, couple.other}) {
    start_working(context, one);
    begin_separated(context, one);
    context.note(EventKind::separating, one);
  }
  settle(context, household);
  settle(context, made);
}

}  // namespace sleutel
