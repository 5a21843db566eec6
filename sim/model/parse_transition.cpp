#include "sim/base/text.h"
#include "sim/model/effects.h"
#include "sim/model/parse.h"

namespace sleutel {
namespace {

constexpr Measure kMeasures[] = {Measure::hazard_ratio, Measure::odds_ratio, Measure::relative_risk,
                                 Measure::standardised_difference};

const char* unit_of(Measure measure) {
  switch (measure) {
    case Measure::hazard_ratio:
      return "hazard ratio";
    case Measure::odds_ratio:
      return "odds ratio";
    case Measure::relative_risk:
      return "relative risk";
    case Measure::standardised_difference:
      return "standard deviations";
  }
  return "";
}

Range range_of(Measure measure) {
  return measure == Measure::standardised_difference ? Range{.min = -5, .max = 5} : Range{.max = 1000, .above = 0};
}

void read_value(Reading& reading, const Node& node, source::Edge& edge) {
  for (const Measure measure : kMeasures) {
    const Node* value = node.find(measure_key(measure));
    if (value == nullptr) continue;
    if (edge.has_value) {
      reading.add(
          value->key_problem("an effect has one measure, and this is a second", "keep the one that was published"));
      continue;
    }
    edge.has_value = true;
    edge.measure = measure;
    edge.written = number(reading, *value, range_of(measure)).value_or(no_effect(measure));
    const auto point = value->text.find('.');
    edge.decimals = point == std::string::npos ? 0 : static_cast<int>(value->text.size() - point - 1);
  }
  if (!edge.has_value) {
    reading.add(node.problem("an effect needs one of hazard_ratio, odds_ratio, relative_risk or d"));
  }
}

/// The table of a rate, its values turned into rates [1/year].
source::Table rates_of(Reading& reading, const Node& node, bool is_chance) {
  const Range range = is_chance ? Range{.min = 0, .max = 0.999999} : Range{.min = 0, .max = 1000};
  source::Table table = parse_table(reading, node, is_chance ? "probability" : "per_year", range);
  if (!is_chance) return table;
  const double years = node.find("years") == nullptr ? 0 : required_number(reading, node, "years", kPositive);
  if (years <= 0) {
    reading.add(node.problem("a chance needs the years it is over", "write years: 1 for a chance in a year"));
    return table;
  }
  for (auto& row : table.rows) row.value = rate_of_chance(row.value, years);
  return table;
}

source::Rate parse_rate(Reading& reading, const Node& node) {
  source::Rate rate;
  const Node* per_year = node.find("per_year");
  const Node* chance = node.find("probability");
  if (per_year != nullptr && chance != nullptr) {
    reading.add(chance->key_problem("a rate and a chance are both given", "keep one of per_year and probability"));
  }
  const Node* given = per_year != nullptr ? per_year : chance;
  if (given == nullptr) {
    if (node.find("per_month") == nullptr)
      reading.add(node.problem("the rate is missing", "write per_year: {value: ..., evidence: ...}, or probability:"));
    return rate;
  }
  rate.table = rates_of(reading, *given, per_year == nullptr);
  if (given->is_map() && given->find("value") == nullptr) {
    rate.factor = reading.parameter(given->path, 1, "factor", *given, rate.table.evidence, kNotNegative);
  }
  if (const Node* local = node.find("local_factor")) {
    if (expect_map(reading, *local, "value and evidence")) allow_keys(reading, *local, {"value", "evidence", "note"});
    rate.factor *= cited_number(reading, *local, "value", "factor", kPositive);
  }
  return rate;
}

void refuse_other_periods(Reading& reading, const Node& node) {
  for (const char* key : {"per_month", "rate", "chance"}) {
    const Node* found = node.find(key);
    if (found == nullptr) continue;
    reading.add(found->key_problem("a rate is written per year, never as " + in_quotes(key),
                                   "a chance over a period is probability: {value: ..., years: ...}"));
  }
}

}  // namespace

source::Per parse_per(Reading& reading, const Node& edge) {
  source::Per per;
  const Node* node = edge.find("per");
  if (node == nullptr) return per;
  per.given = true;
  per.place = place_of(*node);
  if (node->is_scalar()) {
    per.full = node->text == "full";
    per.unit = node->text;
    return per;
  }
  if (!expect_map(reading, *node, "value and unit")) return per;
  allow_keys(reading, *node, {"value", "unit"});
  per.amount = required_number(reading, *node, "value", kPositive);
  per.unit = required_word(reading, *node, "unit");
  return per;
}

source::Edge parse_edge(Reading& reading, const Node& node) {
  source::Edge edge;
  edge.predictor = {node.key, key_place_of(node)};
  edge.path = node.path;
  edge.place = place_of(node);
  if (!expect_map(reading, node, "a measure and evidence, such as {hazard_ratio: 2.1, evidence: UNE-14}")) return edge;
  allow_keys(reading, node,
             {"hazard_ratio", "odds_ratio", "relative_risk", "d", "evidence", "baseline_risk", "window_years",
              "baseline_from", "share", "transferred", "per", "note"});
  read_value(reading, node, edge);
  edge.evidence = cited(reading, node, EvidenceUse::edge);
  edge.baseline_risk = optional_number(reading, node, "baseline_risk", Range{.max = 0.999999, .above = 0});
  edge.window_years = optional_number(reading, node, "window_years", kPositive);
  edge.baseline_from = optional_word(reading, node, "baseline_from");
  edge.share = optional_number(reading, node, "share", Range{.max = 1, .above = 0}).value_or(1);
  edge.transferred = optional_word(reading, node, "transferred");
  edge.per = parse_per(reading, node);
  edge.value =
      reading.parameter(edge.path, edge.written, unit_of(edge.measure), node, edge.evidence, range_of(edge.measure));
  if (edge.has_value && !is_of_rows(reading, edge)) reading.mark_assumed();
  return edge;
}

std::vector<source::Edge> parse_edges(Reading& reading, const Node& map) {
  std::vector<source::Edge> edges;
  const Node* node = map.find("edges");
  if (node == nullptr) return edges;
  if (!expect_map(reading, *node, "predictors, each with its effect")) return edges;
  for (const Node& item : node->items) edges.push_back(parse_edge(reading, item));
  return edges;
}

source::Transition parse_transition(Reading& reading, const Node& node) {
  source::Transition transition;
  transition.given = true;
  transition.place = place_of(node);
  refuse_other_periods(reading, node);
  transition.rate = parse_rate(reading, node);
  transition.needs = words(reading, node, "needs");
  transition.forbidden_by = words(reading, node, "forbidden_by");
  transition.edges = parse_edges(reading, node);
  return transition;
}

}  // namespace sleutel
