#include <algorithm>

#include "sim/engine/month.h"

// Health, quality of life, satisfaction, vitality: the responses to the states of now. Traits, relations and quantised
// predictors are those of this month's units; who was born or moved in this month becomes a unit here.

namespace sleutel {

namespace {

/// Units of the residents who were not there when the month began, as one block behind the others.
void gather_newcomers(Run& run, std::size_t first) {
  const City& city = run.city;
  run.around.fit(city);
  for (std::size_t row = first; row < city.residents.size(); ++row)
    run.around.shown[row] = shown_by(city.residents, static_cast<Row>(row), run.arm->asked);
  for (std::size_t row = first; row < city.residents.size(); ++row)
    if (city.residents.present(static_cast<Row>(row)))
      survey_household(run.city, city.residents.household[row], run.month, run.around);
  for (std::size_t row = first; row < city.residents.size(); ++row)
    if (city.residents.present(static_cast<Row>(row)))
      survey_friends(run.city, static_cast<Row>(row), run.arm->plan.study.switches, run.around);
  Units& units = run.units[0];
  const std::size_t index = run.blocks.count(first);
  units.fit(city.residents.size(), index + 1, units.levels.size());
  gather_residents(run.source(Level::resident), {first, city.residents.size(), index, 0}, units);
}

std::int32_t index_of(const ResponseRule& rule, std::int32_t sum, const Residents& residents, Row row) {
  if (rule.latent < 0) return sum;
  return sum + rule.latent_step * residents.latent[row][static_cast<std::size_t>(rule.latent)];
}

int level_of(const ResponseRule& rule, std::int32_t index) {
  int level = 0;
  for (const std::int32_t cut : rule.cuts) level += cut < index;
  return level;
}

int utility_of(const UtilityRule& rule, const std::array<int, kLanes>& levels) {
  int lost = 0;
  bool full = true;
  for (std::size_t d = 0; d < 5; ++d) {
    const int level = rule.response[d] < 0 ? 0 : std::min(levels[static_cast<std::size_t>(rule.response[d])], 4);
    full = full && level == 0;
    lost += rule.decrement[d][static_cast<std::size_t>(level)];
  }
  return full ? 10000 : 10000 + rule.constant + lost;
}

Condition condition_of(const Arm& arm, const Lanes& sums, const Residents& residents, Row row) {
  std::array<std::int32_t, kLanes> index{};
  std::array<int, kLanes> level{};
  for (std::size_t r = 0; r < arm.response_rules.size(); ++r) {
    const ResponseRule& rule = arm.response_rules[r];
    index[r] = index_of(rule, sums.at[r], residents, row);
    if (rule.cuts.empty())
      index[r] = std::clamp(index[r], rule.low, rule.high);
    else
      level[r] = level_of(rule, index[r]);
  }
  Condition condition;
  for (const CutOutcome& cut : arm.observed.cuts)
    if (level[static_cast<std::size_t>(cut.response)] >= cut.min_level) condition.outcomes |= cut.bit;
  for (std::size_t k = 0; k < arm.observed.means.size(); ++k) {
    const int response = arm.observed.means[k].response;
    condition.means[k] = response >= 0 ? index[static_cast<std::size_t>(response)] : utility_of(arm.utility, level);
  }
  return condition;
}

void respond(Run& run, const Block& block) {
  Units& units = run.units[0];
  const Residents& residents = run.city.residents;
  const std::size_t n = units.count[block.index];
  Column<Lanes>& indices = run.places[static_cast<std::size_t>(block.slot)].indices;
  indices.resize(std::max(indices.size(), n));
  for (std::size_t u = block.first; u < block.first + n; ++u) units.states[u] = residents.states[units.rows[u]];
  kernel::responses(run.arm->responses, units.view(block.first, n), run.arm->isa, {indices.data(), n});
  for (std::size_t i = 0; i < n; ++i)
    run.conditions[block.first + i] = condition_of(*run.arm, indices[i], residents, units.rows[block.first + i]);
}

}  // namespace

void wellbeing(Run& run) {
  const std::size_t before = run.residents_before;
  gather_newcomers(run, before);
  run.conditions.resize(run.city.residents.size());
  if (run.arm->response_rules.empty()) return;
  run.blocks.each(before, [&](const Block& block) { respond(run, block); });
  respond(run, {before, run.city.residents.size(), run.blocks.count(before), 0});
}

}  // namespace sleutel
