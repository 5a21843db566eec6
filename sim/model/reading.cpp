#include "sim/model/reading.h"

#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

std::string listed_ids(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

bool any_assumption(const Evidence& evidence, const std::vector<std::string>& ids) {
  return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const EvidenceRow* row = evidence.find(id);
    return row != nullptr && row->is_assumption();
  });
}

bool holds(double low, double high, double value) { return low <= value && value <= high; }

double hundredths(double value) { return std::round(value * 100) / 100; }

/// Takes the row's interval where it is one of this very number: of an effect that is the row's or within its interval
/// (or that of its inverse), of any other number that is the row's value. A row of another measure has an interval of
/// something else.
void set_interval(Parameter& parameter, const EvidenceRow& row) {
  if (!row.low || !row.high) return;
  const double low = *row.low;
  const double high = *row.high;
  const bool is_difference = parameter.unit == "standard deviations";
  const bool is_ratio =
      parameter.unit == "hazard ratio" || parameter.unit == "odds ratio" || parameter.unit == "relative risk";
  const bool same = (is_difference || is_ratio) ? holds(low, high, parameter.value) : row.value == parameter.value;
  if (same) {
    parameter.low = low;
    parameter.high = high;
  } else if (is_difference && holds(-high, -low, parameter.value)) {
    parameter.low = -high;
    parameter.high = -low;
  } else if (is_ratio && low > 0 && holds(1 / high, 1 / low, parameter.value)) {
    parameter.low = hundredths(1 / high);
    parameter.high = hundredths(1 / low);
  }
}

}  // namespace

void Reading::add(const source::Place& place, std::string what, std::string suggestion) {
  problems.push_back({place.file, place.line, place.column, place.where, std::move(what), std::move(suggestion)});
}

void Reading::mark_assumed() {
  parameters.back().kind = "assumption";
  parameters.back().is_assumption = true;
}

double Reading::parameter(const std::string& path, double value, const std::string& unit, const Node& node,
                          const std::vector<std::string>& evidence_ids, const Range& range) {
  Parameter parameter{path,
                      value,
                      unit,
                      0,
                      0,
                      listed_ids(evidence_ids),
                      evidence_ids.empty() ? "" : kind_of(evidence, evidence_ids),
                      any_assumption(evidence, evidence_ids),
                      node.file ? *node.file : "",
                      node.line};
  const EvidenceRow* row = evidence_ids.size() == 1 ? evidence.find(evidence_ids.front()) : nullptr;
  if (row != nullptr && unit != "factor") set_interval(parameter, *row);
  const auto change = changes.find(path);
  if (change != changes.end()) {
    parameter.value = change->second.value;
    if (!range.holds(parameter.value)) {
      const ParameterChange& at = change->second;
      problems.push_back({changes_file, at.line, at.column, at.where.empty() ? "set." + path : at.where,
                          number_text(at.value) + " (" + range_text(range) + ")", ""});
      parameter.value = value;
    }
  }
  parameters.push_back(parameter);
  return parameter.value;
}

source::Place place_of(const Node& node) { return {node.file ? *node.file : "", node.line, node.column, node.path}; }

source::Place key_place_of(const Node& node) {
  return {node.file ? *node.file : "", node.key_line, node.key_column, node.path};
}

source::Word word_of(const Node& node) { return {node.text, place_of(node)}; }

bool expect_map(Reading& reading, const Node& node, const char* holds) {
  if (node.is_map()) return true;
  reading.add(node.problem("expected keys and values, found " + node.found(), std::string("it holds ") + holds));
  return false;
}

void allow_keys(Reading& reading, const Node& map, std::initializer_list<std::string_view> keys) {
  Reader(reading.problems).only_keys(map, {keys.begin(), keys.end()});
}

std::string required_word(Reading& reading, const Node& map, std::string_view key) {
  return Reader(reading.problems).required_text(map, key);
}

std::string optional_word(Reading& reading, const Node& map, std::string_view key) {
  return Reader(reading.problems).text(map, key);
}

int choice(Reading& reading, const Node& map, std::string_view key, const std::vector<std::string>& choices,
           int otherwise) {
  const Node* node = map.find(key);
  if (node == nullptr) return otherwise;
  const auto found = std::find(choices.begin(), choices.end(), node->text);
  if (node->is_scalar() && found != choices.end()) return static_cast<int>(found - choices.begin());
  std::string near = node->is_scalar() ? did_you_mean(node->text, choices) : "";
  if (near.empty()) near = "it is one of " + listed(choices);
  reading.add(node->problem("unknown " + std::string(key) + " " + node->found(), near));
  return -1;
}

std::optional<double> number(Reading& reading, const Node& node, const Range& range) {
  return Reader(reading.problems).as_number(node, range);
}

std::optional<double> optional_number(Reading& reading, const Node& map, std::string_view key, const Range& range) {
  const Node* node = map.find(key);
  return node == nullptr ? std::nullopt : number(reading, *node, range);
}

double required_number(Reading& reading, const Node& map, std::string_view key, const Range& range) {
  const Node* node = Reader(reading.problems).required(map, key);
  return node == nullptr ? 1 : number(reading, *node, range).value_or(1);
}

int whole(Reading& reading, const Node& map, std::string_view key, int low, int high, std::optional<int> otherwise) {
  Reader reader(reading.problems);
  const Node* node = otherwise ? map.find(key) : reader.required(map, key);
  if (node == nullptr) return otherwise.value_or(low);
  const Range range{.min = static_cast<double>(low), .max = static_cast<double>(high)};
  return static_cast<int>(reader.as_whole(*node, range).value_or(low));
}

bool truth(Reading& reading, const Node& map, std::string_view key, bool otherwise) {
  return Reader(reading.problems).flag(map, key, otherwise);
}

std::vector<source::Word> words(Reading& reading, const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  if (node == nullptr || !Reader(reading.problems).as_words(*node)) return {};
  if (node->is_scalar()) return {word_of(*node)};
  std::vector<source::Word> all;
  for (const Node& item : node->items) all.push_back(word_of(item));
  return all;
}

void read_label(Reading& reading, const Node& map, std::string_view key, std::string& en, std::string& nl) {
  const Node* node = map.find(key);
  if (node == nullptr) {
    reading.add(map.problem("the key " + in_quotes(key) + " is missing", "write it as {en: ..., nl: ...}"));
    return;
  }
  if (!expect_map(reading, *node, "the same words as en and nl")) return;
  allow_keys(reading, *node, {"en", "nl"});
  en = required_word(reading, *node, "en");
  nl = required_word(reading, *node, "nl");
}

void use_row(Reading& reading, const EvidenceRow& row, EvidenceUse use, const std::string& where) {
  reading.used.insert(row.id);
  for (const Lack& lack : row.lacks) {
    if (lack.for_use != EvidenceUse::number && lack.for_use != use) continue;
    if (!reading.told.insert(row.id + "." + lack.problem.where).second) continue;
    Problem problem = lack.problem;
    problem.what += ", yet " + where + " uses this row";
    reading.add(std::move(problem));
  }
}

std::vector<std::string> cited(Reading& reading, const Node& map, EvidenceUse use) {
  std::vector<std::string> ids;
  if (map.find("evidence") == nullptr) {
#ifndef SLEUTEL_MUTANT_NO_EVIDENCE
    reading.add(map.problem("no number without evidence: the key \"evidence\" is missing",
                            "name a row of the evidence registry, or add a row assumption-... with an interval"));
#endif
    return ids;
  }
  for (const source::Word& id : words(reading, map, "evidence")) {
    ids.push_back(id.text);
    const EvidenceRow* row = reading.evidence.find(id.text);
    if (row != nullptr)
      use_row(reading, *row, use, map.path);
    else if (reading.evidence.whole)
      reading.add(id.place, "unknown evidence " + in_quotes(id.text), did_you_mean(id.text, reading.evidence.ids()));
  }
  return ids;
}

double cited_number(Reading& reading, const Node& map, std::string_view key, const std::string& unit,
                    const Range& range) {
  if (!expect_map(reading, map, "the number and its evidence")) return 1;
  const double value = required_number(reading, map, key, range);
  return reading.parameter(map.path, value, unit, map, cited(reading, map), range);
}

bool is_name(std::string_view text, bool dot_allowed) {
  int dots = 0;
  for (const char c : text) {
    if (c == '.') ++dots;
    const bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    if (!fine) return false;
  }
  return !text.empty() && dots <= (dot_allowed ? 1 : 0);
}

}  // namespace sleutel
