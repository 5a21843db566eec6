#include <algorithm>

#include "sim/engine/month.h"

// Health, quality of life, satisfaction, vitality: the responses to the states of now. Traits, relations and quantised
// predictors are those of this month's units; who was born or moved in this month becomes a unit here. Whoever has the
// unit and the states of last month has the responses of last month.

namespace sleutel {

namespace {

/// Units of the residents who were not there when the month began.
void make_newcomers(Run& run, std::size_t first) {
  City& city = run.city;
  run.around.fit(city);
  for (std::size_t row = first; row < city.residents.size(); ++row)
    run.around.shown[row] = shown_by(city.residents, static_cast<Row>(row), run.arm->asked);
  for (std::size_t row = first; row < city.residents.size(); ++row)
    if (city.residents.present(static_cast<Row>(row)))
      survey_household(city, city.residents.household[row], run.month, run.around);
  for (std::size_t row = first; row < city.residents.size(); ++row)
    if (city.residents.present(static_cast<Row>(row)))
      survey_friends(city, static_cast<Row>(row), run.arm->plan.study.switches, run.around);
  Units& units = run.units[0];
  units.fit(city.residents.size());
  const UnitSource from = run.source(Level::resident);
  for (std::size_t row = first; row < city.residents.size(); ++row)
    if (city.residents.present(static_cast<Row>(row)))
      units.put(static_cast<Row>(row), make_unit(from, static_cast<Row>(row)), from.predictors);
}

std::int32_t utility_of(const UtilityRule& rule, const Lanes& sums,
                        const std::array<std::int8_t, kLatents>& positions) {
  std::int32_t lost = 0;
  int levels = 0;
  for (const UtilityRule::Dimension& dimension : rule.dimensions) {
    const std::int32_t index = dimension.response.personal(sums, positions);
    int level = 0;  // the number of cuts below the index
    for (const std::int32_t cut : dimension.cuts) level += cut < index ? 1 : 0;
    levels += level;
    lost += dimension.decrement[static_cast<std::size_t>(level)];
  }
  return levels == 0 ? 10000 : 10000 + rule.constant + lost;
}

Condition condition_of(const ResponseRules& rules, const Lanes& sums,
                       const std::array<std::int8_t, kLatents>& positions) {
  Condition condition;
  for (const CutRule& cut : rules.cuts)
    if (cut.response.personal(sums, positions) > cut.cut) condition.outcomes |= cut.bit;
  for (std::size_t k = 0; k < rules.means.size(); ++k) {
    const ResponseRules::Mean& mean = rules.means[k];
    condition.means[k] =
        mean.is_utility ? utility_of(rules.utility, sums, positions)
                        : std::clamp(mean.response.personal(sums, positions), mean.response.low, mean.response.high);
  }
  return condition;
}

bool must_respond(const Run& run, Row row) {
  if (!run.city.residents.present(row)) return false;
  if ((run.around.stale[row] & kStaleResponse) != 0 || row >= run.residents_before) return true;
  if (run.city.touched[row] == 0) return false;
  const StateMask& now = run.city.residents.states[row];
  const StateMask& before = run.units[0].all[row].states;
  const StateMask& read = run.arm->predictors[0].response_states;
  const std::uint64_t changed =
      ((now.word[0] ^ before.word[0]) & read.word[0]) | ((now.word[1] ^ before.word[1]) & read.word[1]);
  return changed != 0;
}

void respond(Run& run, const Block& block) {
  Workplace& place = run.places[static_cast<std::size_t>(block.slot)];
  place.rows.clear();
  for (std::size_t row = block.first; row < block.last; ++row)
    if (must_respond(run, static_cast<Row>(row))) place.rows.push_back(static_cast<Row>(row));
  const std::size_t n = place.rows.size();
  place.responding.resize(std::max(place.responding.size(), n));
  constexpr std::size_t ahead = 8;  // residents here and there are not near when they are wanted
  for (std::size_t i = 0; i < n; ++i) {
    if (i + ahead < n) __builtin_prefetch(&run.units[0].all[place.rows[i + ahead]]);
    place.responding[i] = run.units[0].all[place.rows[i]];
    place.responding[i].states = run.city.residents.states[place.rows[i]];
  }
  place.indices.resize(std::max(place.indices.size(), n));
  kernel::responses(run.arm->responses, {place.responding.data(), n}, run.arm->isa, {place.indices.data(), n});
  for (std::size_t i = 0; i < n; ++i) {
    const Row row = place.rows[i];
    const Condition now = condition_of(run.arm->response_rules, place.indices[i], run.city.residents.latent[row]);
    if (now == run.conditions[row]) continue;
    count_until_now(run, row, block.slot);
    run.conditions[row] = now;
    run.around.stale[row] = static_cast<std::uint8_t>(run.around.stale[row] | kStaleCondition);
  }
}

}  // namespace

void wellbeing(Run& run) {
  make_newcomers(run, run.residents_before);
  const std::size_t residents = run.city.residents.size();
  run.conditions.resize(residents);
  run.counted.resize(residents);
  if (run.arm->model.responses.responses.empty()) return;
  run.blocks.each(residents, [&](const Block& block) { respond(run, block); });
}

}  // namespace sleutel
