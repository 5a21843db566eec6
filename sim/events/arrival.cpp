#include <algorithm>
#include <array>
#include <span>
#include <tuple>
#include <type_traits>

#include "sim/events/absent.h"
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

constexpr int kMostSlots = 65535;  ///< households that may come in a month

/// Ids of arrivals: month, slot (a household), member. The two top bits are 01.
std::uint64_t arrival_id(int month, int slot, int member) {
  return 0x4000'0000'0000'0000ULL | static_cast<std::uint64_t>(month) << 24 | static_cast<std::uint64_t>(slot) << 8 |
         static_cast<std::uint64_t>(member);
}

/// Where a slot lies on the line of weights of the start's households: the household there comes.
std::uint64_t place_of_slot(const EventContext& context, int slot) {
  const std::uint64_t word = context.word(arrival_id(context.month, slot, 255), purpose::arrival_household);
  return static_cast<std::uint64_t>((static_cast<unsigned __int128>(word) * context.memory.arrivals.weights()) >> 64);
}

constexpr std::size_t kTogether = 32;  ///< slots that are looked at together
using Sources = std::array<Row, kTogether>;

/// What list_newcomers and look_at_newcomers read of a household of the start.
void ask_for(const Households& homes, Row household) {
  __builtin_prefetch(&homes.size[household]);
  __builtin_prefetch(&homes.first_member[household]);
  __builtin_prefetch(&homes.reference[household]);
  __builtin_prefetch(&homes.student_house[household]);
  __builtin_prefetch(&homes.income_group[household]);
}

/// The households of the start that come in these slots: for each the first whose running sum of weights is above a
/// keyed number. Every look at the start is a look at memory far away, so each is asked for before it is waited for.
Sources copied_households(const EventContext& context, int slot) {
  const ArrivalTable& table = context.memory.arrivals;
  std::array<std::uint64_t, kTogether> places{};
  for (std::size_t i = 0; i < kTogether; ++i) {
    places[i] = place_of_slot(context, slot + static_cast<int>(i));
    table.ask_for_step(places[i]);
  }
  for (const std::uint64_t place : places) table.ask_for_household(place);
  Sources sources{};
  for (std::size_t i = 0; i < kTogether; ++i) {
    sources[i] = table.household_at(places[i]);
    ask_for(context.start.households, sources[i]);
  }
  return sources;
}

/// Households of the start that would come, slot by slot, until there are `persons`.
void list_newcomers(EventContext& context, int persons) {
  const Households& homes = context.start.households;
  std::vector<Newcomers>& newcomers = context.memory.newcomers;
  newcomers.clear();
  int come = 0;
  for (int slot = 0; come < persons && slot < kMostSlots; slot += static_cast<int>(kTogether)) {
    const Sources sources = copied_households(context, slot);
    for (std::size_t i = 0; i < kTogether && come < persons && newcomers.size() < kMostSlots; ++i) {
      newcomers.push_back({sources[i], homes.size[sources[i]]});
      come += homes.size[sources[i]];
    }
  }
}

/// What the households that come are like, and all their members.
void look_at_newcomers(EventContext& context) {
  const City& start = context.start;
  for (Newcomers& who : context.memory.newcomers) {
    __builtin_prefetch(&start.residents.next_in_household[start.households.first_member[who.source]]);
    __builtin_prefetch(&start.residents.id[start.households.first_member[who.source]]);
    __builtin_prefetch(&start.residents.birth_month[start.households.reference[who.source]]);
    who.student = start.households.student_house[who.source] != 0;
    who.income_group = start.households.income_group[who.source];
  }
  std::vector<Row>& sources = context.memory.others;
  std::vector<Row>& members = context.memory.members;
  sources.clear();
  for (Newcomers& who : context.memory.newcomers) {
    who.older = start.residents.age_months(start.households.reference[who.source], 0) >= kOlderMonths;
    list_members(start, who.source, members);
    sources.insert(sources.end(), members.begin(), members.end());
  }
}

/// What nobody brings along: it is empty for who arrives, or another's.
constexpr auto kNotCopied = std::make_tuple(
    &Residents::id, &Residents::household, &Residents::next_in_household, &Residents::ties, &Residents::programmes,
    &Residents::considered, &Residents::shock_fast, &Residents::shock_slow, &Residents::stratum_buurt,
    &Residents::stratum_income, &Residents::stratum_education, &Residents::stratum_tenure);

template <class T>
constexpr bool is_copied(T Residents::*column) {
  const auto is = [&](auto other) {
    if constexpr (std::is_same_v<decltype(other), T Residents::*>) return column == other;
    return false;
  };
  return std::apply([&](auto... others) { return !(is(others) || ...); }, kNotCopied);
}

/// New residents like those of the start, of the same age now as they had then, in no household yet, without id or
/// strata. Column by column: a resident of the start lies in as many places as there are columns, and many are fetched
/// at a time.
void copy_residents(EventContext& context, std::span<const Row> sources) {
  Residents& residents = context.city.residents;
  const std::size_t first = residents.size();
  make_room(residents, sources.size());
  resize(residents, first + sources.size());
  const auto copy = [&](auto column) {
    if (!is_copied(column)) return;
    for (std::size_t i = 0; i < sources.size(); ++i)
      (residents.*column)[first + i] = (context.start.residents.*column)[sources[i]];
  };
  std::apply([&](const auto&... entry) { (copy(entry.first), ...); }, Residents::columns());
  for (std::size_t made = first; made < residents.size(); ++made) {
    residents.household[made] = residents.next_in_household[made] = kNone;
    residents.ties[made].fill(kNone);
    residents.birth_month[made] = static_cast<std::int16_t>(residents.birth_month[made] + context.month);
  }
}

/// Partner and mother among those who came together; the copies still have the rows of the start.
void link_copies(Residents& residents, std::span<const Row> sources, Row first_copy) {
  const auto copy_of = [&](Row source) {
    const auto found = std::find(sources.begin(), sources.end(), source);
    return found == sources.end() ? kNone : first_copy + static_cast<Row>(found - sources.begin());
  };
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Row copy = first_copy + static_cast<Row>(i);
    if (residents.partner[copy] != kNone) residents.partner[copy] = copy_of(residents.partner[copy]);
    if (residents.mother[copy] != kNone) residents.mother[copy] = copy_of(residents.mother[copy]);
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

/// Where a household of newcomers lives: in its own home, or sharing one if nothing is vacant.
Row home_of_newcomers(EventContext& context, const Newcomers& who, std::uint64_t slot_id) {
  const HomeSeeker seeker{slot_id, who.student, who.income_group, who.older, who.persons == 1};
  const Row home = find_home_or(context, seeker, kNone);
  return home != kNone ? home : any_home(context, seeker);
}

/// The copies of one household move in together, from the row `first` on.
void settle_newcomers(EventContext& context, Row source, int slot, Row home, std::span<const Row> sources, Row first) {
  City& city = context.city;
  const Row household = new_household(city, context.memory.free_households, home);
  city.households.classes[household] = context.start.households.classes[source];
  link_copies(city.residents, sources, first);
  const Row last = first + static_cast<Row>(sources.size());
  for (Row row = first; row < last; ++row) {
    city.residents.id[row] = arrival_id(context.month, slot, static_cast<int>(row - first));
    move_in(city, row, household);
    context.note(EventKind::arrival, row);
  }
  context.books.arrivals += static_cast<int>(sources.size());
  settle(context, household);
  freeze_strata(city, household, context.month);
  take_out_absent(context.change(), household);
}

}  // namespace

/// The people who move in this month: households, until the declared number of persons is reached. They are copied
/// all at once; should there be no home for a household, it does not come, nor do those after it.
void let_arrive(EventContext& context) {
  if (context.memory.arrivals.weights() == 0) return;
  const double u = context.uniform(0, purpose::arrival_count);
  list_newcomers(context, static_cast<int>(context.memory.arrivals_per_month + u));
  look_at_newcomers(context);
  std::span<const Row> sources = context.memory.others;
  Row first = static_cast<Row>(context.city.residents.size());
  copy_residents(context, sources);
  int slot = 0;
  for (const Newcomers& household : context.memory.newcomers) {
    const Row home = home_of_newcomers(context, household, arrival_id(context.month, slot, 255));
    if (home == kNone) break;
    settle_newcomers(context, household.source, slot++, home, sources.first(household.persons), first);
    sources = sources.subspan(household.persons);
    first += static_cast<Row>(household.persons);
  }
  resize(context.city.residents, first);
}

}  // namespace sleutel
