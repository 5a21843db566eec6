#pragma once
/// \file
/// The parts of a model file, from YAML nodes to the plain structures of source.h. Each function reports what is wrong
/// and reads on, so that all problems come at once. Names are not resolved here.

#include "sim/model/reading.h"

namespace sleutel {

/// A whole model file.
source::Model parse_model(Reading& reading, const Node& root);

/// sim/model/parse_transition.cpp: `onset:`, `end:`, or what stands under an event.
source::Transition parse_transition(Reading& reading, const Node& node);
std::vector<source::Edge> parse_edges(Reading& reading, const Node& map);
/// One effect, {hazard_ratio: 2.1, evidence: X}; `node.key` names the predictor.
source::Edge parse_edge(Reading& reading, const Node& node);
source::Per parse_per(Reading& reading, const Node& edge);
/// The keys that parse_transition reads.
inline constexpr std::string_view kRateKeys[] = {"per_year", "probability", "local_factor"};

/// sim/model/parse_table.cpp: {value: ...}, {by: ..., values: ...} or {table: ..., by: ...}; the values as written.
/// `column` is the name of the value column of a table file: per_year, probability, index.
source::Table parse_table(Reading& reading, const Node& node, const std::string& column, const Range& range);

/// sim/model/parse_states.cpp
source::State parse_state(Reading& reading, const Node& node);
source::State parse_event(Reading& reading, const Node& node);
/// The part of life that `domain` names; empty if it is left out or unknown.
std::string domain_in(Reading& reading, const Node& node);

/// sim/model/parse_outputs.cpp
source::ResponseSource parse_response(Reading& reading, const Node& node);
Tariff parse_tariff(Reading& reading, const Node& node);
source::OutcomeSource parse_outcome(Reading& reading, const Node& node);
std::vector<source::Target> parse_targets(Reading& reading, const Node& node);

}  // namespace sleutel
