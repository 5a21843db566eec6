#include "sim/engine/surroundings.h"

#include <algorithm>
#include <stdexcept>

#include "sim/engine/month.h"

namespace sleutel {

namespace {

/// Share of n who count, in 1/32, to the nearest (halves up); 0 of nobody.
constexpr std::uint8_t share_32(int count, int n) {
  return n == 0 ? 0 : static_cast<std::uint8_t>((32 * std::int64_t{count} + n / 2) / n);
}

/// share_32 of up to four ties: [ties][having].
constexpr auto kShares = [] {
  std::array<std::array<std::uint8_t, 8>, kTies + 1> table{};
  for (int ties = 1; ties <= kTies; ++ties)
    for (int having = 0; having <= ties; ++having)
      table[static_cast<std::size_t>(ties)][static_cast<std::size_t>(having)] = share_32(having, ties);
  return table;
}();

void add_once(std::vector<int>& list, int number) {
  if (std::find(list.begin(), list.end(), number) == list.end()) list.push_back(number);
}

}  // namespace

int Surroundings::friend_share(int asked) const {
  const auto at = std::find(friend_masks.begin(), friend_masks.end(), asked);
  return static_cast<int>(at - friend_masks.begin());
}

void Surroundings::fit(const City& city) {
  const std::size_t people = city.residents.size();
  shown.resize(people);
  traits.resize(people);
  for (auto& bits : trait_bits) bits.resize(people);
  friends.resize(people);
  offered.resize(people);
  seen_residents.resize(people);
  const std::size_t homes = city.households.count();
  adults.resize(homes);
  seen_households.resize(homes);
  seen_in.resize(homes);
  seen_until.resize(homes);
  changed.resize(homes);
  place.resize(city.buurten.size() * kMaxAsked);
}

void Surroundings::forget() {
  seen_residents.clear();
  seen_households.clear();
  seen_in.clear();
  seen_until.clear();
  changed.clear();
}

void begin_with(const std::array<Predictors, kLevelsOfUnits>& predictors, Surroundings& around) {
  around.forget();
  around.friend_masks.clear();
  around.place_masks.clear();
  for (std::size_t level = 0; level < kLevelsOfUnits; ++level) {
    around.predictors[level] = &predictors[level];
    for (const LevelRule& rule : predictors[level].levels) {
      if (rule.levels > 0 && rule.source == LevelSource::friends_have) add_once(around.friend_masks, rule.asked);
      if (rule.levels > 0 && rule.source == LevelSource::place_has) add_once(around.place_masks, rule.asked);
    }
  }
  if (around.friend_masks.size() > kMaxFriendShares)
    throw std::length_error("friends are asked about more than 7 sets");
}

void note_resident(const City& city, Row row, Surroundings& around) {
  const Residents& r = city.residents;
  const std::array<std::uint64_t, 2> seen = {
      std::uint64_t{r.household[row]} | std::uint64_t{r.partner[row]} << 32,
      std::uint64_t{static_cast<std::uint16_t>(r.birth_month[row])} | std::uint64_t{r.flags[row]} << 16 |
          static_cast<std::uint64_t>(r.sex[row]) << 24 | static_cast<std::uint64_t>(r.education[row]) << 32 |
          std::uint64_t{r.parity[row]} << 40 | std::uint64_t{r.adversity[row]} << 48 | std::uint64_t{1} << 63};
  std::array<std::uint64_t, 2>& before = around.seen_residents[row];
  if (((before[0] ^ seen[0]) | (before[1] ^ seen[1])) == 0) return;
  const auto mark = [&](Row home) {  // several threads may mark the same household
    if (home < around.changed.size()) __atomic_store_n(&around.changed[home], std::uint8_t{1}, __ATOMIC_RELAXED);
  };
  if (before[1] != 0) mark(static_cast<Row>(before[0]));
  mark(r.household[row]);
  before = seen;
}

bool note_household(const City& city, Row household, int month, Surroundings& around) {
  const Households& h = city.households;
  const std::uint64_t seen = std::uint64_t{h.dwelling[household]} | std::uint64_t{h.size[household]} << 32 |
                             static_cast<std::uint64_t>(h.kind[household]) << 48 |
                             std::uint64_t{h.income_group[household]} << 56;
  const bool holds = around.changed[household] == 0 && around.seen_households[household] == seen &&
                     month >= around.seen_in[household] && month < around.seen_until[household];
  around.seen_households[household] = seen;
  around.changed[household] = 0;
  return !holds;
}

std::uint64_t offered_by(const Surroundings& around, std::uint32_t shown) {
  std::uint64_t word = (shown & kShownPresent) != 0 ? std::uint64_t{1} << 56 : 0;
  for (std::size_t k = 0; k < around.friend_masks.size(); ++k)
    word |= std::uint64_t{(shown >> around.friend_masks[k]) & 1U} << (8 * k);
  return word;
}

void survey_friends(City& city, Row row, const Switches& switches, Surroundings& around) {
  Residents& residents = city.residents;
  std::uint64_t sum = 0;
  for (const Row other : residents.ties[row])
    if (other != kNone) sum += around.offered[other];
  const auto ties = static_cast<int>(sum >> 56);
  std::uint64_t shares = 0;
  if (switches.ties)
    for (std::size_t k = 0; k < around.friend_masks.size(); ++k)
      shares |= std::uint64_t{kShares[static_cast<std::size_t>(ties)][(sum >> (8 * k)) & 7]} << (8 * k);
  around.friends[row] = shares;
  const bool adult = is_adult(around, row);
  const bool partnered = residents.partner[row] != kNone;
  const int others = around.adults[residents.household[row]] - adult - partnered;
  residents.support[row] = static_cast<std::uint8_t>(3 * partnered + (others > 0) + ties);
}

void count_in_place(const City& city, Row row, const Surroundings& around, std::vector<std::int32_t>& counts) {
  if (!is_adult(around, row)) return;
  const std::size_t buurt = city.households.buurt[city.residents.household[row]];
  std::int32_t* const here = counts.data() + buurt * (kMaxAsked + 1);
  ++here[kMaxAsked];
  for (const int k : around.place_masks) here[k] += static_cast<std::int32_t>((around.shown[row] >> k) & 1U);
}

void share_places(const std::vector<std::int32_t>& counts, Surroundings& around) {
  for (std::size_t buurt = 0; buurt * kMaxAsked < around.place.size(); ++buurt) {
    const std::int32_t* const here = counts.data() + buurt * (kMaxAsked + 1);
    for (const int k : around.place_masks)
      around.place[buurt * kMaxAsked + static_cast<std::size_t>(k)] = share_32(here[k], here[kMaxAsked]);
  }
}

namespace {

void survey_places(Run& run) {
  Surroundings& around = run.around;
  const std::size_t counts = run.city.buurten.size() * (kMaxAsked + 1);
  for (Workplace& place : run.places) place.place_counts.assign(counts, 0);
  if (run.arm->plan.study.switches.surroundings && !around.place_masks.empty()) {
    run.blocks.each(run.city.residents.size(), [&](const Block& block) {
      std::vector<std::int32_t>& mine = run.places[static_cast<std::size_t>(block.slot)].place_counts;
      for (std::size_t row = block.first; row < block.last; ++row)
        if ((around.shown[row] & kShownPresent) != 0) count_in_place(run.city, static_cast<Row>(row), around, mine);
    });
  }
  std::vector<std::int32_t>& all = run.places[0].place_counts;
  for (std::size_t slot = 1; slot < run.places.size(); ++slot)
    for (std::size_t i = 0; i < counts; ++i) all[i] += run.places[slot].place_counts[i];
  share_places(all, around);
}

}  // namespace

void surroundings(Run& run) {
  run.around.fit(run.city);
  const std::size_t residents = run.city.residents.size();
  run.residents_before = residents;
  run.blocks.each(residents, [&](const Block& block) {
    for (std::size_t i = block.first; i < block.last; ++i) {
      run.around.shown[i] = shown_by(run.city.residents, static_cast<Row>(i), run.arm->asked);
      run.around.offered[i] = offered_by(run.around, run.around.shown[i]);
      note_resident(run.city, static_cast<Row>(i), run.around);
    }
  });
  run.blocks.each(run.city.households.count(), [&](const Block& block) {
    for (std::size_t i = block.first; i < block.last; ++i) {
      const Row household = static_cast<Row>(i);
      if (run.city.households.size[household] == 0) continue;
      if (note_household(run.city, household, run.month, run.around))
        survey_household(run.city, household, run.month, run.around);
    }
  });
  survey_places(run);
  run.blocks.each(residents, [&](const Block& block) {
    for (std::size_t row = block.first; row < block.last; ++row)
      if ((run.around.shown[row] & kShownPresent) != 0)
        survey_friends(run.city, static_cast<Row>(row), run.arm->plan.study.switches, run.around);
  });
}

}  // namespace sleutel
