#include <algorithm>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

bool all_oldest(const EventContext& context, Row household) {
  bool all = true;
  for_each_member(context.city, household, [&](Row row) { all &= context.age_months(row) >= 80 * 12; });
  return all;
}

/// The very old may move to an institution; others to another home.
Row next_home(EventContext& context, Row who, Row household) {
  const std::uint64_t id = context.id(who);
  if (all_oldest(context, household) && context.uniform(id, purpose::institution) < context.flows.care_home) {
    const Row place = find_care_home(context, id);
    if (place != kNone) return place;
  }
  return find_home(context, id, context.city.residents.is(who, kStudent),
                   context.city.households.income_group[household]);
}

void change_home(EventContext& context, Row who) {
  City& city = context.city;
  const Row household = city.residents.household[who];
  const Row home = next_home(context, who, household);
  if (home == kNone || home == city.households.dwelling[household]) return;
  const bool care = city.dwellings.kind[home] == DwellingKind::institution;
  change_dwelling(city, household, home);
  std::vector<Row>& members = context.memory.members;
  list_members(city, household, members);
  for (const Row row : members) {
    if (care) set_flag(city.residents, row, kInstitution);
    context.note(EventKind::moving, row);
  }
  settle(context, household);
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
  std::sort(seekers.begin(), seekers.end(), [&](const Request& a, const Request& b) {
    return a.id != b.id ? a.id < b.id : context.id(a.who) < context.id(b.who);
  });
  for (const Request& seeker : seekers) change_home(context, seeker.who);
}

}  // namespace sleutel
