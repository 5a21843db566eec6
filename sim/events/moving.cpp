#include <algorithm>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

constexpr int kCareAgeMonths = 80 * 12;  ///< age from which who lives alone may enter an institution (assumption)

void change_home(EventContext& context, Row who) {
  City& city = context.city;
  const Row household = city.residents.household[who];
  const Row present = city.households.dwelling[household];
  const Row home =
      find_home(context, context.id(who), city.residents.is(who, kStudent), city.households.income_group[household]);
  if (home == kNone || home == present) return;
  change_dwelling(city, household, home);
  mark_vacant(context, present);
  std::vector<Row>& members = context.memory.members;
  list_members(city, household, members);
  for (const Row row : members) context.note(EventKind::moving, row);
  settle(context, household);
}

/// Seekers hold a keyed priority in place of their id; equal ones go by id.
void sort_by_priority(const EventContext& context, std::vector<Request>& seekers) {
  std::sort(seekers.begin(), seekers.end(), [&](const Request& a, const Request& b) {
    return a.id != b.id ? a.id < b.id : context.id(a.who) < context.id(b.who);
  });
}

bool may_enter_care(const EventContext& context, Row who) {
  const City& city = context.city;
  return city.residents.present(who) && !city.residents.is(who, kInstitution) &&
         city.households.size[city.residents.household[who]] == 1;
}

void enter_care(EventContext& context, Row who, Row place) {
  City& city = context.city;
  const Row household = city.residents.household[who];
  const Row present = city.households.dwelling[household];
  change_dwelling(city, household, place);
  mark_vacant(context, present);
  set_flag(city.residents, who, kInstitution);
  context.note(EventKind::moving, who);
  settle(context, household);
}

int vacant_care_places(const EventContext& context) {
  const Dwellings& dwellings = context.city.dwellings;
  int places = 0;
  for (const Row home : context.memory.homes[static_cast<std::size_t>(HomeMarket::institution)])
    places += std::max(0, dwellings.places[home] - dwellings.households[home]);
  return places;
}

}  // namespace

/// Households move within the city, in order of a keyed priority; asked for by the adult who speaks for each. Who
/// lives in an institution stays. Where nothing is vacant nobody moves. States stay as they are: the rates of the
/// matrix already hold what moving does to housing.
void move_homes(EventContext& context, std::span<const Request> movers) {
  const City& city = context.city;
  std::vector<Request>& seekers = context.memory.seekers;
  seekers.clear();
  for (const Request& mover : movers) {
    if (!city.residents.present(mover.who) || city.residents.is(mover.who, kInstitution)) continue;
    seekers.push_back({mover.kind, context.word(mover.id, purpose::move_priority), mover.who});
  }
  sort_by_priority(context, seekers);
  for (const Request& seeker : seekers) change_home(context, seeker.who);
}

/// Places in institutions that came free are taken, a declared share each month, by people of 80 and over who live
/// alone, in order of a keyed priority: one place or one candidate more changes one address.
void fill_care_homes(EventContext& context) {
  const auto places = static_cast<std::size_t>(vacant_care_places(context) * context.flows.care_home + 0.5);
  if (places == 0) return;
  const Residents& residents = context.city.residents;
  std::vector<Request>& seekers = context.memory.seekers;
  seekers.clear();
  for (std::size_t i = 0; i < residents.size(); ++i) {
    const Row who = static_cast<Row>(i);
    if (context.age_months(who) >= kCareAgeMonths && may_enter_care(context, who))
      seekers.push_back({EventKind::moving, context.word(context.id(who), purpose::institution), who});
  }
  sort_by_priority(context, seekers);
  for (std::size_t i = 0; i < seekers.size() && i < places; ++i) {
    const Row place = find_care_home(context, context.id(seekers[i].who));
    if (place != kNone) enter_care(context, seekers[i].who, place);
  }
}

}  // namespace sleutel
