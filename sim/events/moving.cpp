#include <algorithm>

#include "sim/base/math.h"
#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

void change_home(EventContext& context, Row who) {
  City& city = context.city;
  const Row household = city.residents.household[who];
  const Row present = city.households.dwelling[household];
  const HomeSeeker seeker{context.id(who), city.residents.is(who, kStudent), city.households.income_group[household],
                          context.age_months(city.households.reference[household]) >= kOlderMonths,
                          city.households.size[household] == 1};
  const Row home = find_home(context, seeker);
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
  leave_poor_home(context, who);
  change_dwelling(city, household, place);
  mark_vacant(context, present);
  set_flag(city.residents, who, kInstitution);
  context.note(EventKind::moving, who);
  settle(context, household);
}

/// Place in line, the first first: an exponential waiting time by the weight of the age.
std::uint64_t place_in_line(const EventContext& context, Row who, double weight) {
  const double waits = -math::log2(1 - context.uniform(context.id(who), purpose::institution)) / weight;
  return static_cast<std::uint64_t>(std::min(waits, 0x1p20) * 0x1p40);
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

/// Places in institutions that came free are taken, a declared share each month, by older people who live alone, in
/// order of a keyed waiting time: one place or one candidate more changes one address. Ages weigh as at the start, by
/// residents of institutions against who lives alone.
void fill_care_homes(EventContext& context) {
  const auto places = static_cast<std::size_t>(vacant_care_places(context) * context.flows.care_home + 0.5);
  if (places == 0) return;
  const Residents& residents = context.city.residents;
  std::vector<Request>& seekers = context.memory.seekers;
  seekers.clear();
  for (std::size_t i = 0; i < residents.size(); ++i) {
    const Row who = static_cast<Row>(i);
    const int age = context.age_months(who);
    if (age < kCareFromMonths || !may_enter_care(context, who)) continue;
    const double weight = context.memory.care_weight[care_band(age)];
    seekers.push_back({EventKind::moving, place_in_line(context, who, weight), who});
  }
  sort_by_priority(context, seekers);
  for (std::size_t i = 0; i < seekers.size() && i < places; ++i) {
    const Row place = find_care_home(context, context.id(seekers[i].who));
    if (place != kNone) enter_care(context, seekers[i].who, place);
  }
}

}  // namespace sleutel
