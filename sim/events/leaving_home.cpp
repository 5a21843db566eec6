#include <algorithm>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"
#include "sim/events/schooling.h"

namespace sleutel {
namespace {

/// Who is in higher education and of the age may leave for it, to a room.
bool leaves_for_study(const EventContext& context, Row who, double u) {
  const double years = context.age_months(who) / 12.0;
  return level_ahead(context.city.residents, who, context.month) == Education::high &&
         context.city.residents.is(who, kLearning) && years >= context.flows.student_from &&
         years < context.flows.student_until && u < context.flows.leaving_home_for_study;
}

}  // namespace

/// An adult child leaves the parents: out of the city, to a room as a student, or to a home of his own, by declared
/// shares. The household's states stay with the parents. Where nothing is vacant he sets up his own household in the
/// same dwelling. Own children go along with a mother who leaves.
void leave_home(EventContext& context, Row who) {
  City& city = context.city;
  Residents& residents = city.residents;
  if (!residents.is(who, kChildAtHome) || !context.adult(who)) return;
  const double out = context.flows.leaving_home_out_of_city;
  const double u = context.uniform(context.id(who), purpose::leaving_home_where);
  if (u < out) {
    context.note(EventKind::leaving_home, who);
    return leave_city_alone(context, who);
  }
  const Row household = residents.household[who];
  const bool student = leaves_for_study(context, who, (u - out) / (1 - out));
  if (student)
    set_flag(residents, who, kStudent);
  else
    start_working(context, who);
  std::vector<Row>& members = context.memory.members;
  list_members(city, household, members);
  const bool alone =
      std::none_of(members.begin(), members.end(), [&](Row row) { return residents.mother[row] == who; });
  const HomeSeeker seeker{context.id(who), student, 0, context.age_months(who) >= kOlderMonths, alone};
  const Row home = find_home_or(context, seeker, city.households.dwelling[household]);
  drop_household_states(context, who);
  const Row made = set_up_household(context, who, home);
  for (const Row row : members) {
    if (residents.mother[row] != who || context.adult(row)) continue;
    drop_household_states(context, row);
    bring(context, row, made);
  }
  context.note(EventKind::leaving_home, who);
  settle(context, made);
  settle(context, household);
}

}  // namespace sleutel
