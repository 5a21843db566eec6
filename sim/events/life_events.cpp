#include "sim/events/life_events.h"

#include <algorithm>
#include <cassert>
#include <span>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"

namespace sleutel {
namespace {

/// Weight of a household of the start among those who move in: the mean propensity of its adults who are no children
/// at home, in whole thousandths. Students have a factor of their own by age: who comes to study comes when study
/// begins. Institutions do not move in.
std::uint64_t arrival_weight(const City& start, const Flows& flows, Row household) {
  if (start.households.size[household] == 0) return 0;
  if (start.households.kind[household] == HouseholdKind::institution) return 0;
  double sum = 0;
  int heads = 0;
  for_each_member(start, household, [&](Row row) {
    const int age = start.residents.age_months(row, 0) / 12;
    if (age < 18 || start.residents.is(row, kChildAtHome)) return;
    const auto of_age = static_cast<std::size_t>(std::min(age, 110));
    const double factor = start.residents.is(row, kStudent) ? flows.arrival_student_factor[of_age] : 1;
    sum += flows.arrival_propensity[of_age] * factor;
    ++heads;
  });
  return heads == 0 ? 0 : static_cast<std::uint64_t>(1000 * sum / heads + 0.5);
}

void list_earners(const City& start, std::vector<std::vector<Row>>& earners) {
  earners.assign(3, {});
  for (std::size_t i = 0; i < start.residents.size(); ++i) {
    const Row row = static_cast<Row>(i);
    const int age = start.residents.age_months(row, 0) / 12;
    if (age < 25 || age > 54 || start.residents.income[row] <= 0 || start.residents.is(row, kStudent)) continue;
    if (start.residents.is(row, kInstitution)) continue;
    earners[static_cast<std::size_t>(start.residents.education[row])].push_back(row);
  }
}

/// Residents of institutions at each age, for each who lives alone; one more of each, so that a small city shuts out
/// no age.
void weigh_care(const City& start, LifeEvents& memory) {
  std::array<double, kCareBands> in_care{}, alone{};
  for (Row row = 0; row < start.residents.size(); ++row) {
    const int age = start.residents.age_months(row, 0);
    if (age < kCareFromMonths) continue;
    const bool inside = start.residents.is(row, kInstitution);
    if (inside || start.households.size[start.residents.household[row]] == 1)
      ++(inside ? in_care : alone)[care_band(age)];
  }
  for (std::size_t band = 0; band < kCareBands; ++band)
    memory.care_weight[band] = (in_care[band] + 1) / (alone[band] + 1);
}

/// How many ties people have: each resident of the start by id, where ids are small numbers, and how often each number
/// occurs among those old enough to have any.
void count_ties(const City& start, LifeEvents& memory) {
  memory.ties_until.assign(kTies + 1, 0);
  memory.ties_at_start.assign(2 * start.residents.size() + 1, kTiesUnknown);
  for (std::size_t i = 0; i < start.residents.size(); ++i) {
    const Row row = static_cast<Row>(i);
    if (start.residents.age_months(row, 0) < kTiesFromMonths) continue;
    std::size_t count = 0;
    for (int slot = 0; slot < kTies; ++slot) count += tie_of(start.residents, row, slot) != kNone;
    ++memory.ties_until[count];
    const std::uint64_t id = start.residents.id[row];
    if (id < memory.ties_at_start.size()) memory.ties_at_start[id] = static_cast<std::uint8_t>(count);
  }
  for (std::size_t i = 1; i < memory.ties_until.size(); ++i) memory.ties_until[i] += memory.ties_until[i - 1];
}

/// The requests of one kind; they are sorted by kind.
std::span<const Request> of_kind(const Requests& requests, EventKind kind) {
  const auto& all = requests.all();
  const auto first = std::find_if(all.begin(), all.end(), [&](const Request& r) { return r.kind == kind; });
  const auto last = std::find_if(first, all.end(), [&](const Request& r) { return r.kind != kind; });
  return {all.data() + (first - all.begin()), static_cast<std::size_t>(last - first)};
}

/// One after the other, leaving out who died or left in the meantime.
void each(EventContext& context, EventKind kind, void (*happen)(EventContext&, Row)) {
  for (const Request& request : of_kind(context.requests, kind))
    if (context.city.residents.present(request.who)) happen(context, request.who);
}

}  // namespace

LifeEvents::LifeEvents(const City& start, const Model& model, const Flows& flows)
    : arrivals_per_month(flows.arrivals * static_cast<double>(start.residents.size()) / 12),
      household_states(states_of_level(model, Level::household)) {
  for (std::size_t i = 0; i < start.households.count(); ++i)
    arrivals.add(arrival_weight(start, flows, static_cast<Row>(i)));
  arrivals.finish();
  homes.assign(kHomeMarkets, {});
  vacant.assign(kHomeMarkets, {});
  for (std::size_t i = 0; i < start.dwellings.count(); ++i) put_on_market(start.dwellings, static_cast<Row>(i), *this);
  for (std::size_t market = 0; market < homes.size(); ++market) vacant[market].reset(homes[market].size());
  left.assign(kHomeMarkets, {});
  close_markets(*this);
  count_homes(start, *this);
  list_earners(start, earners);
  weigh_care(start, *this);
  count_ties(start, *this);
}

void draw_one_by_one(Isa /*isa*/, const Draw& named, std::span<const std::uint64_t> ids, std::uint64_t* words) {
  for (std::size_t i = 0; i < ids.size(); ++i) words[i] = first_word({named.key, ids[i], named.month, named.purpose});
}

std::span<const std::uint64_t> EventContext::words(std::span<const Row> rows, Purpose purpose) const {
  memory.ids.resize(rows.size());
  memory.words.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) memory.ids[i] = id(rows[i]);
  draw_words(isa, {key, 0, static_cast<std::uint32_t>(month), purpose}, memory.ids, memory.words.data());
  return memory.words;
}

void apply_life_events(EventContext& context) {
  context.requests.sort();
  list_free_households(context.city, context.memory.marks, context.memory.free_households);
  each(context, EventKind::death, die);
  if (!context.switches.life_events) return;
  each(context, EventKind::birth, give_birth);
  build_dwellings(context);
  open_markets(context);
  each(context, EventKind::separating, separate);
  each(context, EventKind::leaving_home, leave_home);
  if (context.switches.competition) {
    find_partners(context, of_kind(context.requests, EventKind::partnering));
    fill_care_homes(context);
    move_homes(context, of_kind(context.requests, EventKind::moving));
  }
  each(context, EventKind::leaving_city, leave_city);
  reopen_markets(context);
  end_studies(context);
  if (context.switches.arrivals) let_arrive(context);
  assert(marks_are_complete(context));
  close_markets(context.memory);
  end_school(context);
  retire(context);
  if (context.switches.ties) make_ties(context);
}

}  // namespace sleutel
