#include "sim/engine/surroundings.h"

#include <algorithm>
#include <cassert>

#include "sim/engine/ahead.h"
#include "sim/engine/month.h"
#include "sim/events/households.h"

namespace sleutel {

namespace {

std::uint32_t bits_of(const std::vector<int>& masks) {
  std::uint32_t word = 0;
  for (const int number : masks) word |= 1U << number;
  return word;
}

}  // namespace

void Surroundings::fit(City& city) {
  const std::size_t people = city.residents.size();
  const std::size_t homes = city.households.count();
  each_column([&](auto& column) { column.resize(people); }, [&](auto& column) { column.resize(homes); });
  city.touched.resize(people, kTouchedNew);
  place_counts.resize(city.buurten.size() * (kMaxAsked + 1));
  place.resize(city.buurten.size() * kMaxAsked);
}

void Surroundings::forget(City& city) {
  each_column([](auto& column) { column.clear(); }, [](auto& column) { column.clear(); });
  city.touched.clear();
  place_counts.clear();
}

void begin_with(const Asked& asked, Surroundings& around) {
  around.place.clear();
  around.place_masks = asked.of_place;
  around.place_sees = bits_of(around.place_masks);
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

bool survey_support(City& city, Row row, Surroundings& around) {
  Residents& residents = city.residents;
  int ties = 0;
  for (const Row other : residents.ties[row])
    if (other != kNone) ties += static_cast<int>(around.shown[other] >> 31);
  const bool partnered = residents.partner[row] != kNone;
  const int others = around.adults[residents.household[row]] - (is_adult(around, row) ? 1 : 0) - (partnered ? 1 : 0);
  const auto support = static_cast<std::uint8_t>(3 * (partnered ? 1 : 0) + (others > 0 ? 1 : 0) + ties);
  const bool same = residents.support[row] == support;
  residents.support[row] = support;
  return !same;
}

namespace {

static_assert(kShownPresent == 1U << 31, "survey_support counts the ties who are there by the highest bit");

/// A family, home or address that may be another than last month.
void look_at_family(const Run& run, Row row, Surroundings& around) {
  const Residents& residents = run.city.residents;
  const Row partner = residents.partner[row];
  const bool present = residents.present(row);
  around.couple[row] = partner != kNone && present && residents.id[row] < residents.id[partner] ? 1 : 0;
  around.birthday[row] = present ? static_cast<std::uint8_t>((residents.birth_month[row] % 12 + 12) % 12) : kNoBirthday;
  mark(around.changed, residents.household[row]);
}

/// What depends on states alone, as long as the resident is there.
void look_at_states(const Arm& arm, const Residents& residents, Row row, Surroundings& around) {
  const std::uint32_t shown = shown_by(residents, row, arm.asked);
  const bool there = (shown & kShownPresent) != 0;  // who died has shown nothing since, but is still counted
  if (!there || ((shown ^ around.shown[row]) & around.place_sees) != 0) add_marks(around.stale, row, kStalePlace);
  around.seen[row] = residents.states[row];
  around.shown[row] = shown;
  around.slotted[row] = arm.durations.slots_on(residents.states[row]);
}

/// True if his states put something else on his loads than before, or if what began gave him a shock.
bool presses_otherwise(const Run& run, Row row) {
  const Residents& residents = run.city.residents;
  return differ_in(residents.states[row], run.around.seen[row], run.arm->stress.holders) ||
         (residents.shock_fast[row] | residents.shock_slow[row]) != 0;
}

/// States or durations that may be others.
int stale_by_states(Run& run, Row row) {
  const StateMask& now = run.city.residents.states[row];
  const StateMask& before = run.around.seen[row];
  const auto reads = [&](Level level) {
    const Predictors& predictors = run.arm->predictors[static_cast<std::size_t>(level)];
    return now.any_of(predictors.bound_months) || differ_in(now, before, predictors.bound_states);
  };
  if (reads(Level::household)) mark(run.around.stale_home, run.city.residents.household[row]);
  return kStaleUnit | (reads(Level::couple) ? kStaleCouple : 0) | (presses_otherwise(run, row) ? kStalePressure : 0);
}

/// What a look at one resident reads and writes is not near.
void ask_for(const Run& run, Row row) {
  __builtin_prefetch(&run.city.residents.states[row]);
  __builtin_prefetch(&run.city.residents.household[row]);
  __builtin_prefetch(&run.around.seen[row], 1);
  __builtin_prefetch(&run.city.residents.shock_fast[row]);
  __builtin_prefetch(&run.city.residents.shock_slow[row]);
  const int touched = run.city.touched[row];
  if ((touched & kTouchedTies) != 0) __builtin_prefetch(&run.city.residents.ties[row]);
  if ((touched & kTouchedFamily) == 0) return;
  __builtin_prefetch(&run.city.residents.partner[row]);
  __builtin_prefetch(&run.city.residents.id[row]);
}

/// A first look at one resident who was touched.
void look_at(Run& run, Row row) {
  Surroundings& around = run.around;
  const Residents& residents = run.city.residents;
  const std::uint8_t touched = run.city.touched[row];
  run.city.touched[row] = 0;
  const bool is_new = (touched & kTouchedNew) != 0;
  const bool other_family = is_new || (touched & kTouchedFamily) != 0;
  const bool other_ties = is_new || (touched & kTouchedTies) != 0;
  const bool other_states = is_new || (touched & kTouchedStates) != 0;
  int stale = is_new ? kStaleAll : 0;
  if (other_family) stale |= kStaleFriends | kStaleCouple;
  if (other_ties) stale |= kStaleFriends;
  if (other_ties) around.wants_ties[row] = wants_ties(*run.life_events, run.key, residents, row) ? 1 : 0;
  if (other_family) look_at_family(run, row, around);
  if (other_states) stale |= stale_by_states(run, row);
  add_marks(around.stale, row, stale);
  const auto same = [&] { return around.seen[row] == residents.states[row] && residents.present(row); };
  if (is_new || (other_states && !same())) look_at_states(*run.arm, residents, row, around);
  assert(around.shown[row] == shown_by(residents, row, run.arm->asked));
}

/// At some ages somebody responds otherwise, or is counted elsewhere; the bounds of hazards hold for some years.
void look_at_birthday(Run& run, Row row) {
  const Residents& residents = run.city.residents;
  const auto age_sex = static_cast<std::size_t>(age_sex_of(residents, row, run.month));
  const std::uint8_t what = run.arm->birthdays[age_sex];
  if (what == 0) return;
  add_marks(run.around.stale, row, what & kBirthdayStale);
  const Row household = residents.household[row];
  if ((what & kBirthdayOfFamily) != 0) mark(run.around.changed, household);
  if ((what & kBirthdayOfHome) != 0 && run.city.households.reference[household] == row)
    mark(run.around.stale_home, household);
}

/// Who was touched, and who has a birthday.
void look_at_all(Run& run, const Block& block) {
  Surroundings& around = run.around;
  std::fill(around.stale.begin() + static_cast<std::ptrdiff_t>(block.first),
            around.stale.begin() + static_cast<std::ptrdiff_t>(block.last), std::uint8_t{0});
  std::vector<Row>& rows = run.places[static_cast<std::size_t>(block.slot)].rows;
  rows.clear();
  for_each_marked(run.city.touched, block.first, block.last, 255, [&](Row row) { rows.push_back(row); });
  for_each_ahead(
      rows, [&](Row row) { ask_for(run, row); }, [&](Row row) { look_at(run, row); });
  const auto month = static_cast<std::uint8_t>((run.month % 12 + 12) % 12);
  for_each_equal(around.birthday, block.first, block.last, month, [&](Row row) { look_at_birthday(run, row); });
}

/// What a look at one household reads of it, and then of its members, the first of whom has the others near.
void ask_for_home(const Households& homes, Row household) {
  __builtin_prefetch(&homes.first_member[household]);
  __builtin_prefetch(&homes.reference[household], 1);
  __builtin_prefetch(&homes.named_by[household], 1);
  __builtin_prefetch(&homes.dwelling[household]);
}
void ask_for_members(const Run& run, Row household) {
  const Residents& residents = run.city.residents;
  const Row first = run.city.households.first_member[household];
  const Row dwelling = run.city.households.dwelling[household];
  if (dwelling != kNone) __builtin_prefetch(&run.city.dwellings.tenure[dwelling]);
  if (first == kNone) return;
  __builtin_prefetch(&residents.id[first]);
  __builtin_prefetch(&residents.next_in_household[first]);
  __builtin_prefetch(&residents.partner[first]);
  __builtin_prefetch(&residents.birth_month[first]);
  __builtin_prefetch(&run.around.traits[first], 1);
}

/// Households in which something has changed, and what their members are in them.
void look_at_homes(Run& run, const Block& block) {
  Surroundings& around = run.around;
  const std::array<Predictors, kLevelsOfUnits>& ask = run.arm->predictors;
  const int why = (ask[0].asks_home ? kStaleUnit : 0) | (ask[2].asks_home ? kStaleCouple : 0);
  std::vector<Row>& changed = run.places[static_cast<std::size_t>(block.slot)].rows;
  changed.clear();
  for_each_marked(around.changed, block.first, block.last, 1, [&](Row household) {
    around.changed[household] = 0;
    if (run.city.households.size[household] == 0) return;
    ask_for_home(run.city.households, household);
    changed.push_back(household);
  });
  const auto fetch = [&](Row household) { ask_for_members(run, household); };
  for_each_ahead(changed, fetch, [&](Row household) {
    survey_household(run.city, household, run.month, around);
    around.stale_home[household] = 1;
    if (why != 0) for_each_member(run.city, household, [&](Row row) { add_marks(around.stale, row, why); });
  });
}

/// What an adult adds to the counts of his buurt, as one word: buurt, and the bits that he shows.
std::uint64_t place_word(const City& city, Row row, const Surroundings& around) {
  if ((around.shown[row] & kShownPresent) == 0 || !is_adult(around, row)) return 0;
  const std::uint64_t buurt = city.households.buurt[city.residents.household[row]];
  return buurt << 32 | kShownPresent | (around.shown[row] & around.place_sees);
}

void share_places(Surroundings& around) {
  for (std::size_t buurt = 0; buurt * kMaxAsked < around.place.size(); ++buurt) {
    const std::int32_t* const here = around.place_counts.data() + buurt * (kMaxAsked + 1);
    for (const int k : around.place_masks)
      around.place[buurt * kMaxAsked + static_cast<std::size_t>(k)] = share_32(here[k], here[kMaxAsked]);
  }
}

/// Residents of a block who may show or count otherwise in their buurt, or have other people around them.
void list_moved(const Run& run, const Block& block, std::vector<Row>& rows) {
  rows.clear();
  for_each_marked(run.around.stale, block.first, block.last, kStalePlace | kStaleFriends,
                  [&](Row row) { rows.push_back(row); });
}

/// Whoever has another word is taken out of the counts of the buurt where he was and put in where he is.
void look_at_places(const City& city, const std::vector<Row>& rows, Surroundings& around, std::int32_t* counts) {
  const auto fetch = [&](Row row) {
    __builtin_prefetch(&around.placed[row], 1);
    __builtin_prefetch(&city.residents.household[row]);
  };
  for_each_ahead(rows, fetch, [&](Row row) {
    const bool asks_friends = (around.stale[row] & kStaleFriends) != 0;
    if (asks_friends) __builtin_prefetch(&city.residents.ties[row]);
    if (asks_friends) __builtin_prefetch(&city.residents.partner[row]);
    const std::uint64_t word = place_word(city, row, around);
    if (word == around.placed[row]) return;
    count_in_place(around.placed[row], -1, around.place_masks, counts);
    count_in_place(word, 1, around.place_masks, counts);
    around.placed[row] = word;
  });
}

/// Support, once everybody shows what he shows. Of the rows, those that are marked for it.
void look_at_friends(Run& run, std::vector<Row>& rows) {
  Surroundings& around = run.around;
  const int reads = run.arm->predictors[0].responses_read_support ? kStaleResponse : 0;
  std::erase_if(rows, [&](Row row) {
    return (around.stale[row] & kStaleFriends) == 0 || (around.shown[row] & kShownPresent) == 0;
  });
  const auto fetch = [&](Row row) {  // friends are anywhere in the city
    __builtin_prefetch(&around.adults[run.city.residents.household[row]]);
    for (const Row other : run.city.residents.ties[row])
      if (other != kNone) __builtin_prefetch(&around.shown[other]);
  };
  for_each_ahead(rows, fetch, [&](Row row) {
    if (survey_support(run.city, row, around)) add_marks(around.stale, row, kStalePressure | reads);
  });
}

/// Buurten and friends.
void look_around(Run& run) {
  Surroundings& around = run.around;
  const bool places = run.arm->plan.study.switches.surroundings && !around.place_masks.empty();
  for (Workplace& place : run.places) place.place_counts.assign(places ? around.place_counts.size() : 0, 0);
  run.blocks.each(run.city.residents.size(), [&](const Block& block) {
    Workplace& place = run.places[static_cast<std::size_t>(block.slot)];
    list_moved(run, block, place.rows);
    if (places) look_at_places(run.city, place.rows, around, place.place_counts.data());
    look_at_friends(run, place.rows);
  });
  if (!places) return;
  for (const Workplace& place : run.places)
    for (std::size_t i = 0; i < around.place_counts.size(); ++i) around.place_counts[i] += place.place_counts[i];
  share_places(around);
}

}  // namespace

void surroundings(Run& run) {
  const std::size_t residents = run.city.residents.size();
  run.around.fit(run.city);
  run.around.traits_read = run.arm->traits_read;
  run.residents_before = residents;
  run.blocks.each(residents, [&](const Block& block) { look_at_all(run, block); });
  run.blocks.each(run.city.households.count(), [&](const Block& block) { look_at_homes(run, block); });
  look_around(run);
}

}  // namespace sleutel
