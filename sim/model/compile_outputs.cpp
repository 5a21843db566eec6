#include <algorithm>
#include <set>

#include "sim/base/text.h"
#include "sim/model/cells.h"
#include "sim/model/compile.h"
#include "sim/model/compile_matrix.h"

namespace sleutel {
namespace {

constexpr double kNoIndex = -1e9;

std::int32_t fixed_index(double index) {
  const double scaled = index * kIndexUnit;
  return static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

/// Responses in order of latent slot, then name: the order of the file does not matter.
std::vector<const source::ResponseSource*> ordered(const source::Model& written) {
  std::vector<const source::ResponseSource*> all;
  for (const auto& response : written.responses) all.push_back(&response);
  std::sort(all.begin(), all.end(), [](const auto* one, const auto* other) {
    const auto slot = [](const auto* r) { return r->response.latent < 0 ? kLatents : r->response.latent; };
    return std::pair(slot(one), one->name.text) < std::pair(slot(other), other->name.text);
  });
  return all;
}

void fill_base(Reading& reading, const source::ResponseSource& written, std::size_t lane, ResponseMatrix& responses) {
  for (const source::Word& column : written.base.by) {
    if (column.text == "age" || column.text == "sex") continue;
    reading.add(column.place, "the base of a response is split by age and sex only",
                "make " + in_quotes(column.text) + " edges");
    return;
  }
  const CellShape shape;
  const std::vector<double> cells = expanded(reading, shape, written.base, kNoIndex);
  const auto missing = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), kNoIndex) - cells.begin());
  for (std::size_t cell = 0; cell < missing; ++cell) responses.base[cell].at[lane] = fixed_index(cells[cell]);
  if (missing < cells.size() && !written.base.rows.empty())
    reading.add(written.base.place, "there is no index for " + cell_text(shape, static_cast<int>(missing)));
}

void add_rows(Reading& reading, const source::Addition& addition, std::size_t lane, const CompiledMatrix& residents,
              ResponseMatrix& responses) {
  const Predictor predictor = residents.predictors.find(addition.predictor.text);
  if (predictor.kind == Predictor::Kind::none) return;
  const double unit = unit_of_effect(reading, addition.predictor, addition.per, residents.matrix, predictor);
  if (unit <= 0) return;
  const RowRange rows = rows_of(residents.matrix, predictor);
  const bool quantised = predictor.kind == Predictor::Kind::level;
  const auto which = static_cast<std::size_t>(predictor.which);
  const double step = quantised ? residents.matrix.level_predictors[which].step : 1;
  for (int k = 0; k < rows.count; ++k) {
    const double times = quantised ? k * step / unit : 1;
    responses.rows[static_cast<std::size_t>(rows.first + k)].at[lane] += fixed_index(addition.add * times);
  }
}

int response_of(Reading& reading, const Model& model, const source::Word& word) {
  const auto& all = model.responses.responses;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == word.text) return static_cast<int>(i);
    names.push_back(all[i].name);
  }
  reading.add(word.place, "unknown response " + in_quotes(word.text), did_you_mean(word.text, names));
  return -1;
}

/// The response that an outcome counts, which must have the level from which it counts.
void compile_response(Reading& reading, const Model& model, const source::OutcomeSource& source, Outcome& outcome) {
  outcome.response = response_of(reading, model, source.response);
  if (outcome.response < 0) return;
  const Response& response = model.responses.responses[static_cast<std::size_t>(outcome.response)];
  if (outcome.min_level > static_cast<int>(response.cuts.size())) {
    reading.add(source.response.place,
                in_quotes(source.response.text) + " has no level " + std::to_string(outcome.min_level));
  }
  if (response.is_assumption) outcome.is_assumption = true;
}

/// The five dimensions that the tariff values.
void check_dimensions(Reading& reading, const Model& model, const source::Word& outcome) {
  for (const char* dimension : {"mobility", "self_care", "usual_activities", "pain", "anxiety"}) {
    const std::string name = std::string("eq5d_") + dimension;
    const auto& all = model.responses.responses;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Response& r) { return r.name == name; });
    if (found == all.end()) {
      reading.add(outcome.place, "the utility needs the response " + in_quotes(name));
    } else if (found->cuts.size() != 4) {
      reading.add(outcome.place, "the response " + in_quotes(name) + " needs 4 cuts: it has five levels");
    }
  }
}

}  // namespace

ResponseMatrix compile_responses(Reading& reading, const source::Model& written, const Names&,
                                 const CompiledMatrix& residents) {
  ResponseMatrix responses;
  responses.base.assign(static_cast<std::size_t>((kMaxAge + 1) * 2), {});
  responses.rows.assign(static_cast<std::size_t>(residents.matrix.rows), {});
  std::set<int> slots;
  for (const source::ResponseSource* source : ordered(written)) {
    const std::size_t lane = responses.responses.size();
    if (lane == kLanes) {
      reading.add(source->name.place, "this is the seventeenth response (at most 16)");
      break;
    }
    if (source->response.latent >= 0 && !slots.insert(source->response.latent).second) {
      reading.add(source->name.place, "latent slot " + std::to_string(source->response.latent) + " is used twice");
    }
    responses.responses.push_back(source->response);
    fill_base(reading, *source, lane, responses);
    for (const source::Addition& addition : source->edges) add_rows(reading, addition, lane, residents, responses);
  }
  return responses;
}

void compile_outcomes(Reading& reading, const source::Model& written, const Names& names, Model& model) {
  for (const source::OutcomeSource& source : written.outcomes) {
    Outcome outcome = source.outcome;
    if (outcome.kind == OutcomeKind::prevalence) outcome.mask = names.mask_of(reading, source.any);
    if (outcome.kind == OutcomeKind::within_year) {
      outcome.state = names.bit_of(reading, source.state);
      outcome.history = names.bit_of(reading, source.history);
      if (outcome.state >= 0) outcome.mask.set(outcome.state);
    }
    if (outcome.kind == OutcomeKind::begin) outcome.state = names.transition_of(reading, source.state);
    if (outcome.kind == OutcomeKind::response) compile_response(reading, model, source, outcome);
    if (outcome.kind == OutcomeKind::utility) check_dimensions(reading, model, source.name);
    model.outcomes.push_back(outcome);
  }
}

void compile_targets(Reading& reading, const source::Model& written, const Names& names, Model& model) {
  std::vector<std::string> outcomes;
  for (const Outcome& outcome : model.outcomes) outcomes.push_back(outcome.id);
  std::set<int> states;
  for (const source::Target& target : written.targets) {
    const int state = names.bit_of(reading, target.state);
    if (std::find(outcomes.begin(), outcomes.end(), target.outcome.text) == outcomes.end()) {
      reading.add(target.outcome.place, "unknown outcome " + in_quotes(target.outcome.text),
                  did_you_mean(target.outcome.text, outcomes));
    }
    if (state < 0) continue;
    if (!states.insert(state).second)
      reading.add(target.state.place, in_quotes(target.state.text) + " has two targets");
    if (!names.written[static_cast<std::size_t>(state)].onset.given) {
      reading.add(target.state.place, in_quotes(target.state.text) + " has no onset that a level could move");
    }
    model.targets.push_back({state, target.outcome.text, target.share, target.evidence});
  }
}

}  // namespace sleutel
