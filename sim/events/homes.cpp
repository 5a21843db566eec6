#include "sim/events/homes.h"

#include <array>
#include <bit>

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

/// The next place from `from` on, in a ring, that is marked vacant and is; marks that are out of date are cleared.
Row next_vacant(EventContext& context, HomeMarket market, std::size_t from) {
  const std::vector<Row>& homes = homes_of(context, market);
  std::vector<std::uint64_t>& marks = context.memory.vacant[static_cast<std::size_t>(market)];
  for (std::size_t step = 0; step <= marks.size(); ++step) {
    const std::size_t at = (from / 64 + step) % marks.size();
    std::uint64_t word = marks[at];
    if (step == 0) word &= ~std::uint64_t{0} << (from % 64);
    for (; word != 0; word &= word - 1) {
      const std::size_t place = at * 64 + static_cast<std::size_t>(std::countr_zero(word));
      if (vacant(context.city.dwellings, homes[place])) return homes[place];
      marks[at] &= ~(std::uint64_t{1} << (place % 64));
    }
  }
  return kNone;
}

Row first_vacant(EventContext& context, HomeMarket market, std::uint64_t sequence) {
  const std::vector<Row>& homes = homes_of(context, market);
  if (homes.empty()) return kNone;
  std::size_t place = 0;
  for (int look = 0; look < kLooks; ++look) {
    place = look_at(sequence, look, homes.size());
    if (vacant(context.city.dwellings, homes[place])) return homes[place];
  }
  return next_vacant(context, market, place);
}

/// Which markets are open to a seeker. Owning needs an income above the lowest fifth; social rent goes to the lower
/// three fifths, about those below the limit of the Housing Act (assumption).
std::array<bool, kHomeMarkets> open_to(bool student, int income_group) {
  if (student) return {false, false, false, true, false};
  const bool known = income_group < kIncomeStudentOrInstitution;
  return {known && income_group >= 1, !known || income_group <= 2, true, false, false};
}

/// The market a seeker tries first: any open one, in proportion to its homes, by the first word of the sequence.
int first_market(const EventContext& context, const std::array<bool, kHomeMarkets>& open, std::uint64_t sequence) {
  std::array<std::size_t, kHomeMarkets> until{};
  std::size_t sum = 0;
  for (std::size_t i = 0; i < open.size(); ++i) until[i] = sum += open[i] ? context.memory.homes[i].size() : 0;
  if (sum == 0) return -1;
  const std::size_t pick = look_at(sequence, kLooks, sum);
  int market = 0;
  while (until[static_cast<std::size_t>(market)] <= pick) ++market;
  return market;
}

/// Markets that are tried after the first one: rented homes, then owned ones, then rooms.
constexpr std::array<HomeMarket, 4> kOtherwise = {HomeMarket::private_rent, HomeMarket::social_rent, HomeMarket::owner,
                                                  HomeMarket::student};

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

void reopen_markets(EventContext& context) {
  LifeEvents& memory = context.memory;
  for (std::size_t market = 0; market < memory.homes.size(); ++market) {
    const std::vector<Row>& homes = memory.homes[market];
    memory.vacant[market].assign(homes.size() / 64 + 1, 0);
    for (std::size_t place = 0; place < homes.size(); ++place) {
      const auto is_vacant = static_cast<std::uint64_t>(vacant(context.city.dwellings, homes[place]));
      memory.vacant[market][place / 64] |= is_vacant << (place % 64);
    }
  }
}

void put_on_market(const Dwellings& dwellings, Row dwelling, LifeEvents& memory) {
  std::vector<Row>& market = memory.homes[static_cast<std::size_t>(market_of(dwellings, dwelling))];
  memory.place_in_market.push_back(static_cast<std::uint32_t>(market.size()));
  market.push_back(dwelling);
}

void mark_vacant(EventContext& context, Row dwelling) {
  const auto market = static_cast<std::size_t>(market_of(context.city.dwellings, dwelling));
  const std::size_t place = context.memory.place_in_market[dwelling];
  context.memory.vacant[market][place / 64] |= std::uint64_t{1} << (place % 64);
}

Row any_home(const EventContext& context, std::uint64_t seeker, bool student, int income_group) {
  const std::uint64_t sequence = context.word(seeker, purpose::home);
  int market = first_market(context, open_to(student, income_group), sequence);
  if (market < 0) market = first_market(context, {true, true, true, true, false}, sequence);
  if (market < 0) return kNone;
  const std::vector<Row>& homes = homes_of(context, static_cast<HomeMarket>(market));
  return homes[look_at(sequence, 0, homes.size())];
}

Row find_home(EventContext& context, std::uint64_t seeker, bool student, int income_group) {
  if (!context.switches.competition) return any_home(context, seeker, student, income_group);
  const std::uint64_t sequence = context.word(seeker, purpose::home);
  const auto open = open_to(student, income_group);
  const int market = first_market(context, open, sequence);
  if (market < 0) return kNone;
  const Row found = first_vacant(context, static_cast<HomeMarket>(market), sequence);
  if (found != kNone) return found;
  for (const HomeMarket other : kOtherwise) {
    if (!open[static_cast<std::size_t>(other)]) continue;
    const Row instead = first_vacant(context, other, sequence);
    if (instead != kNone) return instead;
  }
  return kNone;
}

Row find_care_home(EventContext& context, std::uint64_t seeker) {
  return first_vacant(context, HomeMarket::institution, context.word(seeker, purpose::home));
}

Row find_home_or(EventContext& context, std::uint64_t seeker, bool student, int income_group, Row instead) {
  const Row found = find_home(context, seeker, student, income_group);
  return found != kNone ? found : instead;
}

}  // namespace sleutel
