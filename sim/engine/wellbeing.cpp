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
  for (std::size_t row = first; row < city.residents.size(); ++row) {
    run.around.shown[row] = shown_by(city.residents, static_cast<Row>(row), run.arm->asked);
    run.around.offered[row] = offered_by(run.around, run.around.shown[row]);
  }
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

void respond(Run& run, const Block& block) {
  Units& units = run.units[0];
  const Residents& residents = run.city.residents;
  const std::size_t n = units.count[block.index];
  Column<Lanes>& indices = run.places[static_cast<std::size_t>(block.slot)].indices;
  indices.resize(std::max(indices.size(), n));
  for (std::size_t u = block.first; u < block.first + n; ++u) units.states[u] = residents.states[units.rows[u]];
  kernel::responses(run.arm->responses, units.view(block.first, n), run.arm->isa, {indices.data(), n});
  for (std::size_t i = 0; i < n; ++i)
    run.conditions[block.first + i] =
        condition_of(run.arm->response_rules, indices[i], residents.latent[units.rows[block.first + i]]);
}

}  // namespace

void wellbeing(Run& run) {
  const std::size_t before = run.residents_before;
  gather_newcomers(run, before);
  run.conditions.resize(run.city.residents.size());
  if (run.arm->model.responses.responses.empty()) return;
  run.blocks.each(before, [&](const Block& block) { respond(run, block); });
  respond(run, {before, run.city.residents.size(), run.blocks.count(before), 0});
}

}  // namespace sleutel
