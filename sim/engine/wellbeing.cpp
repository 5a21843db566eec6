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

/// Residents here and there are not near when they are wanted: so many of the list are asked for ahead.
constexpr std::size_t kAhead = 8;

/// True if states that responses read have changed this month.
bool has_other_states(const Run& run, Row row) {
  const StateMask& now = run.city.residents.states[row];
  const StateMask& before = run.units[0].all[row].states;
  const StateMask& read = run.arm->predictors[0].response_states;
  return (((now.word[0] ^ before.word[0]) & read.word[0]) | ((now.word[1] ^ before.word[1]) & read.word[1])) != 0;
}

/// Residents of a block who must, or may have to, respond.
void list_responding(const Run& run, const Block& block, std::vector<Row>& rows) {
  rows.clear();
  for (std::size_t i = block.first; i < block.last; ++i) {
    const Row row = static_cast<Row>(i);
    const bool asked = (run.around.stale[row] & kStaleResponse) != 0 || run.city.touched[row] != 0;
    if (!asked || !run.city.residents.present(row)) continue;
    __builtin_prefetch(&run.units[0].all[row]);
    rows.push_back(row);
  }
}

/// The units of those who do respond, with the states of now, and their rows.
void take_units(const Run& run, Workplace& place) {
  std::size_t n = 0;
  place.responding.resize(std::max(place.responding.size(), place.rows.size()));
  for (const Row row : place.rows) {
    const bool stale = (run.around.stale[row] & kStaleResponse) != 0 || row >= run.residents_before;
    if (!stale && !has_other_states(run, row)) continue;
    place.responding[n] = run.units[0].all[row];
    place.responding[n].states = run.city.residents.states[row];
    place.rows[n++] = row;
  }
  place.rows.resize(n);
}

void respond(Run& run, const Block& block) {
  Workplace& place = run.places[static_cast<std::size_t>(block.slot)];
  list_responding(run, block, place.rows);
  take_units(run, place);
  const std::size_t n = place.rows.size();
  place.indices.resize(std::max(place.indices.size(), n));
  kernel::responses(run.arm->responses, {place.responding.data(), n}, run.arm->isa, {place.indices.data(), n});
  for (std::size_t i = 0; i < n; ++i) {
    if (i + kAhead < n) {
      __builtin_prefetch(&run.conditions[place.rows[i + kAhead]], 1);
      __builtin_prefetch(&run.counted[place.rows[i + kAhead]], 1);
    }
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
