#include <algorithm>
#include <span>

#include "sim/base/math.h"
#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/listing.h"
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
auto by_priority(const EventContext& context) {
  return [&context](const Request& a, const Request& b) {
    return a.id != b.id ? a.id < b.id : context.id(a.who) < context.id(b.who);
  };
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

std::uint64_t place_after(double waits) { return static_cast<std::uint64_t>(std::min(waits, 0x1p20) * 0x1p40); }

/// Place in line, the first first: an exponential waiting time by the weight of the age.
std::uint64_t place_in_line(double u, double weight) { return place_after(-math::log2(1 - u) / weight); }

/// No candidate with this u and weight comes before this place: -log2(1 - u) is at least u / ln 2.
std::uint64_t foremost_place(double u, double weight) { return place_after((1.44 * u - 1e-9) / weight); }

int vacant_care_places(const EventContext& context) {
  const Dwellings& dwellings = context.city.dwellings;
  int places = 0;
  for (const Row home : context.memory.homes[static_cast<std::size_t>(HomeMarket::institution)])
    places += std::max(0, dwellings.places[home] - dwellings.households[home]);
  return places;
}

/// Who may enter care: of age, living alone, outside institutions. Each test goes through those that are left
/// and takes no branch, as it cannot be foreseen.
std::span<Row> care_candidates(EventContext& context) {
  const Residents& residents = context.city.residents;
  const auto& sizes = context.city.households.size;
  const std::int16_t* const born = residents.birth_month.data();
  const auto latest = static_cast<std::int16_t>(context.month - kCareFromMonths);
  LifeEvents& memory = context.memory;
  std::span<Row> rows =
      list_rows(residents.size(), memory.marks, memory.rows, [=](Row who) { return born[who] <= latest; });
  rows = keep_rows(rows, [&](Row who) { return (residents.flags[who] & (kPresent | kInstitution)) == kPresent; });
  return keep_rows(rows, [&](Row who) { return sizes[residents.household[who]] == 1; });
}

/// The first `places` of the candidates, best first. Only who may come before the last of them is looked at closely.
void list_first_in_line(const EventContext& context, std::span<const Row> candidates, std::size_t places,
                        std::vector<Request>& first) {
  const auto before = by_priority(context);
  first.clear();
  const std::uint64_t* word = context.words(candidates, purpose::institution).data();
  for (const Row who : candidates) {
    const double weight = context.memory.care_weight[care_band(context.age_months(who))];
    const double u = uniform_of(*word++);
    const bool full = first.size() == places;
    if (full && foremost_place(u, weight) > first.front().id) continue;
    const Request seeker{EventKind::moving, place_in_line(u, weight), who};
    if (full && !before(seeker, first.front())) continue;
    if (full) {
      std::pop_heap(first.begin(), first.end(), before);
      first.pop_back();
    }
    first.push_back(seeker);
    std::push_heap(first.begin(), first.end(), before);
  }
  std::sort_heap(first.begin(), first.end(), before);
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
  std::sort(seekers.begin(), seekers.end(), by_priority(context));
  for (const Request& seeker : seekers) change_home(context, seeker.who);
}

/// Places in institutions that came free are taken, a declared share each month, by older people who live alone, in
/// order of a keyed waiting time: one place or one candidate more changes one address. Ages weigh as at the start, by
/// residents of institutions against who lives alone.
void fill_care_homes(EventContext& context) {
  const auto places = static_cast<std::size_t>(vacant_care_places(context) * context.flows.care_home + 0.5);
  if (places == 0) return;
  std::vector<Request>& seekers = context.memory.seekers;
  list_first_in_line(context, care_candidates(context), places, seekers);
  for (const Request& seeker : seekers) {
    const Row place = find_care_home(context, context.id(seeker.who));
    if (place != kNone) enter_care(context, seeker.who, place);
  }
}

}  // namespace sleutel
