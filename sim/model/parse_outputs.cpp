#include <algorithm>
#include <set>

#include "sim/base/text.h"
#include "sim/model/effects.h"
#include "sim/model/parse.h"
#include "sim/model/table_file.h"

namespace sleutel {
namespace {

const std::vector<std::string> kDimensions = {"mobility", "self_care", "usual_activities", "pain", "anxiety"};
const std::vector<std::string> kFlows = {"deaths", "births", "moves_in", "moves_out"};
constexpr OutcomeKind kFlowKinds[] = {OutcomeKind::deaths, OutcomeKind::births, OutcomeKind::moves_in,
                                      OutcomeKind::moves_out};
constexpr Range kIndex{.min = -1000, .max = 1000};

source::Addition parse_addition(Reading& reading, const Node& node) {
  source::Addition addition;
  addition.predictor = {node.key, key_place_of(node)};
  addition.path = node.path;
  if (!expect_map(reading, node, "add and evidence, such as {add: 0.9, evidence: EQ-01}")) return addition;
  allow_keys(reading, node, {"add", "per", "evidence", "note"});
  addition.evidence = cited(reading, node, EvidenceUse::edge);
  addition.per = parse_per(reading, node);
  addition.written = required_number(reading, node, "add", kIndex);
  addition.add = reading.parameter(addition.path, addition.written, "index", node, addition.evidence, kIndex);
  addition.kind = kind_of_weight(reading, addition);
  if (addition.kind == "assumption") reading.mark_assumed();
  return addition;
}

void parse_cuts(Reading& reading, const Node& node, Response& response) {
  const Node* cuts = node.find("cuts");
  const Node* range = node.find("range");
  if ((cuts != nullptr) == (range != nullptr)) {
    reading.add(node.problem("a response is ordered or continuous", "give one of cuts and range"));
    return;
  }
  const Node* values = range;
  if (cuts != nullptr) {
    if (!expect_map(reading, *cuts, "values and evidence")) return;
    allow_keys(reading, *cuts, {"values", "evidence", "note"});
    cited(reading, *cuts);
    values = Reader(reading.problems).required(*cuts, "values");
  }
  if (values == nullptr) return;
  const auto numbers = Reader(reading.problems).as_numbers(*values, kIndex).value_or(std::vector<double>{});
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i] <= numbers[i - 1]) reading.add(values->problem("the numbers must rise"));
  }
  if (cuts != nullptr) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const std::string path = cuts->path + "[" + std::to_string(i) + "]";
      const auto ids = words(reading, *cuts, "evidence");
      const std::vector<std::string> id = ids.empty() ? std::vector<std::string>{} : std::vector{ids.front().text};
      response.cuts.push_back(static_cast<float>(reading.parameter(path, numbers[i], "index", *cuts, id, kIndex)));
    }
  } else if (numbers.size() == 2) {
    response.low = static_cast<float>(numbers[0]);
    response.high = static_cast<float>(numbers[1]);
  } else {
    reading.add(range->problem("expected two numbers [lowest, highest]"));
  }
}

void parse_latent(Reading& reading, const Node& node, Response& response) {
  const Node* latent = node.find("latent");
  if (latent == nullptr || !expect_map(reading, *latent, "slot, sd and, if the sd is not 1, evidence")) return;
  allow_keys(reading, *latent, {"slot", "sd", "evidence", "note"});
  response.latent = whole(reading, *latent, "slot", 0, kLatents - 1, std::nullopt);
  const double sd = required_number(reading, *latent, "sd", Range{.min = 0, .max = 100});
  std::vector<std::string> ids;
  if (latent->find("evidence") != nullptr || sd != 1) ids = cited(reading, *latent);
  response.latent_sd = static_cast<float>(reading.parameter(latent->path, sd, "index", *latent, ids, kNotNegative));
}

void parse_of(Reading& reading, const Node& of, source::OutcomeSource& source) {
  Outcome& outcome = source.outcome;
  if (!expect_map(reading, of, "what is counted, such as {any: [problem_debt]}")) return;
  const auto one = [&](const char* key) {
    const Node* node = of.find(key);
    return node == nullptr ? source::Word{} : word_of(*node);
  };
  if (of.find("any") != nullptr) {
    allow_keys(reading, of, {"any"});
    source.any = words(reading, of, "any");
    outcome.kind = OutcomeKind::prevalence;
  } else if (of.find("within_year") != nullptr) {
    allow_keys(reading, of, {"within_year", "history"});
    source.state = one("within_year");
    source.history = one("history");
    outcome.kind = OutcomeKind::within_year;
  } else if (of.find("response") != nullptr) {
    allow_keys(reading, of, {"response", "from"});
    source.response = one("response");
    outcome.min_level = whole(reading, of, "from", 0, 100, 0);
    outcome.kind = OutcomeKind::response;
  } else if (of.find("begin") != nullptr) {
    allow_keys(reading, of, {"begin"});
    source.state = one("begin");
    outcome.kind = OutcomeKind::begin;
  } else if (of.find("flow") != nullptr) {
    allow_keys(reading, of, {"flow"});
    const int flow = choice(reading, of, "flow", kFlows, 0);
    outcome.kind = kFlowKinds[flow < 0 ? 0 : flow];
  } else {
    if (of.find("utility") == nullptr) {
      reading.add(of.problem("an outcome is of any, within_year, response, utility, begin or flow"));
      outcome.kind = OutcomeKind::deaths;
      return;
    }
    allow_keys(reading, of, {"utility"});
    choice(reading, of, "utility", {"eq5d"}, -1);
    outcome.kind = OutcomeKind::utility;
  }
}

void parse_population(Reading& reading, const Node& node, Outcome& outcome) {
  const Node* population = node.find("population");
  if (population == nullptr) {
    reading.add(node.problem("the key \"population\" is missing", "write {age: [18, 200], label: {en: ..., nl: ...}}"));
    return;
  }
  if (!expect_map(reading, *population, "age and label")) return;
  allow_keys(reading, *population, {"age", "households", "label"});
  outcome.per_household = truth(reading, *population, "households", false);
  read_label(reading, *population, "label", outcome.population_en, outcome.population_nl);
  const Node* age = population->find("age");
  if (age == nullptr && outcome.per_household) return;  // of any age
  if (age == nullptr) age = Reader(reading.problems).required(*population, "age");
  if (age == nullptr) return;
  const auto ages =
      Reader(reading.problems).as_numbers(*age, Range{.min = 0, .max = 200}).value_or(std::vector<double>{});
  if (ages.size() != 2 || ages[0] >= ages[1]) {
    reading.add(age->problem("expected two rising ages [from, until], found " + age->found()));
    return;
  }
  outcome.age_from = static_cast<int>(ages[0]);
  outcome.age_until = static_cast<int>(ages[1]);
}

void parse_print(Reading& reading, const Node& node, Outcome& outcome) {
  const Node* print = Reader(reading.problems).required(node, "print");
  if (print == nullptr || !expect_map(reading, *print, "unit, scale and decimals")) return;
  allow_keys(reading, *print, {"unit", "scale", "decimals"});
  outcome.unit = required_word(reading, *print, "unit");
  outcome.scale = required_number(reading, *print, "scale", kPositive);
  outcome.decimals = whole(reading, *print, "decimals", 0, 6, std::nullopt);
}

/// The healthy life expectancy that an outcome gives: it must be a share of residents of all ages.
void parse_years(Reading& reading, const Node& node, Outcome& outcome) {
  const Node* years = node.find("years");
  if (years == nullptr || !expect_map(reading, *years, "id, lived, label and matters")) return;
  allow_keys(reading, *years, {"id", "lived", "label", "matters"});
  const bool is_state = outcome.kind == OutcomeKind::prevalence || outcome.kind == OutcomeKind::within_year ||
                        (outcome.kind == OutcomeKind::response && outcome.min_level > 0);
  if (!is_state)
    reading.add(years->problem("years are lived in what a resident has or has not: any, or a level of a response"));
  if (outcome.per_household || outcome.age_from > 0 || outcome.age_until < 120)
    reading.add(years->problem("years of a life need residents of all ages", "write population: {age: [0, 200], ...}"));
  outcome.years.id = required_word(reading, *years, "id");
  if (!outcome.years.id.empty() && !is_name(outcome.years.id))
    reading.add(years->problem("an id is made of lower-case letters, digits and _"));
  outcome.years.lived =
      choice(reading, *years, "lived", {"with", "without"}, 0) == 1 ? YearsLived::without : YearsLived::with;
  read_label(reading, *years, "label", outcome.years.label_en, outcome.years.label_nl);
  outcome.years.matters = required_number(reading, *years, "matters", kPositive);
}

}  // namespace

source::ResponseSource parse_response(Reading& reading, const Node& node) {
  source::ResponseSource source;
  source.name = {node.key, key_place_of(node)};
  source.response.name = node.key;
  if (!is_name(node.key)) reading.add(node.key_problem("a name is made of lower-case letters, digits and _"));
  if (!expect_map(reading, node, "unit, latent, base, edges and cuts or range")) return source;
  allow_keys(reading, node, {"label", "unit", "latent", "base", "edges", "cuts", "range", "assumption", "note"});
  std::string en, nl;
  if (node.find("label") != nullptr) read_label(reading, node, "label", en, nl);
  source.response.unit = required_word(reading, node, "unit");
  source.response.is_assumption = truth(reading, node, "assumption", false);
  parse_latent(reading, node, source.response);
  parse_cuts(reading, node, source.response);
  if (const Node* base = Reader(reading.problems).required(node, "base")) {
    source.base = parse_table(reading, *base, "index", kIndex);
  }
  const Node* edges = node.find("edges");
  if (edges != nullptr && expect_map(reading, *edges, "predictors, each with what it adds")) {
    for (const Node& item : edges->items) source.edges.push_back(parse_addition(reading, item));
  }
  return source;
}

Tariff parse_tariff(Reading& reading, const Node& node) {
  Tariff tariff;
  if (!expect_map(reading, node, "table and evidence")) return tariff;
  allow_keys(reading, node, {"table", "evidence", "note"});
  cited(reading, node);
  const std::string name = required_word(reading, node, "table");
  if (name.empty()) return tariff;
  const std::vector<source::Word> by = {{"dimension", {}}, {"level", {}}};
  const auto rows = read_table_file(reading.tables_folder + "/" + name + ".csv", by, "utility",
                                    Range{.min = -1, .max = 0}, *node.find("table"), reading.problems);
  std::array<std::array<bool, 5>, 5> given{};
  std::set<std::vector<std::string>> seen;
  for (const auto& row : rows) {
    if (!seen.insert(row.keys).second) reading.add(row.place, "a second row for " + row.keys[0] + " " + row.keys[1]);
    if (row.keys[0] == "constant") {
      tariff.constant = static_cast<float>(row.value);
      continue;
    }
    const auto dimension = std::find(kDimensions.begin(), kDimensions.end(), row.keys[0]) - kDimensions.begin();
    const bool level_known = row.keys[1].size() == 1 && row.keys[1][0] >= '2' && row.keys[1][0] <= '5';
    if (dimension == 5 || !level_known) {
      reading.add(row.place, "unknown dimension or level: " + row.keys[0] + " " + row.keys[1],
                  "dimensions are constant, " + listed(kDimensions, "and") + "; levels 2 to 5");
      continue;
    }
    const auto level = static_cast<std::size_t>(row.keys[1][0] - '1');
    tariff.decrement[static_cast<std::size_t>(dimension)][level] = static_cast<float>(row.value);
    given[static_cast<std::size_t>(dimension)][level] = true;
  }
  for (std::size_t dimension = 0; dimension < 5; ++dimension) {
    for (std::size_t level = 1; level < 5; ++level) {
      if (given[dimension][level] || rows.empty()) continue;
      reading.add(node.problem("the tariff lacks " + kDimensions[dimension] + " " + std::to_string(level + 1)));
    }
  }
  return tariff;
}

source::OutcomeSource parse_outcome(Reading& reading, const Node& node) {
  source::OutcomeSource source;
  Outcome& outcome = source.outcome;
  source.name = {node.key, key_place_of(node)};
  outcome.id = node.key;
  if (!is_name(node.key)) reading.add(node.key_problem("a name is made of lower-case letters, digits and _"));
  if (!expect_map(reading, node, "of, population, print, matters and label")) return source;
  allow_keys(reading, node,
             {"of", "population", "print", "matters", "label", "higher_is_better", "gap", "assumption", "definition",
              "note", "years"});
  read_label(reading, node, "label", outcome.label_en, outcome.label_nl);
  if (const Node* of = Reader(reading.problems).required(node, "of")) parse_of(reading, *of, source);
  parse_population(reading, node, outcome);
  parse_print(reading, node, outcome);
  outcome.matters = required_number(reading, node, "matters", kPositive);
  outcome.higher_is_better = truth(reading, node, "higher_is_better", false);
  outcome.also_gap = truth(reading, node, "gap", false);
  outcome.is_assumption = truth(reading, node, "assumption", false);
  outcome.definition = optional_word(reading, node, "definition");
  parse_years(reading, node, outcome);
  return source;
}

std::vector<source::Target> parse_targets(Reading& reading, const Node& node) {
  std::vector<source::Target> targets;
  if (!Reader(reading.problems).is_list(node)) return targets;
  for (const Node& item : node.items) {
    if (!expect_map(reading, item, "state, outcome, share and evidence")) continue;
    allow_keys(reading, item, {"state", "outcome", "share", "evidence", "note"});
    source::Target target;
    required_word(reading, item, "state");
    required_word(reading, item, "outcome");
    if (const Node* state = item.find("state")) target.state = word_of(*state);
    if (const Node* outcome = item.find("outcome")) target.outcome = word_of(*outcome);
    target.share = required_number(reading, item, "share", kShare);
    for (const std::string& id : cited(reading, item)) target.evidence += (target.evidence.empty() ? "" : ", ") + id;
    targets.push_back(target);
  }
  return targets;
}

}  // namespace sleutel
