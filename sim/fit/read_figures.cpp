#include <algorithm>

#include "sim/base/text.h"
#include "sim/fit/figure.h"
#include "sim/input/yaml.h"

namespace sleutel {
namespace {

constexpr Range kError{.above = 0, .meaning = "what the published figure may be off by"};
const std::vector<std::string> kMeasures = {"share", "mean", "sd", "rate", "mean_age", "healthy_years"};
const std::vector<std::string> kContrasts = {"ratio", "difference", "odds_ratio"};
const std::vector<std::string> kErrorsFrom = {"interval", "sample", "rounding"};
const std::vector<std::string> kLabels = {kCalibratedOn, kHeldOut, kRepeated};
constexpr std::pair<const char*, FigureTrait> kTraitKeys[] = {{"association", kAssociation},
                                                              {"gradient", kGradient},
                                                              {"duration", kDuration},
                                                              {"by_age", kByAge},
                                                              {"household_contrast", kHouseholdContrast}};

/// The clause under a key of `node`, or of the side that it is set against; a problem if it is nowhere and needed.
Clause side_clause(Reading& reading, const Node& node, const Node* otherwise, const char* key, const ClauseWords& words,
                   bool needed) {
  const Node* found = node.find(key);
  if (found == nullptr && otherwise != nullptr) found = otherwise->find(key);
  if (found != nullptr) return read_clause(reading, *found, words);
  if (needed) reading.add(node.key_problem("the key " + in_quotes(key) + " is missing", "write {} for everybody"));
  return {};
}

/// A text that must be there, with what to write.
std::string needed_text(Reading& reading, const Node& node, const char* key, const char* write) {
  if (node.find(key) != nullptr) return required_word(reading, node, key);
  reading.add(node.key_problem("the key " + in_quotes(key) + " is missing", write));
  return "";
}

int read_begins(Reading& reading, const Node& node, const Model& model) {
  const std::string name = needed_text(reading, node, "begins", "write a state or life event, such as begins: death");
  const int state = model.state(name);
  if (state >= 0 && !model.states[static_cast<std::size_t>(state)].is_rest &&
      !model.states[static_cast<std::size_t>(state)].is_history)
    return state;
  if (name.empty()) return -1;
  std::vector<std::string> names;
  for (const State& one : model.states)
    if (!one.is_rest && !one.is_history) names.push_back(one.name);
  reading.add(
      node.find("begins")->problem("unknown state or life event " + in_quotes(name), did_you_mean(name, names)));
  return -1;
}

bool is_of_events(FigureMeasure measure) {
  return measure == FigureMeasure::rate || measure == FigureMeasure::mean_age;
}

/// One side; what the side set against does not say is as in the figure.
Side read_side(Reading& reading, const Node& node, const Node* otherwise, FigureMeasure measure,
               const ClauseWords& words) {
  Side side;
  const Node& from = otherwise == nullptr ? node : *otherwise;
  const Node& units = node.find("units") != nullptr || otherwise == nullptr ? node : *otherwise;
  side.households = choice(reading, units, "units", {"persons", "households"}, 0) == 1;
  side.among = side_clause(reading, node, otherwise, "among", words, true);
  if (is_of_events(measure)) {
    side.begins = read_begins(reading, from, words.model);
    return side;
  }
  side.of = side_clause(reading, node, otherwise, "of", words, true);
  side.after_months = whole(reading, from, "after_months", 1, 1200, 0);
  return side;
}

/// A mean needs an outcome that persons have as a number.
void check_mean(Reading& reading, const Node& node, const PublishedFigure& figure, const Model& model) {
  if (figure.measure != FigureMeasure::mean && figure.measure != FigureMeasure::sd) return;
  const int outcome = figure.side.of.outcome;
  if (outcome >= 0 && is_mean(model.outcomes[static_cast<std::size_t>(outcome)], model.responses)) return;
  std::vector<std::string> means;
  for (const Outcome& one : model.outcomes)
    if (is_mean(one, model.responses)) means.push_back(one.id);
  const Node* of = node.find("of");
  reading.add((of == nullptr ? node : *of)
                  .problem("a " + kMeasures[static_cast<std::size_t>(figure.measure)] +
                               " is of an outcome that persons have as a number",
                           means.empty()
                               ? "this model has none"
                               : "write of: {outcome: " + means.front() + "}, or another of " + listed(means)));
}

void read_error(Reading& reading, const Node& node, PublishedFigure& figure) {
  const Node* error = node.find("standard_error");
  if (error == nullptr) {
    reading.add(
        node.key_problem("the key \"standard_error\" is missing",
                         "write standard_error: {value: 0.01, from: rounding}; from: interval, sample or rounding"));
    return;
  }
  if (!expect_map(reading, *error, "value and from")) return;
  allow_keys(reading, *error, {"value", "from"});
  figure.standard_error = required_number(reading, *error, "value", kError);
  const int from = choice(reading, *error, "from", kErrorsFrom, -2);
  if (from == -2) required_word(reading, *error, "from");
  if (from >= 0) figure.error_from = kErrorsFrom[static_cast<std::size_t>(from)];
}

void read_traits(Reading& reading, const Node& node, PublishedFigure& figure) {
  for (const auto& [key, trait] : kTraitKeys)
    if (truth(reading, node, key, false)) figure.traits |= trait;
  figure.standardised = truth(reading, node, "standardised", false);
  figure.per_year = truth(reading, node, "per_year", false);
}

/// What both have, figures and patterns.
void read_words(Reading& reading, const Node& node, PublishedFigure& figure) {
  figure.id = node.key;
  figure.file = *node.file;
  figure.line = node.key_line;
  figure.column = node.key_column;
  read_label(reading, node, "name", figure.name_en, figure.name_nl);
  figure.stratum = required_word(reading, node, "stratum");
  figure.group = required_word(reading, node, "group");
  figure.why = optional_word(reading, node, "why");
}

void read_source(Reading& reading, const Node& node, PublishedFigure& figure) {
  figure.source = needed_text(reading, node, "source", "write who published the figure, where and when");
  figure.evidence = optional_word(reading, node, "evidence");
  if (!figure.evidence.empty() && reading.evidence.find(figure.evidence) == nullptr)
    reading.add(node.find("evidence")
                    ->problem("unknown evidence " + in_quotes(figure.evidence),
                              did_you_mean(figure.evidence, reading.evidence.ids())));
}

/// The question: measure, sides and contrast.
void read_question(Reading& reading, const Node& node, const ClauseWords& words, PublishedFigure& figure) {
  const int measure = choice(reading, node, "measure", kMeasures, -2);
  if (measure == -2) required_word(reading, node, "measure");
  figure.measure = static_cast<FigureMeasure>(std::max(0, measure));
  figure.contrast = static_cast<Contrast>(1 + std::max(-1, choice(reading, node, "contrast", kContrasts, -1)));
  figure.side = read_side(reading, node, nullptr, figure.measure, words);
  const Node* against = node.find("against");
  if ((against != nullptr) != (figure.contrast != Contrast::none)) {
    reading.add(node.key_problem("a contrast is between two sides", "give both of contrast and against, or neither"));
  } else if (against != nullptr && expect_map(reading, *against, "what is other than in the figure")) {
    allow_keys(reading, *against, {"units", "among", "of"});
    figure.against = read_side(reading, *against, &node, figure.measure, words);
  }
  check_mean(reading, node, figure, words.model);
}

/// A ratio with its interval, and who published it, from the row of the study.
void take_study(Reading& reading, const Node& node, PublishedFigure& figure) {
  figure.evidence = needed_text(reading, node, "evidence", "name the row of the study that is repeated");
  if (figure.evidence.empty()) return;
  const EvidenceRow* row = reading.evidence.find(figure.evidence);
  const Node& cited = *node.find("evidence");
  if (row == nullptr) {
    reading.add(cited.problem("unknown evidence " + in_quotes(figure.evidence),
                              did_you_mean(figure.evidence, reading.evidence.ids())));
  } else if (!row->value || !row->low || !row->high) {
    reading.add(cited.problem(in_quotes(figure.evidence) + " has no interval, so nothing can lie within it",
                              "repeat a study that published one"));
  } else {
    figure.published = *row->value;
    figure.published_low = *row->low;
    figure.published_high = *row->high;
    figure.source = row->study + ", " + row->year;
  }
}

/// A published study that is asked of the residents.
PublishedFigure read_study_repeated(Reading& reading, const Node& node, const ClauseWords& words) {
  PublishedFigure figure;
  if (!expect_map(reading, node, "measure, among, contrast, against and evidence")) return figure;
  allow_keys(reading, node,
             {"name", "stratum", "group", "measure", "contrast", "against", "standardised", "units", "among", "of",
              "begins", "after_months", "evidence", "why"});
  read_words(reading, node, figure);
  figure.standardised = truth(reading, node, "standardised", false);
  read_question(reading, node, words, figure);
  if (figure.contrast != Contrast::ratio && figure.contrast != Contrast::odds_ratio)
    reading.add(node.key_problem("a study that is repeated has a ratio", "write contrast: ratio or odds_ratio"));
  take_study(reading, node, figure);
  return figure;
}

PublishedFigure read_figure(Reading& reading, const Node& node, const ClauseWords& words) {
  PublishedFigure figure;
  if (!expect_map(reading, node, "measure, among, published, standard_error and source")) return figure;
  allow_keys(reading, node, {"name",           "stratum",      "group",
                             "association",    "gradient",     "duration",
                             "by_age",         "measure",      "contrast",
                             "against",        "standardised", "per_year",
                             "units",          "among",        "of",
                             "begins",         "after_months", "published",
                             "source",         "evidence",     "household_contrast",
                             "standard_error", "why"});
  read_words(reading, node, figure);
  read_source(reading, node, figure);
  read_traits(reading, node, figure);
  read_question(reading, node, words, figure);
  figure.published = required_number(reading, node, "published", {});
  read_error(reading, node, figure);
  return figure;
}

/// What must be above none, without a number.
PublishedFigure read_pattern(Reading& reading, const Node& node, const ClauseWords& words) {
  PublishedFigure figure;
  if (!expect_map(reading, node, "measure, among, contrast and against")) return figure;
  allow_keys(reading, node,
             {"name", "stratum", "group", "measure", "contrast", "against", "standardised", "units", "among", "of",
              "begins", "after_months", "why"});
  read_words(reading, node, figure);
  read_traits(reading, node, figure);
  read_question(reading, node, words, figure);
  figure.traits |= kGradient;
  figure.published = none_of(figure);
  return figure;
}

void read_near(Reading& reading, const Node& root, FigureList& list) {
  if (list.label != kHeldOut) return;
  const Node* near = root.find("within");
  if (near == nullptr) {
    reading.add({*root.file, 1, 1, "within", "the key is missing", "write {relative: 0.2, points: 3, at_least: 10}"});
    return;
  }
  if (!expect_map(reading, *near, "relative, points and at_least")) return;
  allow_keys(reading, *near, {"relative", "points", "at_least"});
  list.near_relative = required_number(reading, *near, "relative", {.max = 1, .above = 0});
  list.near_points = required_number(reading, *near, "points", {.min = 0, .max = 100}) / 100;
  list.at_least = whole(reading, *near, "at_least", 0, 10000, std::nullopt);
}

}  // namespace

FigureList read_figures(Reading& reading, const std::string& file, const ClauseWords& words) {
  FigureList list;
  const auto root = read_yaml(file, reading.problems);
  if (!root || !expect_map(reading, *root, "label and figures")) return list;
  allow_keys(reading, *root, {"label", "within", "at_least", "figures", "emerges"});
  const int label = choice(reading, *root, "label", kLabels, -2);
  if (label == -2) required_word(reading, *root, "label");
  list.label = kLabels[static_cast<std::size_t>(std::max(0, label))];
  read_near(reading, *root, list);
  const bool repeated = list.label == kRepeated;
  if (repeated) list.at_least_share = required_number(reading, *root, "at_least", {.max = 1, .above = 0});
  if (!repeated && root->find("at_least") != nullptr)
    reading.add(root->find("at_least")->key_problem("only in a file of studies that are repeated"));
  for (const Node& node : Reader(reading.problems).required_map(*root, "figures"))
    list.figures.push_back((repeated ? read_study_repeated : read_figure)(reading, node, words));
  if (list.label != kHeldOut && root->find("emerges") != nullptr)
    reading.add(root->find("emerges")->key_problem("only in the file of what is held out", "move it to held_out.yaml"));
  for (const Node& node : Reader(reading.problems).map(*root, "emerges"))
    list.emerges.push_back(read_pattern(reading, node, words));
  return list;
}

}  // namespace sleutel
