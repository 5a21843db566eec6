#include <algorithm>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

/// Chance that study ends in a month, from the age at which it may.
double monthly_chance(const Flows& flows) { return 1 / (12 * flows.study_ends_mean); }

bool study_ends(const EventContext& context, Row who) {
  if (context.age_months(who) < static_cast<int>(context.flows.study_ends_from * 12)) return false;
  return context.uniform(context.id(who), purpose::study_end) < monthly_chance(context.flows);
}

void end_study(EventContext& context, Row who) {
  City& city = context.city;
  const Row household = city.residents.household[who];
  clear_flag(city.residents, who, kStudent);
  city.residents.income[who] = 0;
  start_working(context, who);
  context.note(EventKind::end_of_study, who);
  settle(context, household);
  const Row dwelling = city.households.dwelling[household];
  if (city.households.size[household] > 1 || market_of(city.dwellings, dwelling) != HomeMarket::student) return;
  const HomeSeeker seeker{context.id(who), false, city.households.income_group[household],
                          context.age_months(who) >= kOlderMonths, true};
  const Row home = find_home(context, seeker);
  if (home == kNone) return;
  change_dwelling(city, household, home);
  mark_vacant(context, dwelling);
  settle(context, household);
}

}  // namespace

/// Studies end with a constant monthly chance from a declared age on: the graduate earns an income, is no student any
/// more, and leaves the room for a home if one is vacant. The level of education is the one that was expected
/// (Residents::education holds it from birth), so nothing else changes.
void end_studies(EventContext& context) {
  const Residents& residents = context.city.residents;
  std::vector<Request>& graduates = context.memory.seekers;
  graduates.clear();
  for (std::size_t i = 0; i < residents.size(); ++i) {
    const Row who = static_cast<Row>(i);
    if ((residents.flags[who] & (kStudent | kPresent)) != (kStudent | kPresent)) continue;
    if (study_ends(context, who)) graduates.push_back({EventKind::end_of_study, residents.id[who], who});
  }
  std::sort(graduates.begin(), graduates.end());
  for (const Request& graduate : graduates) end_study(context, graduate.who);
}

}  // namespace sleutel
