#pragma once
/// \file
/// A compiled model in words: what `sleutel model` prints, its diagram, and the generated page docs/model.md. All are
/// made from the Model alone, in a fixed order, so that the same model gives the same bytes.

#include <string>
#include <vector>

#include "sleutel/model.h"

namespace sleutel {

/// States, transitions, edges with their sources, share of assumptions and of what is not verified, spectral radius.
std::string model_text(const Model& model);

/// A line per parameter: path, value, unit, interval, kind and evidence; what `set:` of a scenario may change.
std::string parameters_text(const Model& model);

/// The same as one JSON object: model, title, domains, states, edges, parameters, evidence_unverified, evidence_used,
/// share_assumed, share_assumed_or_unverified, spectral_radius.
std::string model_json(const Model& model);

/// The causal diagram in the DOT language: a box per state by domain, called by its code name and shown by its label;
/// an arrow for the edges of one colour between two boxes; dashed: assumptions only; width: by the size of the largest
/// effect; colour: blue raises, vermillion lowers the share of the state.
std::string model_graph(const Model& model);

/// Domains that have a state or event, in alphabetical order.
std::vector<std::string> domains_of(const Model& model);

/// The part of the causal diagram that one domain has to do with: its states, what acts on them and on what they act.
std::string domain_graph(const Model& model, const std::string& domain);

/// The causal diagram from afar: a node per domain, and one for each kind of other predictors; arrows say how many
/// edges go from the one to the other.
std::string overview_graph(const Model& model);

/// The page docs/model.md: a section per state and event, its rates, and every edge with value, interval, source, kind.
std::string model_page(const Model& model);

/// Mean rate of a transition at an age and sex over the open cells [1/year]; below 0 if it cannot happen there.
double rate_at(const Model& model, int state, Change change, int age, int sex);

}  // namespace sleutel
