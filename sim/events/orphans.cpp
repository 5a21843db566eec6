#include <algorithm>

#include "sim/events/consequences.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"

// Minors without an adult in their household. They stay together and go to
//   1. the household of the mother of one of them (in order of id), if she lives in the city;
//   2. else, with ties on, the household of an adult tie of one of them;
//   3. else a foster family: of all adults of 25 to 64 who live with a partner or as a parent, outside institutions and
//      student houses, the one whose id is nearest to the eldest child by a keyed mix; so one candidate more takes a
//      child from at most one other family.
// A city without any such adult leaves them where they are: nobody is lost.

namespace sleutel {
namespace {

bool takes_children(const EventContext& context, Row who) {
  const City& city = context.city;
  const Row household = city.residents.household[who];
  const bool ordinary = !city.residents.is(who, kInstitution) && city.households.student_house[household] == 0;
  return ordinary && context.adult(who);
}

Row mother_elsewhere(const EventContext& context, std::span<const Row> children) {
  for (const Row child : children) {
    const Row mother = mother_of(context.city.residents, child);
    if (mother != kNone && takes_children(context, mother)) return mother;
  }
  return kNone;
}

Row tie_who_helps(const EventContext& context, std::span<const Row> children) {
  if (!context.switches.ties) return kNone;
  for (const Row child : children) {
    for (int slot = 0; slot < kTies; ++slot) {
      const Row other = tie_of(context.city.residents, child, slot);
      if (other != kNone && takes_children(context, other)) return other;
    }
  }
  return kNone;
}

bool may_foster(const EventContext& context, Row who) {
  const Residents& residents = context.city.residents;
  if (!residents.present(who) || residents.is(who, kChildAtHome)) return false;
  const int years = context.age_months(who) / 12;
  if (years < 25 || years > 64 || !takes_children(context, who)) return false;
  const HouseholdKind kind = context.city.households.kind[residents.household[who]];
  return kind == HouseholdKind::couple || kind == HouseholdKind::couple_with_children ||
         kind == HouseholdKind::lone_parent;
}

Row foster_parent(const EventContext& context, Row child) {
  const std::uint64_t place = context.word(context.id(child), purpose::foster);
  Row best = kNone;
  std::uint64_t best_distance = ~std::uint64_t{0};  // no two ids are at the same distance
  for (std::size_t i = 0; i < context.city.residents.size(); ++i) {
    const Row who = static_cast<Row>(i);
    const std::uint64_t distance = mixed(place ^ context.id(who));
    if (distance >= best_distance || !may_foster(context, who)) continue;
    best = who;
    best_distance = distance;
  }
  return best;
}

}  // namespace

void care_for_minors(EventContext& context, Row household) {
  City& city = context.city;
  if (city.households.size[household] == 0) return;
  std::vector<Row>& children = context.memory.others;
  list_members(city, household, children);
  const bool adult_left = std::any_of(children.begin(), children.end(), [&](Row row) { return context.adult(row); });
  if (adult_left) return;
  Row carer = mother_elsewhere(context, children);
  if (carer == kNone) carer = tie_who_helps(context, children);
  if (carer == kNone) carer = foster_parent(context, city.households.reference[household]);
  if (carer == kNone) return;
  const Row home = city.residents.household[carer];
  for (const Row child : children) {
    drop_household_states(context, child);
    bring(context, child, home);
    set_flag(city.residents, child, kChildAtHome);
  }
  share_household_states(context, home);
  settle(context, home);
}

}  // namespace sleutel
