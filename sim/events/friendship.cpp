#include <algorithm>
#include <array>
#include <span>

#include "sim/base/marks.h"
#include "sim/events/consequences.h"
#include "sim/events/households.h"
#include "sim/events/listing.h"
#include "sim/events/purposes.h"

// Lasting ties end when somebody dies or leaves the city, and new ones begin between people of the same buurt and about
// the same age. Each resident has a number of ties that he would have: those he had at the start, or a keyed number
// distributed as in the start city; who has
// fewer is open to a new tie in a keyed month, newcomers at once. Those who are open are paired as partners are
// (partnering.cpp): the nearest in age first, with keyed noise.

namespace sleutel {
namespace {

constexpr int kAgeGapMonths = 10 * 12;  ///< and between people whose ages differ by at most this (assumption)
constexpr std::uint64_t kMonthsUnit = 1 << 10;
/// As in partnering.cpp [months].
constexpr std::uint64_t kCostSteps[] = {12, 36, 1 << 12};
constexpr std::uint64_t kNoise = 60 * kMonthsUnit;

int wished_ties(const LifeEvents& memory, StreamKey key, std::uint64_t id) {
  const auto& known = memory.ties_at_start;
  if (id < known.size() && known[id] != kTiesUnknown) return known[id];
  const auto& until = memory.ties_until;
  if (until.back() == 0) return 0;
  const double u = uniform({key, id, kForLife, purpose::tie_capacity});
  const auto at = static_cast<std::uint32_t>(u * until.back());
  return static_cast<int>(std::upper_bound(until.begin(), until.end(), at) - until.begin());
}

int free_slot(const Residents& residents, Row who) {
  for (int slot = 0; slot < kTies; ++slot)
    if (residents.ties[who][static_cast<std::size_t>(slot)] == kNone) return slot;
  return -1;
}

/// Who left the city is in nobody's list any more (take_away).
int ties_of(const Residents& residents, Row who) {
  int count = 0;
  for (const Row other : residents.ties[who]) count += other != kNone;
  return count;
}

/// Who may have a lasting tie at all.
bool may_have_ties(const EventContext& context, Row who) {
  const bool free = (context.city.residents.flags[who] & (kPresent | kInstitution)) == kPresent;
  return static_cast<int>(free) & static_cast<int>(context.age_months(who) >= kTiesFromMonths);
}

/// Chance to be open this month, of 2^64: a cheap keyed gate, so that most who want a tie cost one multiplication.
std::uint64_t gate_of(const EventContext& context) {
  const double share = std::min(1.0, 1 / context.flows.new_tie_months);
  return static_cast<std::uint64_t>(share * 0x1.fffffffffffffp63);
}

/// His ties are looked at later, one random row after the other, so they are asked for now.
OpenToTie open_to_tie(const City& city, Row who) {
  const Residents& residents = city.residents;
  __builtin_prefetch(&residents.ties[who], 1);
  const std::int32_t born = residents.birth_month[who];
  const Row household = residents.household[who];
  const auto place = std::uint32_t{city.households.buurt[household]} << 16 | static_cast<std::uint32_t>(born + 0x8000);
  return {residents.id[who], mixed(residents.id[who]), place, who, born, household};
}

constexpr int kAskAgain = kTouchedTies | kTouchedNew;  ///< touched so, what is known of a resident may have changed

/// Residents of whom the engine knows that they wanted ties when the month began, or whose ties were touched since.
std::span<Row> list_wanting(const EventContext& context, std::vector<Row>& room) {
  if (context.may_want_ties == nullptr) return {};
  const Column<std::uint8_t>& wants = *context.may_want_ties;
  const std::size_t known = wants.size();
  if (room.size() < known) room.resize(known);
  const auto hits = [&](std::size_t at) {
    const std::uint64_t again = eight_at(context.city.touched, at, known) & eight_times(kAskAgain);
    return ~zero_bytes(eight_at(wants, at, known) | again);
  };
  std::size_t listed = 0;
  for_each_hit(0, known, hits, [&](Row who) { room[listed++] = who; });
  return std::span(room).first(listed);
}

/// Of them, who is open.
void list_known(EventContext& context, std::uint64_t month_word, std::vector<OpenToTie>& open) {
  const City& city = context.city;
  const std::uint64_t gate = gate_of(context);
  std::span<Row> rows = list_wanting(context, context.memory.rows);
  rows = keep_rows(rows, [&](Row who) { return mixed(city.residents.id[who] ^ month_word) < gate; });
  rows = keep_rows(rows, [&](Row who) { return may_have_ties(context, who); });
  constexpr std::size_t ahead = 8;  // whose ties are touched lies anywhere
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row who = rows[i];
    if (i + ahead < rows.size()) __builtin_prefetch(&city.residents.ties[rows[i + ahead]], 1);
    if ((city.touched[who] & kAskAgain) != 0 && !wants_ties(context.memory, context.key, city.residents, who)) continue;
    open.push_back(open_to_tie(city, who));
  }
}

/// Residents whom the engine does not know yet; for newcomers of the month the gate is open.
void list_unknown(EventContext& context, std::uint64_t month_word, std::vector<OpenToTie>& open) {
  const Residents& residents = context.city.residents;
  const std::uint64_t gate = gate_of(context);
  const std::size_t known = context.may_want_ties == nullptr ? 0 : context.may_want_ties->size();
  for (std::size_t i = known; i < residents.size(); ++i) {
    const Row who = static_cast<Row>(i);
    const std::uint64_t id = residents.id[who];
    const bool newcomer = id >> 62 == 1 && (id >> 24 & 0xffff'ffff) == static_cast<std::uint64_t>(context.month);
    if (!newcomer && mixed(id ^ month_word) >= gate) continue;
    if (may_have_ties(context, who) && wants_ties(context.memory, context.key, residents, who))
      open.push_back(open_to_tie(context.city, who));
  }
}

/// Byte by byte, from the lowest, which needs no comparisons; few have the same place, and those go by id.
void sort_by_place(std::vector<OpenToTie>& open, std::vector<OpenToTie>& room) {
  room.resize(open.size());
  for (const int shift : {0, 8, 16}) {
    const auto byte_of = [&](const OpenToTie& one) { return (one.place >> shift) & 0xff; };
    std::array<std::size_t, 257> next{};
    for (const OpenToTie& one : open) ++next[byte_of(one) + 1];
    for (std::size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
    for (const OpenToTie& one : open) room[next[byte_of(one)]++] = one;
    open.swap(room);
  }
  for (std::size_t i = 1; i < open.size(); ++i)
    for (std::size_t j = i; j > 0 && open[j] < open[j - 1]; --j) std::swap(open[j], open[j - 1]);
}

/// Who is open this month, in order of buurt, birth and id.
void list_open(EventContext& context, std::vector<OpenToTie>& open) {
  const std::uint64_t month_word = context.word(0, purpose::tie_gate);
  open.clear();
  list_known(context, month_word, open);
  list_unknown(context, month_word, open);
  sort_by_place(open, context.memory.room);
}

bool are_tied(const Residents& residents, Row one, Row other) {
  bool tied = false;
  for (const Row tie : residents.ties[one]) tied |= tie == other;
  return tied;
}

bool may_tie(const Residents& residents, const OpenToTie& one, const OpenToTie& other) {
  return (one.household != other.household) & !are_tied(residents, one.who, other.who);
}

/// Pairs of one buurt with a cost in [from, until). Who is open stands in order of birth, so that the search for
/// partners of about the same age ends early.
void list_pairs(const EventContext& context, std::span<const OpenToTie> open, std::uint64_t from, std::uint64_t until,
                Pairs& pairs) {
  const auto reach = static_cast<std::int32_t>(std::min<std::uint64_t>(kAgeGapMonths, (until - 1) / kMonthsUnit));
  const auto month = static_cast<std::uint64_t>(context.month);
  pairs.clear();
  for (std::size_t i = 0; i < open.size(); ++i) {
    const std::int32_t born = open[i].birth_month;
    const std::uint64_t noise = open[i].noise ^ month;
    const auto near = [&](std::size_t j) { return open[j].birth_month - born <= reach; };
    const auto cost_of = [&](std::size_t j) {
      const auto gap = static_cast<std::uint64_t>(open[j].birth_month - born);
      return gap * kMonthsUnit + mixed(noise ^ open[j].noise) % kNoise;
    };
    pairs.add_for(i, open.size(), near, cost_of, from, until);
  }
  pairs.keep([&](std::size_t i, std::size_t j) { return may_tie(context.city.residents, open[i], open[j]); });
}

void tie(City& city, Row one, Row other) {
  city.touch(one, kTouchedTies);
  city.touch(other, kTouchedTies);
  Residents& residents = city.residents;
  residents.ties[one][static_cast<std::size_t>(free_slot(residents, one))] = other;
  residents.ties[other][static_cast<std::size_t>(free_slot(residents, other))] = one;
}

/// Who has found is no longer among those who are open.
std::span<OpenToTie> still_open(std::span<OpenToTie> open) {
  const auto last = std::remove_if(open.begin(), open.end(), [](const OpenToTie& one) { return one.who == kNone; });
  return open.first(static_cast<std::size_t>(last - open.begin()));
}

void tie_in_buurt(EventContext& context, std::span<OpenToTie> open) {
  open = open.first(std::min(open.size(), kMostCandidates));
  Pairs& pairs = context.memory.pairs;
  std::uint64_t from = 0;
  for (const std::uint64_t months : kCostSteps) {
    list_pairs(context, open, from, months * kMonthsUnit, pairs);
    for (const Pair pair : pairs.match(open.size())) {
      tie(context.city, open[pair.one()].who, open[pair.other()].who);
      open[pair.one()].who = open[pair.other()].who = kNone;
    }
    open = still_open(open);
    from = months * kMonthsUnit;
  }
}

}  // namespace

bool wants_ties(const LifeEvents& memory, StreamKey key, const Residents& residents, Row who) {
  const int ties = ties_of(residents, who);
  return ties < kTies && ties < wished_ties(memory, key, residents.id[who]);
}

/// New ties of the month, at most one for each resident.
void make_ties(EventContext& context) {
  std::vector<OpenToTie>& open = context.memory.open;
  list_open(context, open);
  for (std::size_t first = 0; first < open.size();) {
    std::size_t last = first;
    while (last < open.size() && open[last].buurt() == open[first].buurt()) ++last;
    tie_in_buurt(context, std::span<OpenToTie>(open).subspan(first, last - first));
    first = last;
  }
}

}  // namespace sleutel
