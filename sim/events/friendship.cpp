#include <algorithm>

#include "sim/base/marks.h"
#include "sim/events/consequences.h"
#include "sim/events/households.h"
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
  const Residents& residents = context.city.residents;
  return residents.present(who) && context.age_months(who) >= kTiesFromMonths && !residents.is(who, kInstitution);
}

/// Chance to be open this month, of 2^64: a cheap keyed gate, so that most who want a tie cost one multiplication.
std::uint64_t gate_of(const EventContext& context) {
  const double share = std::min(1.0, 1 / context.flows.new_tie_months);
  return static_cast<std::uint64_t>(share * 0x1.fffffffffffffp63);
}

OpenToTie open_to_tie(const City& city, Row who) {
  const Residents& residents = city.residents;
  const std::int32_t born = residents.birth_month[who];
  const Row household = residents.household[who];
  const std::uint64_t place = std::uint64_t{city.households.buurt[household]} << 32 |
                              static_cast<std::uint32_t>(born + (1 << 20));
  return {place, residents.id[who], mixed(residents.id[who]), who, born};
}

/// Residents of whom the engine knows whether they want ties: those whose gate is open and who did when the month
/// began, or whose ties were touched since, which is looked at again.
void list_known(EventContext& context, std::uint64_t month_word, std::vector<OpenToTie>& open) {
  if (context.may_want_ties == nullptr) return;
  const Column<std::uint8_t>& wants = *context.may_want_ties;
  const Column<std::uint8_t>& touched = context.city.touched;
  constexpr int kAgain = kTouchedTies | kTouchedNew;
  const Residents& residents = context.city.residents;
  const std::uint64_t gate = gate_of(context);
  std::vector<Row>& passed = context.memory.rows;
  passed.clear();
  const auto hits = [&](std::size_t at) {
    return ~zero_bytes(eight_at(wants, at, wants.size()) |
                       (eight_at(touched, at, wants.size()) & eight_times(static_cast<std::uint8_t>(kAgain))));
  };
  for_each_hit(0, wants.size(), hits, [&](Row who) {
    if (mixed(residents.id[who] ^ month_word) < gate) passed.push_back(who);
  });
  for (const Row who : passed) {
    if (!may_have_ties(context, who)) continue;
    const bool again = (touched[who] & kAgain) != 0;
    if (!again || wants_ties(context.memory, context.key, residents, who))
      open.push_back(open_to_tie(context.city, who));
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

/// Who is open this month, in order of buurt, birth and id.
void list_open(EventContext& context, std::vector<OpenToTie>& open) {
  const std::uint64_t month_word = context.word(0, purpose::tie_gate);
  open.clear();
  list_known(context, month_word, open);
  list_unknown(context, month_word, open);
  std::sort(open.begin(), open.end());
}

bool are_tied(const Residents& residents, Row one, Row other) {
  return std::find(residents.ties[one].begin(), residents.ties[one].end(), other) != residents.ties[one].end();
}

bool may_tie(const Residents& residents, Row one, Row other) {
  return residents.household[one] != residents.household[other] && !are_tied(residents, one, other);
}

/// Pairs of one buurt with a cost in [from, until), best first. Who is open stands in order of birth, so that the
/// search for partners of about the same age ends early.
void list_pairs(EventContext& context, std::span<const OpenToTie> open, std::uint64_t from, std::uint64_t until) {
  const Residents& residents = context.city.residents;
  const std::vector<bool>& taken = context.memory.taken;
  const std::uint64_t reach = std::min<std::uint64_t>(kAgeGapMonths, (until - 1) / kMonthsUnit);
  std::vector<std::uint64_t>& pairs = context.memory.pairs;
  pairs.clear();
  for (std::size_t i = 0; i < open.size() && i < 65536; ++i) {
    for (std::size_t j = i + 1; j < open.size() && j < 65536 && !taken[i]; ++j) {
      const auto gap = static_cast<std::uint64_t>(open[j].birth_month - open[i].birth_month);
      if (gap > reach) break;
      const std::uint64_t noise = mixed(open[i].noise ^ open[j].noise ^ static_cast<std::uint64_t>(context.month));
      const std::uint64_t cost = gap * kMonthsUnit + noise % kNoise;
      if (cost < from || cost >= until || taken[j] || !may_tie(residents, open[i].who, open[j].who)) continue;
      pairs.push_back(cost << 32 | i << 16 | j);
    }
  }
  std::sort(pairs.begin(), pairs.end());
}

void tie_in_buurt(EventContext& context, std::span<const OpenToTie> open) {
  Residents& residents = context.city.residents;
  std::vector<bool>& taken = context.memory.taken;
  taken.assign(open.size(), false);
  std::uint64_t from = 0;
  for (const std::uint64_t months : kCostSteps) {
    list_pairs(context, open, from, months * kMonthsUnit);
    for (const std::uint64_t pair : context.memory.pairs) {
      const std::size_t i = (pair >> 16) & 0xffff, j = pair & 0xffff;
      if (taken[i] || taken[j]) continue;
      taken[i] = taken[j] = true;
      context.city.touch(open[i].who, kTouchedTies);
      context.city.touch(open[j].who, kTouchedTies);
      residents.ties[open[i].who][static_cast<std::size_t>(free_slot(residents, open[i].who))] = open[j].who;
      residents.ties[open[j].who][static_cast<std::size_t>(free_slot(residents, open[j].who))] = open[i].who;
    }
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
    tie_in_buurt(context, std::span<const OpenToTie>(open).subspan(first, last - first));
    first = last;
  }
}

}  // namespace sleutel
