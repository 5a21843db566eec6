#include "sim/events/homes.h"

#include <array>
#include <cassert>

#include "sim/base/marks.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

constexpr int kLooks = 32;  ///< homes looked at in the seeker's own order before the next vacant one is taken

bool vacant(const Dwellings& dwellings, Row row) { return dwellings.households[row] < dwellings.places[row]; }

const std::vector<Row>& homes_of(const EventContext& context, HomeMarket market) {
  return context.memory.homes[static_cast<std::size_t>(market)];
}

/// Place of the look-th home in the seeker's sequence.
std::size_t look_at(std::uint64_t sequence, int look, std::size_t count) {
  const std::uint64_t word = mixed(sequence + 0x9e3779b97f4a7c15ULL * static_cast<std::uint64_t>(look));
  return static_cast<std::size_t>((static_cast<unsigned __int128>(word) * count) >> 64);
}

/// The first place from `from` on and before `until` that is marked vacant and is; marks that are out of date are
/// cleared.
Row next_vacant_between(EventContext& context, HomeMarket market, std::size_t from, std::size_t until) {
  const std::vector<Row>& homes = homes_of(context, market);
  PlaceMarks& marks = context.memory.vacant[static_cast<std::size_t>(market)];
  for (std::size_t place = marks.first_from(from); place < until; place = marks.first_from(place + 1)) {
    if (vacant(context.city.dwellings, homes[place])) return homes[place];
    marks.clear(place);
  }
  return kNone;
}

/// The same in a ring.
Row next_vacant(EventContext& context, HomeMarket market, std::size_t from) {
  const Row found = next_vacant_between(context, market, from, homes_of(context, market).size());
  return found != kNone ? found : next_vacant_between(context, market, 0, from);
}

/// Most homes are neither marked vacant nor were they left: then nothing more is looked at.
Row first_vacant(EventContext& context, HomeMarket market, std::uint64_t sequence) {
  const std::vector<Row>& homes = homes_of(context, market);
  if (homes.empty()) return kNone;
  const PlaceMarks& marks = context.memory.vacant[static_cast<std::size_t>(market)];
  const PlaceMarks& left = context.memory.left[static_cast<std::size_t>(market)];
  std::size_t place = 0;
  for (int look = 0; look < kLooks; ++look) {
    place = look_at(sequence, look, homes.size());
    if (!marks.test(place) && !left.test(place)) continue;
    if (vacant(context.city.dwellings, homes[place])) return homes[place];
  }
  return next_vacant(context, market, place);
}

using Open = std::array<bool, kHomeMarkets>;

/// Which markets are open to a seeker. Owning needs an income above the lowest fifth; social rent goes to the lower
/// three fifths, about those below the limit of the Housing Act (assumption).
Open open_to(const HomeSeeker& seeker) {
  if (seeker.student) return {false, false, false, true, false};
  const bool known = seeker.income_group < kIncomeStudentOrInstitution;
  return {known && seeker.income_group >= 1, !known || seeker.income_group <= 2, true, false, false};
}

/// What is left to who must have a home and finds none that is open to him: any but an institution; rooms for one.
Open left_to(const HomeSeeker& seeker) { return {true, true, true, seeker.alone, false}; }

std::size_t class_of(int income_group, bool older, bool alone) {
  return static_cast<std::size_t>(income_group) * 4 + (older ? 2U : 0U) + (alone ? 1U : 0U);
}

/// Where a market ends when all are laid side by side: by how households like the seeker's lived at the start; if there
/// were none, by the homes of the markets that are open.
std::array<std::size_t, kHomeMarkets> until_of(const EventContext& context, const HomeSeeker& seeker,
                                               const Open& open) {
  const auto& like = context.memory.homes_like[class_of(seeker.income_group, seeker.older, seeker.alone)];
  std::array<std::size_t, kHomeMarkets> until{};
  std::size_t sum = 0;
  for (std::size_t i = 0; i < until.size(); ++i) until[i] = sum += seeker.student ? 0 : like[i];
  if (sum > 0) return until;
  for (std::size_t i = 0; i < until.size(); ++i) until[i] = sum += open[i] ? context.memory.homes[i].size() : 0;
  return until;
}

/// The market a seeker tries first, by the first word of the sequence; -1 if there is no home.
int first_market(const EventContext& context, const HomeSeeker& seeker, const Open& open, std::uint64_t sequence) {
  const auto until = until_of(context, seeker, open);
  if (until.back() == 0) return -1;
  const std::size_t pick = look_at(sequence, kLooks, until.back());
  int market = 0;
  while (until[static_cast<std::size_t>(market)] <= pick) ++market;
  return market;
}

/// The order in which markets are tried after the first one.
constexpr std::array<HomeMarket, 4> kOtherwise = {HomeMarket::private_rent, HomeMarket::social_rent, HomeMarket::owner,
                                                  HomeMarket::student};

Row first_vacant_of(EventContext& context, const Open& open, std::uint64_t sequence) {
  for (const HomeMarket market : kOtherwise) {
    if (!open[static_cast<std::size_t>(market)]) continue;
    const Row found = first_vacant(context, market, sequence);
    if (found != kNone) return found;
  }
  return kNone;
}

}  // namespace

HomeMarket market_of(const Dwellings& dwellings, Row dwelling) {
  if (dwellings.kind[dwelling] == DwellingKind::institution) return HomeMarket::institution;
  if (dwellings.kind[dwelling] == DwellingKind::student_house) return HomeMarket::student;
  switch (dwellings.tenure[dwelling]) {
    case Tenure::owner:
      return HomeMarket::owner;
    case Tenure::social_rent:
      return HomeMarket::social_rent;
    case Tenure::private_rent:
      return HomeMarket::private_rent;
    case Tenure::institution:
      break;
  }
  return HomeMarket::institution;
}

namespace {

/// A plain loop over columns, which the compiler turns into vectors.
void find_room(const Dwellings& dwellings, Column<std::uint8_t>& has_room) {
  const std::size_t count = dwellings.count();
  has_room.resize(count);
  std::uint8_t* const room = has_room.data();
  const std::uint16_t* const lived_in = dwellings.households.data();
  const std::uint16_t* const places = dwellings.places.data();
  for (std::size_t i = 0; i < count; ++i) room[i] = lived_in[i] < places[i] ? 1 : 0;
}

}  // namespace

void open_markets(EventContext& context) {
  LifeEvents& memory = context.memory;
  const Dwellings& dwellings = context.city.dwellings;
  const std::size_t count = dwellings.count();
  find_room(dwellings, memory.has_room);
  for (std::size_t market = 0; market < memory.homes.size(); ++market) {
    memory.vacant[market].reset(memory.homes[market].size());
    memory.left[market].reset(memory.homes[market].size());
  }
  for_each_marked(memory.has_room, 0, count, 1, [&](Row dwelling) { mark_vacant(context, dwelling); });
}

bool marks_are_complete(const EventContext& context) {
  const LifeEvents& memory = context.memory;
  const Dwellings& dwellings = context.city.dwellings;
  for (Row dwelling = 0; dwelling < dwellings.count(); ++dwelling) {
    const auto market = static_cast<std::size_t>(market_of(dwellings, dwelling));
    const std::size_t place = memory.place_in_market[dwelling];
    if (!vacant(dwellings, dwelling)) continue;
    if (!memory.vacant[market].test(place) && !memory.left[market].test(place)) return false;
  }
  return true;
}

void reopen_markets(EventContext& context) {
  assert(marks_are_complete(context));
  LifeEvents& memory = context.memory;
  for (std::size_t market = 0; market < memory.homes.size(); ++market) memory.vacant[market].take(memory.left[market]);
}

void close_markets(LifeEvents& memory) {
  for (std::size_t market = 0; market < memory.homes.size(); ++market)
    memory.left[market].fill(memory.homes[market].size());
}

void put_on_market(const Dwellings& dwellings, Row dwelling, LifeEvents& memory) {
  std::vector<Row>& market = memory.homes[static_cast<std::size_t>(market_of(dwellings, dwelling))];
  memory.place_in_market.push_back(static_cast<std::uint32_t>(market.size()));
  market.push_back(dwelling);
}

void mark_vacant(EventContext& context, Row dwelling) {
  const auto market = static_cast<std::size_t>(market_of(context.city.dwellings, dwelling));
  context.memory.vacant[market].set(context.memory.place_in_market[dwelling]);
}

void mark_left(EventContext& context, Row dwelling) {
  if (dwelling == kNone) return;
  const auto market = static_cast<std::size_t>(market_of(context.city.dwellings, dwelling));
  context.memory.left[market].set(context.memory.place_in_market[dwelling]);
}

void count_homes(const City& start, LifeEvents& memory) {
  memory.homes_like.assign(kSeekerClasses, {});
  for (Row household = 0; household < start.households.count(); ++household) {
    const int group = start.households.income_group[household];
    if (start.households.size[household] == 0 || group >= kIncomeStudentOrInstitution) continue;
    const bool older = start.residents.age_months(start.households.reference[household], 0) >= kOlderMonths;
    const HomeMarket market = market_of(start.dwellings, start.households.dwelling[household]);
    ++memory
          .homes_like[class_of(group, older, start.households.size[household] == 1)][static_cast<std::size_t>(market)];
  }
}

Row any_home(const EventContext& context, const HomeSeeker& seeker) {
  const std::uint64_t sequence = context.word(seeker.id, purpose::home);
  int market = first_market(context, seeker, open_to(seeker), sequence);
  if (market < 0) market = first_market(context, seeker, left_to(seeker), sequence);
  if (market < 0) return kNone;
  const std::vector<Row>& homes = homes_of(context, static_cast<HomeMarket>(market));
  return homes.empty() ? kNone : homes[look_at(sequence, 0, homes.size())];
}

Row find_home(EventContext& context, const HomeSeeker& seeker) {
  if (!context.switches.competition) return any_home(context, seeker);
  const std::uint64_t sequence = context.word(seeker.id, purpose::home);
  const Open open = open_to(seeker);
  const int market = first_market(context, seeker, open, sequence);
  if (market < 0) return kNone;
  const Row found = first_vacant(context, static_cast<HomeMarket>(market), sequence);
  return found != kNone ? found : first_vacant_of(context, open, sequence);
}

Row find_care_home(EventContext& context, std::uint64_t seeker) {
  return first_vacant(context, HomeMarket::institution, context.word(seeker, purpose::home));
}

Row find_home_or(EventContext& context, const HomeSeeker& seeker, Row instead) {
  Row found = find_home(context, seeker);
  if (found == kNone && context.switches.competition)
    found = first_vacant_of(context, left_to(seeker), context.word(seeker.id, purpose::home));
  return found != kNone ? found : instead;
}

}  // namespace sleutel
