#include <algorithm>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"
#include "sim/events/schooling.h"

// Arrivals are copies of households of the start city, chosen by the declared propensity of their adults to move in.
// They are as old as they were at the start, with the states, loads and traits they had then. Which household is copied
// and how many people come depends on the run's key and the month only: it is the same in all scenarios.

namespace sleutel {
namespace {

/// Ids of arrivals: month, slot (a household), member. The two top bits are 01.
std::uint64_t arrival_id(int month, int slot, int member) {
  return 0x4000'0000'0000'0000ULL | static_cast<std::uint64_t>(month) << 24 | static_cast<std::uint64_t>(slot) << 8 |
         static_cast<std::uint64_t>(member);
}

/// The household of the start that comes in a slot.
Row copied_household(const EventContext& context, std::uint64_t slot_id) {
  const auto& until = context.memory.arrival_weight_until;
  const std::uint64_t word = context.word(slot_id, purpose::arrival_household);
  const auto at = static_cast<std::uint64_t>((static_cast<unsigned __int128>(word) * until.back()) >> 64);
  return static_cast<Row>(std::upper_bound(until.begin(), until.end(), at) - until.begin());
}

/// A new resident like one of the start, of the same age now as he had then.
Row copied_resident(EventContext& context, Row from, std::uint64_t id) {
  City& city = context.city;
  const Row made = add_resident(city, id);
  const auto copy = [&](auto& to, const auto& source) { to[made] = source[from]; };
  std::apply(
      [&](const auto&... entry) { (copy(city.residents.*entry.first, context.start.residents.*entry.first), ...); },
      Residents::columns());
  Residents& residents = city.residents;
  residents.id[made] = id;
  residents.household[made] = residents.next_in_household[made] = residents.partner[made] = kNone;
  residents.mother[made] = kNone;
  residents.ties[made].fill(kNone);
  residents.birth_month[made] = static_cast<std::int16_t>(residents.birth_month[made] + context.month);
  residents.programmes[made] = residents.considered[made] = 0;
  residents.shock_fast[made] = residents.shock_slow[made] = 0;
  return made;
}

/// Partner and mother among those who came together.
void link_copies(EventContext& context, std::span<const Row> sources, Row first_copy) {
  const Residents& start = context.start.residents;
  const auto copy_of = [&](Row source) {
    const auto found = std::find(sources.begin(), sources.end(), source);
    return found == sources.end() ? kNone : first_copy + static_cast<Row>(found - sources.begin());
  };
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Row copy = first_copy + static_cast<Row>(i);
    if (start.partner[sources[i]] != kNone) context.city.residents.partner[copy] = copy_of(start.partner[sources[i]]);
    if (start.mother[sources[i]] != kNone) context.city.residents.mother[copy] = copy_of(start.mother[sources[i]]);
  }
}

/// Frozen on arrival, with the start's thresholds.
void freeze_strata(City& city, Row household, int month) {
  for_each_member(city, household, [&](Row row) {
    city.residents.stratum_buurt[row] = city.households.buurt[household];
    city.residents.stratum_income[row] = city.households.income_group[household];
    city.residents.stratum_education[row] = stratum_of_education(city, row, month);
    city.residents.stratum_tenure[row] =
        static_cast<std::uint8_t>(city.dwellings.tenure[city.households.dwelling[household]]);
  });
}

/// One household of newcomers in its own home, or sharing one if nothing is vacant. Gives the number of people.
int settle_newcomers(EventContext& context, int slot) {
  City& city = context.city;
  const std::uint64_t slot_id = arrival_id(context.month, slot, 255);
  const Row source = copied_household(context, slot_id);
  const Households& homes = context.start.households;
  const bool older = context.start.residents.age_months(homes.reference[source], 0) >= kOlderMonths;
  const HomeSeeker seeker{slot_id, homes.student_house[source] != 0, homes.income_group[source], older,
                          homes.size[source] == 1};
  const Row home = find_home_or(context, seeker, any_home(context, seeker));
  if (home == kNone) return 0;
  std::vector<Row>& sources = context.memory.members;
  list_members(context.start, source, sources);
  const Row household = new_household(city, context.memory.free_households, home);
  city.households.classes[household] = context.start.households.classes[source];
  const Row first = static_cast<Row>(city.residents.size());
  int member = 0;
  for (const Row from : sources)
    move_in(city, copied_resident(context, from, arrival_id(context.month, slot, member++)), household);
  link_copies(context, sources, first);
  for (Row row = first; row < first + static_cast<Row>(member); ++row) context.note(EventKind::arrival, row);
  context.books.arrivals += member;
  settle(context, household);
  freeze_strata(city, household, context.month);
  return member;
}

}  // namespace

/// The people who move in this month: households, until the declared number of persons is reached.
void let_arrive(EventContext& context) {
  if (context.memory.arrival_weight_until.empty() || context.memory.arrival_weight_until.back() == 0) return;
  const double u = context.uniform(0, purpose::arrival_count);
  const int persons = static_cast<int>(context.memory.arrivals_per_month + u);
  int came = 0;
  for (int slot = 0; came < persons && slot < 65535; ++slot) {
    const int more = settle_newcomers(context, slot);
    if (more == 0) return;
    came += more;
  }
}

}  // namespace sleutel
