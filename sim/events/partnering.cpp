#include <algorithm>
#include <cstdlib>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"

// Who partners with whom. Candidates are all whose partnering lane fired this month, of both sexes. Each possible pair
// has a cost: the difference of age, two years more for each level of education between them, and up to three years of
// keyed noise, named by the two and the month. The cheapest pair of all is matched, then the cheapest of those that
// remain, and so on. The cost is the same from both sides, so the matching is the only stable one, and a candidate more
// sets off a chain in which every step is dearer than the one before: it ends after a few. Who remains unmatched
// remains single; that loss is part of the lane's local factor.

namespace sleutel {
namespace {

constexpr std::uint64_t kMonthsUnit = 1 << 10;  ///< cost of a month of difference in age
constexpr std::uint64_t kEducationMonths = 24;  ///< a level of education counts as this [months] (assumption)
/// Pairs are listed in steps of cost, so that few are listed: the result is that of all at once [months].
constexpr std::uint64_t kCostSteps[] = {18, 48, 1 << 12};
constexpr std::uint64_t kNoise = 36 * kMonthsUnit;  ///< keyed noise is below this (assumption)

bool may_partner(const EventContext& context, Row who) {
  const Residents& residents = context.city.residents;
  return residents.present(who) && residents.partner[who] == kNone && context.adult(who) &&
         !residents.is(who, kInstitution);
}

bool seeks_own_sex(const EventContext& context, std::uint64_t id) {
  return context.trait(id, purpose::partner_sex) < context.flows.same_sex;
}

Single single_of(const EventContext& context, Row who) {
  const Residents& residents = context.city.residents;
  const std::uint64_t id = context.id(who);
  return {who,
          context.word(id, purpose::partner_noise),
          residents.birth_month[who],
          static_cast<int>(residents.education[who]),
          residents.sex[who] == Sex::female,
          seeks_own_sex(context, id)};
}

bool suit(const Single& a, const Single& b) { return a.own_sex == b.own_sex && (a.female == b.female) == a.own_sex; }

/// 32 bits; the noise is the same whichever of the two comes first.
std::uint64_t cost_of(const Single& a, const Single& b, std::uint64_t gap) {
  const auto levels = static_cast<std::uint64_t>(std::abs(a.education - b.education));
  return (gap + kEducationMonths * levels) * kMonthsUnit + mixed(a.noise ^ b.noise) % kNoise;
}

/// Pairs with a cost in [from, until) who do not live together. Singles stand in order of birth.
void list_pairs(const EventContext& context, std::span<const Single> singles, std::uint64_t from, std::uint64_t until,
                Pairs& pairs) {
  const auto& household = context.city.residents.household;
  const auto limit = static_cast<std::uint64_t>(context.flows.age_gap_limit * 12);
  const std::uint64_t reach = std::min(limit, (until - 1) / kMonthsUnit);
  pairs.clear();
  for (std::size_t i = 0; i < singles.size(); ++i) {
    const Single& one = singles[i];
    const auto gap_to = [&](std::size_t j) {
      return static_cast<std::uint64_t>(singles[j].birth_month - one.birth_month);
    };
    const auto near = [&](std::size_t j) { return gap_to(j) <= reach; };
    const auto cost_or_never = [&](std::size_t j) {
      const std::uint64_t cost = cost_of(one, singles[j], gap_to(j));
      return suit(one, singles[j]) ? cost : ~std::uint64_t{0};
    };
    pairs.add_for(i, singles.size(), near, cost_or_never, from, until);
  }
  pairs.keep([&](std::size_t i, std::size_t j) { return household[singles[i].who] != household[singles[j].who]; });
}

/// Children at home who go where this resident goes: all of a lone parent, else a woman's own minors.
bool comes_along(const EventContext& context, Row child, Row parent, bool lone_parent) {
  const Residents& residents = context.city.residents;
  if (child == parent || !residents.is(child, kChildAtHome)) return false;
  return lone_parent || (residents.mother[child] == parent && !context.adult(child));
}

/// Moves `who` with children into a household; household states come along unless he leaves his parents.
void move_in_with(EventContext& context, Row who, Row household) {
  City& city = context.city;
  const Row from = city.residents.household[who];
  const bool child = city.residents.is(who, kChildAtHome);
  const bool lone_parent = !child && city.households.kind[from] == HouseholdKind::lone_parent;
  std::vector<Row>& members = context.memory.members;
  list_members(city, from, members);
  for (const Row row : members) {
    if (row != who && !comes_along(context, row, who, lone_parent)) continue;
    if (child) drop_household_states(context, row);
    bring(context, row, household);
  }
  clear_flag(city.residents, who, kChildAtHome);
  settle(context, from);
}

/// A household that a partner can join: not a room, not that of parents or of other adults.
bool can_host(const EventContext& context, Row who) {
  const City& city = context.city;
  const Row household = city.residents.household[who];
  const HouseholdKind kind = city.households.kind[household];
  return !city.residents.is(who, kChildAtHome) &&
         (kind == HouseholdKind::single || kind == HouseholdKind::lone_parent) &&
         market_of(city.dwellings, city.households.dwelling[household]) != HomeMarket::student;
}

/// With whom they will live: whoever has a home for two; of two such, the larger family, else a keyed coin.
Row host_of(const EventContext& context, Row one, Row other) {
  const bool first = can_host(context, one);
  const bool second = can_host(context, other);
  if (first != second) return first ? one : other;
  const auto& households = context.city.households;
  const int size_one = households.size[context.city.residents.household[one]];
  const int size_other = households.size[context.city.residents.household[other]];
  if (first && size_one != size_other) return size_one > size_other ? one : other;
  return context.uniform(context.id(one), purpose::partner_host) < 0.5 ? one : other;
}

/// The host's own household; who has no home for two looks for one, and shares the present dwelling if there is none.
Row common_household(EventContext& context, Row host) {
  City& city = context.city;
  const Row present = city.residents.household[host];
  if (can_host(context, host)) return present;
  const int group = std::min<int>(city.households.income_group[present], 2);
  const HomeSeeker seeker{context.id(host), false, group, context.age_months(host) >= kOlderMonths, false};
  const Row home = find_home_or(context, seeker, city.households.dwelling[present]);
  const Row made = new_household(city, context.memory.free_households, home);
  move_in_with(context, host, made);
  return made;
}

void end_if_known(EventContext& context, Row who, int state) {
  if (state >= 0) end_state(context.change(), who, state);
}

void become_couple(EventContext& context, Row one, Row other) {
  City& city = context.city;
  if (context.id(other) < context.id(one)) std::swap(one, other);
  const Row host = host_of(context, one, other);
  const Row guest = host == one ? other : one;
  const Row household = common_household(context, host);
  move_in_with(context, guest, household);
  city.residents.partner[one] = other;
  city.residents.partner[other] = one;
  share_household_states(context, household);
  for (const Row who : {one, other}) {
    if (!city.residents.is(who, kStudent)) start_working(context, who);
    end_if_known(context, who, context.model.roles.separated);
    end_if_known(context, who, context.model.roles.bereaved);
    context.note(EventKind::partnering, who);
  }
  settle(context, household);
}

}  // namespace

/// Finds partners among this month's candidates and makes them couples, children and household states included.
void find_partners(EventContext& context, std::span<const Request> candidates) {
  std::vector<Single>& singles = context.memory.singles;
  singles.clear();
  for (const Request& candidate : candidates)
    if (may_partner(context, candidate.who)) singles.push_back(single_of(context, candidate.who));
  if (singles.size() > kMostCandidates - 1) singles.resize(kMostCandidates - 1);
  std::sort(singles.begin(), singles.end(), [&](const Single& a, const Single& b) {
    return a.birth_month != b.birth_month ? a.birth_month < b.birth_month : context.id(a.who) < context.id(b.who);
  });
  std::uint64_t from = 0;
  for (const std::uint64_t months : kCostSteps) {
    const std::uint64_t until = months * kMonthsUnit;
    list_pairs(context, singles, from, until, context.memory.pairs);
    const std::span<Pair> couples = context.memory.pairs.match(singles.size());
    std::sort(couples.begin(), couples.end());  // they look for homes, the best matched first
    for (const Pair pair : couples) become_couple(context, singles[pair.one()].who, singles[pair.other()].who);
    std::erase_if(singles, [&](const Single& one) { return context.city.residents.partner[one.who] != kNone; });
    from = until;
  }
}

}  // namespace sleutel
