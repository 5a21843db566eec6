#include <algorithm>
#include <span>

#include "sim/engine/ahead.h"
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

/// True for who is there and is stale or new, or has other states than last month, as far as responses read them. What
/// applies cannot be foreseen, so all is looked at without a branch.
bool may_respond_otherwise(const Run& run, Row row) {
  const Residents& residents = run.city.residents;
  const bool stale = (run.around.stale[row] & kStaleResponse) != 0;
  const bool is_new = row >= run.residents_before;
  const bool other_states =
      differ_in(residents.states[row], run.around.seen[row], run.arm->predictors[0].response_states);
  return residents.present(row) & (stale | is_new | other_states);
}

/// Those of the rows who may respond otherwise. What is made of them next is not near: asked for here.
void keep_responding(const Run& run, std::vector<Row>& rows) {
  const Residents& residents = run.city.residents;
  std::size_t kept = 0;
  for (const Row row : rows) {
    __builtin_prefetch(&run.around.traits[row]);
    __builtin_prefetch(&residents.latent[row]);
    rows[kept] = row;
    kept += may_respond_otherwise(run, row) ? 1 : 0;
  }
  rows.resize(kept);
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
  const auto list = [&](Row row) {
    __builtin_prefetch(&residents.states[row]);
    __builtin_prefetch(&run.around.seen[row]);
    rows.push_back(row);
  };
  for_each_marked_in_either(run.around.stale, kStaleResponse, run.city.touched, kTouchedStates | kTouchedNew,
                            block.first, block.last, list);
  keep_responding(run, rows);
}

/// A quantised predictor that a resident has of himself, in the unit of its column.
int own_value(const Residents& residents, LevelSource source, Row row) {
  switch (source) {
    case LevelSource::stress_fast:
      return residents.stress_fast[row];
    case LevelSource::stress_slow:
      return residents.stress_slow[row];
    case LevelSource::mastery:
      return residents.mastery[row];
    case LevelSource::support:
      return residents.support[row];
    default:
      return 0;  // about others: then responses read whole units
  }
}

/// What responses read of a resident: states, traits, and quantised predictors of his own. The rest of the unit is left
/// as it is.
void make_responding(const Run& run, Row row, kernel::Unit& unit) {
  const Residents& residents = run.city.residents;
  const ResponseReads& reads = run.arm->responding;
  unit.states = residents.states[row];
  unit.derived = reads.derived(run.around.traits[row]);
  unit.age_sex = age_sex_of(residents, row, run.month);
  unit.levels = {};
  for (const LevelRead& read : reads.levels)
    unit.levels[read.place] =
        static_cast<std::uint8_t>(read.rule.level_of(own_value(residents, read.rule.source, row)));
}

/// The units of those who respond, with the states of now.
void take_units(const Run& run, Workplace& place) {
  const bool kept = run.arm->predictors[0].responses_read_units;
  if (place.responding.size() < place.rows.size()) place.responding.resize(place.rows.size());
  kernel::Unit* unit = place.responding.data();
  for (const Row row : place.rows) {
    __builtin_prefetch(&run.counted[row], 1);
    if (!kept) {
      make_responding(run, row, *unit++);
      continue;
    }
    *unit = run.kept_units[row];
    (unit++)->states = run.city.residents.states[row];
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

bool is_another(const Counted& counted, const Condition& now, std::uint64_t cuts) {
  std::int32_t other = 0;
  for (std::size_t k = 0; k < kMaxMeans; ++k) other |= counted.means[k] ^ now.means[k];
  return ((counted.held & cuts) != now.outcomes) | (other != 0);
}

/// The conditions of who is listed and has another than before; only they stay listed. Which of them cannot be
/// foreseen, so each is written down and the next one written over it.
void keep_other_conditions(const Run& run, Workplace& place) {
  const std::uint64_t cuts = run.arm->observed.of_cuts;
  if (place.conditions.size() < place.rows.size()) place.conditions.resize(place.rows.size());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < place.rows.size(); ++i) {
    const Row row = place.rows[i];
    const Condition now = condition_of(run.arm->response_rules, place.answers[i]);
    place.rows[kept] = row;
    place.conditions[kept] = now;
    kept += is_another(run.counted[row], now, cuts) ? 1 : 0;
  }
  place.rows.resize(kept);
}

/// Counts the months of the condition before.
void take_condition(Run& run, Row row, const Condition& now, int slot) {
  const std::uint64_t cuts = run.arm->observed.of_cuts;
  Counted& counted = run.counted[row];
  count_until_now(run, row, slot);
  counted.held = (counted.held & ~cuts) | now.outcomes;
  counted.means = now.means;
}

void respond(Run& run, const Block& block) {
  Workplace& place = run.places[static_cast<std::size_t>(block.slot)];
  list_responding(run, block, place.rows);
  take_units(run, place);
  find_answers(run, place);
  keep_other_conditions(run, place);
  const Condition* condition = place.conditions.data();
  const auto fetch = [&](Row row) { fetch_sums(run, row, block.slot); };
  for_each_ahead(place.rows, fetch, [&](Row row) { take_condition(run, row, *condition++, block.slot); });
}

}  // namespace

void wellbeing(Run& run) {
  look_at_newcomers(run, static_cast<Row>(run.residents_before));
  const std::size_t residents = run.city.residents.size();
  run.counted.resize(residents);
  if (run.arm->model.responses.responses.empty()) return;
  run.blocks.each(residents, [&](const Block& block) { respond(run, block); });
}

}  // namespace sleutel
