#include "sim/events/schooling.h"

#include <algorithm>
#include <span>

#include "sim/base/marks.h"
#include "sim/base/math.h"
#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/listing.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

/// Chance that study ends in a month, from the age at which it may.
double monthly_chance(const Flows& flows) { return 1 / (12 * flows.study_ends_mean); }

void attain(EventContext& context, Row who, Education level) {
  context.city.residents.education[who] = level;
  context.city.touch(who, kTouchedFamily);
}

/// School or study is over: the income is that of a keyed earner of the level, or what he had if that is more.
void stop_learning(EventContext& context, Row who) {
  Residents& residents = context.city.residents;
  clear_flag(residents, who, kLearning);
  const std::int32_t before = residents.income[who];
  residents.income[who] = 0;
  start_working(context, who);
  residents.income[who] = std::max(before, residents.income[who]);
}

void leave_room(EventContext& context, Row who, Row household) {
  City& city = context.city;
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

void end_study(EventContext& context, Row who) {
  Residents& residents = context.city.residents;
  const Row household = residents.household[who];
  const bool student = residents.is(who, kStudent);
  attain(context, who, Education::high);
  clear_flag(residents, who, kStudent);
  stop_learning(context, who);
  context.note(EventKind::end_of_study, who);
  settle(context, household);
  if (student) leave_room(context, who, household);
}

/// At school_ends everybody leaves school with what he will reach, or learns on for it; at vocational_ends who learnt
/// on for the middle level has it.
void leave_school(EventContext& context, Row who) {
  Residents& residents = context.city.residents;
  const Flows& flows = context.flows;
  Education reached = Education::middle;
  if (context.age_months(who) + 1 < static_cast<int>(flows.vocational_ends * 12)) {
    const double u = context.uniform(context.id(who), purpose::school_level);
    reached = level_reached(flows, residents.stratum_education[who], u);
    if (reached == Education::middle) return;
  }
  if (reached != Education::low) attain(context, who, Education::middle);
  if (reached != Education::high) stop_learning(context, who);
  context.note(EventKind::leaving_school, who);
  settle(context, residents.household[who]);
}

/// Who is in study: learners of the middle level, and students. Most learners are children, of the low level.
std::span<Row> list_students(const Residents& residents, std::vector<Row>& room) {
  const std::size_t count = residents.size();
  if (room.size() < count) room.resize(count);
  std::size_t listed = 0;
  const auto hits = [&](std::size_t at) {
    const std::uint64_t flags = eight_at(residents.flags, at, count);
    const std::uint64_t middle = zero_bytes(eight_at(residents.education, at, count) ^
                                            eight_times(static_cast<std::uint8_t>(Education::middle)));
    const std::uint64_t learns = ~zero_bytes(flags & eight_times(kLearning)) & middle;
    return (~zero_bytes(flags & eight_times(kStudent)) | learns) & ~zero_bytes(flags & eight_times(kPresent));
  };
  for_each_hit(0, count, hits, [&](Row who) { room[listed++] = who; });
  return {room.data(), listed};
}

/// Learners of the low level who are next month exactly of this age.
void list_leavers(const EventContext& context, double age_years, std::vector<Request>& leavers) {
  const Residents& residents = context.city.residents;
  for_each_born(residents, context.month + 1 - static_cast<int>(age_years * 12), [&](Row who) {
    if (residents.present(who) && residents.is(who, kLearning) && residents.education[who] == Education::low)
      leavers.push_back({EventKind::leaving_school, residents.id[who], who});
  });
}

}  // namespace

Education level_reached(const Flows& flows, Education of_mother, double u) {
  const double low[] = {flows.low_of_low, flows.low_of_middle, flows.low_of_high};
  const double high[] = {flows.high_of_low, flows.high_of_middle, flows.high_of_high};
  const auto level = static_cast<std::size_t>(of_mother);
  if (u < low[level]) return Education::low;
  return u >= 1 - high[level] ? Education::high : Education::middle;
}

double share_still_studying(const Flows& flows, double years) {
  return 1 + math::expm1(-std::max(0.0, years - flows.study_ends_from) / flows.study_ends_mean);
}

Education level_ahead(const Residents& residents, Row who, int month) {
  const Education level = residents.education[who];
  if (!residents.is(who, kLearning) || residents.age_months(who, month) < kAdultMonths) return level;
  return level == Education::low ? Education::middle : Education::high;
}

Education stratum_of_education(const City& city, Row who, int month) {
  const Residents& residents = city.residents;
  Row source = who;
  if (residents.is(who, kChildAtHome) || residents.age_months(who, month) < kAdultMonths)
    source =
        residents.mother[who] != kNone ? residents.mother[who] : city.households.reference[residents.household[who]];
  return level_ahead(residents, source, month);
}

/// Studies end with a constant monthly chance from a declared age on: the graduate has the high level and its income,
/// is no student any more, and leaves the room for a home if one is vacant.
void end_studies(EventContext& context) {
  const Residents& residents = context.city.residents;
  const int from = static_cast<int>(context.flows.study_ends_from * 12);
  const double chance = monthly_chance(context.flows);
  std::span<Row> rows = list_students(residents, context.memory.rows);
  rows = keep_rows(rows, [&](Row who) { return context.age_months(who) >= from; });
  const std::uint64_t* word = context.words(rows, purpose::study_end).data();
  rows = keep_rows(rows, [&](Row) { return uniform_of(*word++) < chance; });
  std::vector<Request>& graduates = context.memory.seekers;
  graduates.clear();
  for (const Row who : rows) graduates.push_back({EventKind::end_of_study, residents.id[who], who});
  std::sort(graduates.begin(), graduates.end());
  for (const Request& graduate : graduates) end_study(context, graduate.who);
}

/// Who reaches the age at which school or vocational school ends. After the arrivals, so that nobody's birthday falls
/// between the start, of which they are copies, and their first month.
void end_school(EventContext& context) {
  std::vector<Request>& leavers = context.memory.seekers;
  leavers.clear();
  list_leavers(context, context.flows.school_ends, leavers);
  if (context.flows.vocational_ends != context.flows.school_ends)
    list_leavers(context, context.flows.vocational_ends, leavers);
  std::sort(leavers.begin(), leavers.end());
  for (const Request& leaver : leavers) leave_school(context, leaver.who);
}

}  // namespace sleutel
