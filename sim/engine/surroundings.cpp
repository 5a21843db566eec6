#include "sim/engine/surroundings.h"

#include <algorithm>

#include "sim/engine/month.h"
#include "sim/events/households.h"

namespace sleutel {

namespace {

/// Share of n who count, in 1/32, to the nearest (halves up); 0 of nobody.
constexpr std::uint8_t share_32(int count, int n) {
  return n == 0 ? 0 : static_cast<std::uint8_t>((32 * std::int64_t{count} + n / 2) / n);
}

/// share_32 of up to four ties: [ties][having].
constexpr auto kShares = [] {
  std::array<std::array<std::uint8_t, kTies + 1>, kTies + 1> table{};
  for (int ties = 0; ties <= kTies; ++ties)
    for (int having = 0; having <= ties; ++having)
      table[static_cast<std::size_t>(ties)][static_cast<std::size_t>(having)] = share_32(having, ties);
  return table;
}();

std::uint32_t bits_of(const std::vector<int>& masks) {
  std::uint32_t word = 0;
  for (const int number : masks) word |= 1U << number;
  return word;
}

}  // namespace

void Surroundings::fit(City& city) {
  const std::size_t people = city.residents.size();
  shown.resize(people);
  traits.resize(people);
  couple.resize(people);
  friends.resize(people);
  placed.resize(people);
  stale.resize(people);
  friend_changed.resize(people);
  city.touched.resize(people, kTouchedAll);
  const std::size_t homes = city.households.count();
  adults.resize(homes);
  traits_until.resize(homes);
  changed.resize(homes);
  member_changed.resize(homes);
  stale_home.resize(homes);
  place.resize(city.buurten.size() * kMaxAsked);
  place_counts.resize(city.buurten.size() * (kMaxAsked + 1));
  place_changed.resize(city.buurten.size());
}

void Surroundings::forget(City& city) {
  city.touched.clear();
  shown.clear();
  placed.clear();
  stale.clear();
  friend_changed.clear();
  changed.clear();
  member_changed.clear();
  place_counts.clear();
}

void begin_with(const std::array<Predictors, kLevelsOfUnits>& predictors, const Asked& asked, Surroundings& around) {
  around.place.clear();
  around.friend_masks = asked.of_friends;
  around.place_masks = asked.of_place;
  around.friends_see = bits_of(around.friend_masks) | kShownPresent;
  around.place_sees = bits_of(around.place_masks);
  around.family_sees = kShownPresent;
  for (const Predictors& of_level : predictors) {
    around.family_sees |= of_level.partner_asked | of_level.parents_asked | of_level.both_asked;
    for (const LevelRule& rule : of_level.levels)
      if (rule.levels > 0 && rule.source == LevelSource::household_has) around.family_sees |= 1U << rule.asked;
  }
}

void tell_others(const Residents& residents, Row row, std::uint32_t changed, Surroundings& around) {
  if ((changed & around.friends_see) != 0)
    for (const Row other : residents.ties[row]) mark(around.friend_changed, other);
  if ((changed & around.family_sees) != 0) mark(around.member_changed, residents.household[row]);
}

namespace {

void count_in_place(std::uint64_t word, std::int32_t by, const std::vector<int>& masks, std::int32_t* counts) {
  if (word == 0) return;
  std::int32_t* const here = counts + (word >> 32) * (kMaxAsked + 1);
  here[kMaxAsked] += by;
  for (const int k : masks) here[k] += by * static_cast<std::int32_t>((word >> k) & 1U);
}

}  // namespace

void leave_place(Row row, Surroundings& around) {
  count_in_place(around.placed[row], -1, around.place_masks, around.place_counts.data());
  around.placed[row] = 0;
}

bool survey_friends(City& city, Row row, const Switches& switches, Surroundings& around) {
  Residents& residents = city.residents;
  int ties = 0;
  std::array<int, kMaxFriendShares> having{};
  for (const Row other : residents.ties[row]) {
    if (other == kNone) continue;
    const std::uint32_t shown = around.shown[other];
    ties += static_cast<int>(shown >> 31);
    for (std::size_t k = 0; k < around.friend_masks.size(); ++k)
      having[k] += static_cast<int>((shown >> around.friend_masks[k]) & 1U);
  }
  std::uint64_t shares = 0;
  if (switches.ties)
    for (std::size_t k = 0; k < around.friend_masks.size(); ++k)
      shares |= std::uint64_t{kShares[static_cast<std::size_t>(ties)][static_cast<std::size_t>(having[k])]} << (8 * k);
  const bool partnered = residents.partner[row] != kNone;
  const int others = around.adults[residents.household[row]] - (is_adult(around, row) ? 1 : 0) - (partnered ? 1 : 0);
  const auto support = static_cast<std::uint8_t>(3 * (partnered ? 1 : 0) + (others > 0 ? 1 : 0) + ties);
  const bool same = around.friends[row] == shares && residents.support[row] == support;
  around.friends[row] = shares;
  residents.support[row] = support;
  return !same;
}

namespace {

static_assert(kShownPresent == 1U << 31, "survey_friends counts the ties who are there by the highest bit");

/// A first look at one resident: was he touched, does he show something else, has he a birthday?
void look_at(Run& run, Row row) {
  Surroundings& around = run.around;
  const Residents& residents = run.city.residents;
  const std::uint8_t touched = run.city.touched[row];
  const bool birthday = (run.month - residents.birth_month[row]) % 12 == 0;
  around.stale[row] = static_cast<std::uint8_t>((touched & kStaleAll) | (birthday ? kStaleUnit : 0));
  if (touched == 0) return;
  run.city.touched[row] = 0;
  if ((touched & kTouchedFamily) != 0) {
    const Row partner = residents.partner[row];
    around.couple[row] =
        partner != kNone && residents.present(row) && residents.id[row] < residents.id[partner] ? 1 : 0;
    mark(around.changed, residents.household[row]);
  }
  const std::uint32_t shown = shown_by(residents, row, run.arm->asked);
  if (shown == around.shown[row]) return;
  tell_others(residents, row, shown ^ around.shown[row], around);
  around.shown[row] = shown;
}

/// What a household is and what its members show to one another.
void look_at_home(Run& run, Row household) {
  Surroundings& around = run.around;
  const bool again = around.changed[household] != 0 || run.month >= around.traits_until[household];
  if (!again && around.member_changed[household] == 0) return;
  around.changed[household] = around.member_changed[household] = 0;
  if (run.city.households.size[household] == 0) return;
  if (again) survey_household(run.city, household, run.month, around);
  around.stale_home[household] = 1;
  const int why = again ? kStaleUnit | kStaleFriends : kStaleUnit;
  for_each_member(run.city, household,
                  [&](Row row) { around.stale[row] = static_cast<std::uint8_t>(around.stale[row] | why); });
}

/// What an adult adds to the counts of his buurt, as one word: buurt, and the bits that he shows.
std::uint64_t place_word(const City& city, Row row, const Surroundings& around) {
  if ((around.shown[row] & kShownPresent) == 0 || !is_adult(around, row)) return 0;
  const std::uint64_t buurt = city.households.buurt[city.residents.household[row]];
  return buurt << 32 | kShownPresent | (around.shown[row] & around.place_sees);
}

void share_places(Surroundings& around) {
  around.any_place_changed = false;
  for (std::size_t buurt = 0; buurt < around.place_changed.size(); ++buurt) {
    around.place_changed[buurt] = 0;
    const std::int32_t* const here = around.place_counts.data() + buurt * (kMaxAsked + 1);
    for (const int k : around.place_masks) {
      std::uint8_t& share = around.place[buurt * kMaxAsked + static_cast<std::size_t>(k)];
      const std::uint8_t now = share_32(here[k], here[kMaxAsked]);
      if (share == now) continue;
      share = now;
      around.place_changed[buurt] = 1;
      around.any_place_changed = true;
    }
  }
}

/// Counts of the buurten: those whose word is another are taken out where they were and put in where they are.
void survey_places(Run& run) {
  Surroundings& around = run.around;
  if (!run.arm->plan.study.switches.surroundings || around.place_masks.empty()) return;
  for (Workplace& place : run.places) place.place_counts.assign(around.place_counts.size(), 0);
  run.blocks.each(run.city.residents.size(), [&](const Block& block) {
    std::int32_t* const mine = run.places[static_cast<std::size_t>(block.slot)].place_counts.data();
    for (std::size_t i = block.first; i < block.last; ++i) {
      if (around.stale[i] == 0) continue;
      const std::uint64_t word = place_word(run.city, static_cast<Row>(i), around);
      if (word == around.placed[i]) continue;
      count_in_place(around.placed[i], -1, around.place_masks, mine);
      count_in_place(word, 1, around.place_masks, mine);
      around.placed[i] = word;
    }
  });
  for (const Workplace& place : run.places)
    for (std::size_t i = 0; i < around.place_counts.size(); ++i) around.place_counts[i] += place.place_counts[i];
  share_places(around);
}

/// Residents of a block whose friends or support must be looked at again. Those of a buurt whose shares have changed
/// are marked.
void list_befriended(Run& run, const Block& block, std::vector<Row>& rows) {
  Surroundings& around = run.around;
  const City& city = run.city;
  rows.clear();
  for (std::size_t i = block.first; i < block.last; ++i) {
    const Row row = static_cast<Row>(i);
    const bool asked = (around.friend_changed[row] | (around.stale[row] & kStaleFriends)) != 0;
    around.friend_changed[row] = 0;
    if ((around.shown[row] & kShownPresent) == 0) continue;
    if (asked) rows.push_back(row);
    if (around.any_place_changed && around.place_changed[city.households.buurt[city.residents.household[row]]] != 0)
      around.stale[row] = static_cast<std::uint8_t>(around.stale[row] | kStaleLevel);
  }
}

/// Friends and support, once everybody shows what he shows.
void look_at_friends(Run& run, const Block& block) {
  constexpr std::size_t ahead = 8;  // friends are anywhere in the city
  Surroundings& around = run.around;
  std::vector<Row>& rows = run.places[static_cast<std::size_t>(block.slot)].rows;
  list_befriended(run, block, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + ahead < rows.size())
      for (const Row other : run.city.residents.ties[rows[i + ahead]])
        if (other != kNone) __builtin_prefetch(&around.shown[other]);
    if (survey_friends(run.city, rows[i], run.arm->plan.study.switches, around))
      around.stale[rows[i]] = static_cast<std::uint8_t>(around.stale[rows[i]] | kStaleLevel);
  }
}

}  // namespace

void surroundings(Run& run) {
  const std::size_t residents = run.city.residents.size();
  run.around.fit(run.city);
  run.units[0].fit(residents);
  run.residents_before = residents;
  run.blocks.each(residents, [&](const Block& block) {
    for (std::size_t row = block.first; row < block.last; ++row) look_at(run, static_cast<Row>(row));
  });
  run.blocks.each(run.city.households.count(), [&](const Block& block) {
    for (std::size_t row = block.first; row < block.last; ++row) look_at_home(run, static_cast<Row>(row));
  });
  survey_places(run);
  run.blocks.each(residents, [&](const Block& block) { look_at_friends(run, block); });
}

}  // namespace sleutel
