#pragma once
/// \file
/// What the printed forms of a model share.

#include <string>
#include <vector>

#include "sleutel/model.h"

namespace sleutel {

/// Edges that act on one transition, in alphabetical order of predictor.
std::vector<const Edge*> edges_on(const Model& model, int state, Change change);

/// The parameter of this path, or null.
const Parameter* parameter_at(const Model& model, const std::string& path);

/// onset, end, or happens (events).
std::string change_text(const Model& model, int state, Change change);

/// "1.8 (1.3 to 2.4)" as published, with its measure.
std::string published_text(const Model& model, const Edge& edge);

/// "1.3 to 2.4"; empty if there is no interval.
std::string interval_text(const Parameter& parameter);

/// The ids of a list such as "DEP-07, T-DEP-06", with "(not verified)" after those that are not.
std::string marked_evidence(const Model& model, const std::string& ids);

/// The share of edges that are assumptions, and with those that stand on a row that was not checked.
std::string assumed_text(const Model& model);

/// How many of the evidence rows used were not checked against their publication.
std::string unverified_text(const Model& model);

/// resident, household, couple; stressor, condition ...
const char* level_text(Level level);
const char* kind_text(StateKind kind);

}  // namespace sleutel
