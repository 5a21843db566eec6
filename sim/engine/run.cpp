#include "sim/engine/run.h"

#include <algorithm>
#include <utility>

#include "sim/engine/month.h"
#include "sim/engine/panel.h"
#include "sim/events/absent.h"

namespace sleutel {

namespace {

std::int64_t population(const City& city) {
  std::int64_t present = 0;
  for (Row row = 0; row < city.residents.size(); ++row) present += city.residents.present(row);
  return present;
}

StreamKey key_of(const Study& study, int replicate, [[maybe_unused]] int scenario) {
#ifdef SLEUTEL_MUTANT_PAIRS
  return stream_key(study.seed + static_cast<std::uint64_t>(scenario), 0, static_cast<std::uint32_t>(replicate));
#else
  return stream_key(study.seed, 0, static_cast<std::uint32_t>(replicate));
#endif
}

}  // namespace

void Run::start(const Arm& of, int which_replicate) {
  arm = &of;
  replicate = which_replicate;
  key = key_of(of.plan.study, replicate, of.scenario);
  month = 0;
  city = *of.plan.start;
  if (!of.plan.study.switches.ties)  // nobody has any: a friend who leaves would be missed in support
    for (auto& ties : city.residents.ties) ties.fill(kNone);
  take_out_absent({city, of.model, of.plan.flows, key, 0});
  begin_with(of.asked, around);
  forget();
  taking_part.clear();
  waiting.clear();
  begin_purse(of.offer, purse);
  requests.clear();
  done.clear();
  EventRoom lists = life_events ? std::move(static_cast<EventRoom&>(*life_events)) : EventRoom{};
  life_events.emplace(*of.plan.start, of.model, of.plan.flows);
  static_cast<EventRoom&>(*life_events) = std::move(lists);
  tally.shape = of.shape;
  tally.sums.assign(static_cast<std::size_t>(of.shape.cells()) * static_cast<std::size_t>(of.shape.measures), 0);
  for (Sums& of_slot : sums) of_slot.resident_months = 0;
  books.after = population(city);
  begin_panel(*this);
}

void Run::forget() {
  around.forget(city);
  counted.clear();
  for (Workplace& place : places) place.counted = 0;
}

std::size_t Run::bytes() {
  std::size_t sum = 0;
  const auto add = [&](const auto& column) { sum += column.capacity() * sizeof(column[0]); };
  const auto add_table = [&](const auto& table) {
    for_each_column(table, [&](const auto& column, const ColumnInfo&) { add(column); });
  };
  add_table(city.residents);
  add_table(city.households);
  add_table(city.dwellings);
  const auto add_kept = [&](const auto& column, std::size_t) { add(column); };
  each_kept_column(add_kept, add_kept);
  add(kept_units);
  add(room);
  for (const Sums& of_slot : sums) add(of_slot.counts), add(of_slot.means), add(of_slot.died);
  for (const AgeCounts& of_slot : age_counts) add(of_slot.period), add(of_slot.cohort);
  return sum;
}

void Run::open_year() {
  books = Books{books.after, 0, 0, 0, 0, 0};
  const std::size_t programmes = arm->plan.programmes.size();
  programme_year.assign(programmes, ProgrammeYear{});
  purse.year.assign(purse.year.size(), BudgetYear{});
  for (Workplace& place : places) place.enrolled.books.assign(programmes, ProgrammeYear{});
  for (Sums& of_slot : sums) of_slot.clear(arm->shape, arm->observed);
  for (AgeCounts& of_slot : age_counts) of_slot.clear();
}

void Run::close_year() {
  books.after = population(city);
  count_all_until_now(*this);
  add_up(arm->observed, sums, tally);
  ages = empty_tally(arm->ages);
  for (const AgeCounts& of_slot : age_counts) add_up(of_slot, ages);
  for (const Workplace& place : places)
    for (std::size_t i = 0; i < programme_year.size(); ++i) {
      programme_year[i].eligible_months += place.enrolled.books[i].eligible_months;
      programme_year[i].applied += place.enrolled.books[i].applied;
      programme_year[i].starts += place.enrolled.books[i].starts;
      programme_year[i].months += place.enrolled.books[i].months;
      programme_year[i].cents += place.enrolled.books[i].cents;
    }
  Attendance all = attendance();
  close_programmes(enrolment(), all);
}

YearRecord Run::record(int year) const {
  YearRecord record;
  record.scenario = arm->scenario;
  record.replicate = replicate;
  record.year = year;
  record.tally = &tally;
  record.ages = &ages;
  record.programmes = &programme_year;
  record.budgets = &purse.year;
  record.books = books;
  if (!panel.rows.empty()) record.panel = &panel.months;
  for (const Sums& of_slot : sums) record.clipped += of_slot.clipped;
  return record;
}

}  // namespace sleutel
