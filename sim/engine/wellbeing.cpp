#include <algorithm>
#include <span>

#include "sim/engine/month.h"

// Health, quality of life, satisfaction, vitality: the responses to the states of now. Traits, relations and quantised
// predictors are those of this month's units; who was born or moved in this month becomes a unit here. Whoever has the
// unit and the states of last month has the responses of last month.

namespace sleutel {

namespace {

/// What is around the residents who were not there when the month began.
void look_at_newcomers(Run& run, Row first) {
  City& city = run.city;
  const auto each = [&](auto&& look) {
    for (Row row = first; row < city.residents.size(); ++row)
      if (city.residents.present(row)) look(row);
  };
  run.around.fit(city);
  each([&](Row row) { run.around.shown[row] = shown_by(city.residents, row, run.arm->asked); });
  each([&](Row row) { survey_household(city, city.residents.household[row], run.month, run.around, first); });
  each([&](Row row) { survey_support(city, row, run.around); });
  if (!run.arm->predictors[0].responses_read_units) return;
  run.kept_units.resize(city.residents.size());
  each([&](Row row) { run.kept_units[row] = make_unit(run.source(Level::resident), row); });
}

std::int32_t value_of(const MeanRule& mean, const ResponseRules& rules, const kernel::Answer& answer) {
  if (!mean.is_utility) return std::clamp(answer.index[mean.lane], mean.low, mean.high);
  return (answer.above & rules.dimensions) == 0 ? 10000 : 10000 + rules.constant + rules.lost + answer.lost;
}

Condition condition_of(const ResponseRules& rules, const kernel::Answer& answer) {
  Condition condition;
  for (const CutRule& cut : rules.cuts)
    if (answer.index[cut.lane] > cut.cut) condition.outcomes |= cut.bit;
  for (std::size_t k = 0; k < rules.means.size(); ++k) condition.means[k] = value_of(rules.means[k], rules, answer);
  return condition;
}

/// Residents here and there are not near when they are wanted: so many of the list are asked for ahead.
constexpr std::size_t kAhead = 8;

/// True for who is new, or whose states have changed since last month, as far as responses read them.
bool has_other_states(const Run& run, Row row) {
  return row >= run.residents_before ||
         differ_in(run.city.residents.states[row], run.around.seen[row], run.arm->predictors[0].response_states);
}

/// Residents of a block who may respond otherwise than last month.
void list_responding(const Run& run, const Block& block, std::vector<Row>& rows) {
  rows.clear();
  const Residents& residents = run.city.residents;
  if (run.arm->predictors[0].responses_read_units) {
    for (std::size_t row = block.first; row < block.last; ++row)
      if (residents.present(static_cast<Row>(row))) rows.push_back(static_cast<Row>(row));
    return;
  }
  for_each_marked_in_either(run.around.stale, kStaleResponse, run.city.touched, block.first, block.last, [&](Row row) {
    const bool asked = (run.around.stale[row] & kStaleResponse) != 0 || has_other_states(run, row);
    if (asked && residents.present(row)) rows.push_back(row);
  });
}

/// The units of those who respond, with the states of now.
void take_units(const Run& run, Workplace& place) {
  const UnitSource from = run.source(Level::resident);
  const bool kept = from.predictors.responses_read_units;
  place.responding.resize(std::max(place.responding.size(), place.rows.size()));
  for (std::size_t i = 0; i < place.rows.size(); ++i) {
    kernel::Unit& unit = place.responding[i];
    unit = kept ? run.kept_units[place.rows[i]] : make_responding_unit(from, place.rows[i]);
    unit.states = run.city.residents.states[place.rows[i]];
  }
}

/// The loads for which the responses that were just found hold.
void keep_levels(Run& run, Row row) {
  const std::array<int, 2> load = {run.city.residents.stress_fast[row], run.city.residents.stress_slow[row]};
  for (std::size_t which = 0; which < load.size(); ++which) {
    int low = 0, high = 65535;
    for (const LevelRule& rule : run.arm->load_of_responses[which]) {
      const int level = rule.level_of(load[which]);
      low = std::max(low, rule.lowest_of(level));
      if (level + 1 < rule.levels) high = std::min(high, rule.lowest_of(level + 1) - 1);
    }
    run.around.loads[which].level_low[row] = static_cast<std::uint16_t>(low);
    run.around.loads[which].level_high[row] = static_cast<std::uint16_t>(high);
  }
}

/// The responses of those who are listed.
void find_answers(const Run& run, Workplace& place) {
  const std::size_t n = place.rows.size();
  place.answers.resize(std::max(place.answers.size(), n));
  const std::span<kernel::Answer> answers{place.answers.data(), n};
  kernel::responses(run.arm->responses, {place.responding.data(), n}, run.arm->isa, answers);
  kernel::personalise(run.arm->response_rules.personal, run.city.residents.latent.data(), place.rows, run.arm->isa,
                      answers);
}

void respond(Run& run, const Block& block) {
  Workplace& place = run.places[static_cast<std::size_t>(block.slot)];
  list_responding(run, block, place.rows);
  take_units(run, place);
  find_answers(run, place);
  const std::size_t n = place.rows.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (i + kAhead < n) {
      __builtin_prefetch(&run.conditions[place.rows[i + kAhead]], 1);
      __builtin_prefetch(&run.counted[place.rows[i + kAhead]], 1);
    }
    const Row row = place.rows[i];
    keep_levels(run, row);
    const Condition now = condition_of(run.arm->response_rules, place.answers[i]);
    if (now == run.conditions[row]) continue;
    count_until_now(run, row, block.slot);
    run.conditions[row] = now;
    run.around.stale[row] = static_cast<std::uint8_t>(run.around.stale[row] | kStaleCondition);
  }
}

}  // namespace

void wellbeing(Run& run) {
  look_at_newcomers(run, static_cast<Row>(run.residents_before));
  const std::size_t residents = run.city.residents.size();
  run.conditions.resize(residents);
  run.counted.resize(residents);
  if (run.arm->model.responses.responses.empty()) return;
  run.blocks.each(residents, [&](const Block& block) { respond(run, block); });
}

}  // namespace sleutel
