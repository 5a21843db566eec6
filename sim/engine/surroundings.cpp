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
  traits.resize(people);
  shown.resize(people);
  friends.resize(people);
  parents_shown.resize(city.households.count());
  adults.resize(city.households.count());
  place.resize(city.buurten.size() * kMaxAsked);
}

void find_shares(const std::vector<const Predictors*>& predictors, Surroundings& around) {
  for (const Predictors* of_level : predictors) {
    for (const LevelRule& rule : of_level->levels) {
      if (rule.source == LevelSource::friends_have) add_once(around.friend_masks, rule.asked);
      if (rule.source == LevelSource::place_has) add_once(around.place_masks, rule.asked);
    }
  }
  if (around.friend_masks.size() > kMaxFriendShares)
    throw std::length_error("friends are asked about more than 4 sets");
}

void survey_friends(City& city, Row row, const Switches& switches, Surroundings& around) {
  Residents& residents = city.residents;
  int ties = 0;
  std::array<int, kMaxFriendShares> having{};
  for (const Row other : residents.ties[row]) {
    if (other == kNone || (around.shown[other] & kShownPresent) == 0) continue;
    ++ties;
    for (std::size_t k = 0; k < around.friend_masks.size(); ++k)
      having[k] += static_cast<int>((around.shown[other] >> around.friend_masks[k]) & 1U);
  }
  for (std::size_t k = 0; k < around.friend_masks.size(); ++k)
    around.friends[row][k] = switches.ties ? share_32(having[k], ties) : std::uint8_t{0};
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
    for (std::size_t row = block.first; row < block.last; ++row)
      run.around.shown[row] = shown_by(run.city.residents, static_cast<Row>(row), run.arm->asked);
  });
  run.blocks.each(run.city.households.count(), [&](const Block& block) {
    for (std::size_t row = block.first; row < block.last; ++row)
      if (run.city.households.size[row] != 0) survey_household(run.city, static_cast<Row>(row), run.month, run.around);
  });
  survey_places(run);
  run.blocks.each(residents, [&](const Block& block) {
    for (std::size_t row = block.first; row < block.last; ++row)
      if ((run.around.shown[row] & kShownPresent) != 0)
        survey_friends(run.city, static_cast<Row>(row), run.arm->plan.study.switches, run.around);
  });
}

}  // namespace sleutel
