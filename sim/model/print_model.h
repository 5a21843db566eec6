#pragma once
/// \file
/// A compiled model in words: what `sleutel model` prints, its diagram, and the generated page docs/model.md. All are
/// made from the Model alone, in a fixed order, so that the same model gives the same bytes.

#include <string>

#include "sleutel/model.h"

namespace sleutel {

/// States, transitions, edges with their sources, share of assumptions and of what is not verified, spectral radius.
std::string model_text(const Model& model);

/// A line per parameter: path, value, unit, interval, kind and evidence; what `set:` of a scenario may change.
std::string parameters_text(const Model& model);

/// The same as one JSON object: model, title, states, edges, parameters, evidence_unverified, evidence_used,
/// share_assumed, share_assumed_or_unverified, spectral_radius.
std::string model_json(const Model& model);

/// The causal diagram in the DOT language: a box per state by domain, called by its code name and shown by its label;
/// an arrow for the edges of one colour between two boxes; dashed: assumptions only; width: by the size of the largest
/// effect; colour: blue raises, vermillion lowers the share of the state.
std::string model_graph(const Model& model);

/// The page docs/model.md: a section per state and event, its rates, and every edge with value, interval, source, kind.
std::string model_page(const Model& model);

/// Mean rate of a transition at an age and sex over the open cells [1/year]; below 0 if it cannot happen there.
double rate_at(const Model& model, int state, Change change, int age, int sex);

}  // namespace sleutel
