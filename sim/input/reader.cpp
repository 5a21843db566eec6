#include "sim/input/reader.h"

#include <cmath>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/input/advice.h"

namespace sleutel {
namespace {

const std::vector<Node> kNoEntries;

/// "0 (must be at least 1)".
std::string outside(const Node& value, const Range& range) { return value.text + " (" + range_text(range) + ")"; }

}  // namespace

std::string range_text(const Range& range) {
  const auto text = [](double bound) { return number_text(bound); };
  std::vector<std::string> bounds;
  if (std::isfinite(range.min) && std::isfinite(range.max))
    bounds.push_back("between " + text(range.min) + " and " + text(range.max));
  else if (std::isfinite(range.min))
    bounds.push_back("at least " + text(range.min));
  else if (std::isfinite(range.max))
    bounds.push_back("at most " + text(range.max));
  if (std::isfinite(range.above)) bounds.push_back("above " + text(range.above));
  if (std::isfinite(range.below)) bounds.push_back("below " + text(range.below));
  const std::string meaning = range.meaning;
  return "must be " + listed(bounds, "and") + (meaning.empty() ? "" : ", " + meaning);
}

void Reader::report(const Node& value, std::string what, std::string suggestion) {
  problems_.push_back(value.problem(std::move(what), std::move(suggestion)));
}

void Reader::report_key(const Node& value, std::string what, std::string suggestion) {
  problems_.push_back(value.key_problem(std::move(what), std::move(suggestion)));
}

void Reader::expected(const Node& value, std::string_view what) {
  report(value, "expected " + std::string(what) + ", found " + value.found(), advice(value, what));
}

// --- values at hand

std::optional<std::string> Reader::as_text(const Node& value) {
  if (value.is_scalar() && !value.text.empty()) return value.text;
  expected(value, "a text");
  return std::nullopt;
}

std::optional<double> Reader::as_number(const Node& value, const Range& range) {
  const auto number = value.is_scalar() && !value.quoted ? parse_number(value.text) : std::nullopt;
  if (!number) {
    expected(value, "a number");
    return std::nullopt;
  }
  if (range.holds(*number)) return number;
  report(value, outside(value, range));
  return std::nullopt;
}

std::optional<std::int64_t> Reader::as_whole(const Node& value, const Range& range) {
  const auto number = value.is_scalar() && !value.quoted ? parse_whole(value.text) : std::nullopt;
  if (!number) {
    expected(value, "a whole number");
    return std::nullopt;
  }
  if (range.holds(static_cast<double>(*number))) return number;
  report(value, outside(value, range));
  return std::nullopt;
}

std::optional<bool> Reader::as_flag(const Node& value) {
  if (value.is_scalar() && !value.quoted) {
    if (value.text == "true" || value.text == "yes") return true;
    if (value.text == "false" || value.text == "no") return false;
  }
  expected(value, "true or false");
  return std::nullopt;
}

std::optional<CalendarMonth> Reader::as_month(const Node& value) {
  const std::string& text = value.text;
  const bool shaped = value.is_scalar() && text.size() == 7 && text[4] == '-';
  const auto year = shaped ? parse_whole(text.substr(0, 4)) : std::nullopt;
  const auto month = shaped ? parse_whole(text.substr(5)) : std::nullopt;
  if (!year || !month) {
    expected(value, "a month such as 2024-01");
    return std::nullopt;
  }
  if (*month < 1 || *month > 12)
    report(value, text + " (the month must be between 01 and 12)");
  else if (*year < 1900 || *year > 2200)
    report(value, text + " (the year must be between 1900 and 2200)");
  else
    return CalendarMonth{static_cast<int>(*year), static_cast<int>(*month)};
  return std::nullopt;
}

std::optional<std::vector<double>> Reader::as_numbers(const Node& value, const Range& range) {
  if (!is_list(value)) return std::nullopt;
  std::vector<double> numbers;
  for (const Node& item : value.items)
    if (const auto number = as_number(item, range)) numbers.push_back(*number);
  if (numbers.size() != value.items.size()) return std::nullopt;
  return numbers;
}

std::optional<std::vector<std::string>> Reader::as_words(const Node& value) {
  std::vector<std::string> words;
  if (value.is_scalar()) {
    words.push_back(value.text);
    return words;
  }
  if (!value.is_list()) {
    expected(value, "a word or a list of words");
    return std::nullopt;
  }
  for (const Node& item : value.items)
    if (const auto word = as_text(item)) words.push_back(*word);
  if (words.size() != value.items.size()) return std::nullopt;
  return words;
}

bool Reader::is_map(const Node& value) {
  if (!value.is_map()) expected(value, "keys and values");
  return value.is_map();
}

bool Reader::is_list(const Node& value) {
  if (!value.is_list()) expected(value, "a list");
  return value.is_list();
}

// --- values of a key

const Node* Reader::required(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  if (!value) report(map, "the key " + in_quotes(key) + " is missing", nearest_present(map, key));
  return value;
}

std::string Reader::required_text(const Node& map, std::string_view key) {
  const Node* value = required(map, key);
  return value ? as_text(*value).value_or("") : "";
}

std::string Reader::text(const Node& map, std::string_view key, std::string_view otherwise) {
  const Node* value = map.find(key);
  return value ? as_text(*value).value_or(std::string(otherwise)) : std::string(otherwise);
}

double Reader::required_number(const Node& map, std::string_view key, const Range& range) {
  const Node* value = required(map, key);
  return value ? as_number(*value, range).value_or(0) : 0;
}

double Reader::number(const Node& map, std::string_view key, double otherwise, const Range& range) {
  const Node* value = map.find(key);
  return value ? as_number(*value, range).value_or(otherwise) : otherwise;
}

std::int64_t Reader::required_whole(const Node& map, std::string_view key, const Range& range) {
  const Node* value = required(map, key);
  return value ? as_whole(*value, range).value_or(0) : 0;
}

std::int64_t Reader::whole(const Node& map, std::string_view key, std::int64_t otherwise, const Range& range) {
  const Node* value = map.find(key);
  return value ? as_whole(*value, range).value_or(otherwise) : otherwise;
}

bool Reader::flag(const Node& map, std::string_view key, bool otherwise) {
  const Node* value = map.find(key);
  return value ? as_flag(*value).value_or(otherwise) : otherwise;
}

std::string Reader::one_of(const Node& map, std::string_view key, const std::vector<std::string>& words) {
  const Node* value = map.find(key);
  if (!value) return words.front();
  for (const std::string& word : words)
    if (value->is_scalar() && value->text == word) return word;
  report(*value, "expected " + listed(words) + ", found " + value->found(), did_you_mean(value->text, words));
  return words.front();
}

std::vector<std::string> Reader::words(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value ? as_words(*value).value_or(std::vector<std::string>{}) : std::vector<std::string>{};
}

const std::vector<Node>& Reader::required_list(const Node& map, std::string_view key) {
  const Node* value = required(map, key);
  return value && is_list(*value) ? value->items : kNoEntries;
}

const std::vector<Node>& Reader::list(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value && is_list(*value) ? value->items : kNoEntries;
}

const std::vector<Node>& Reader::required_map(const Node& map, std::string_view key) {
  const Node* value = required(map, key);
  return value && is_map(*value) ? value->items : kNoEntries;
}

const std::vector<Node>& Reader::map(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value && is_map(*value) ? value->items : kNoEntries;
}

void Reader::only_keys(const Node& map, const std::vector<std::string>& known) {
  if (!map.is_map()) return;
  for (const Node& item : map.items) {
    bool found = false;
    for (const std::string& key : known) found = found || key == item.key;
#ifndef SLEUTEL_MUTANT_SILENT
    if (!found) report_key(item, "unknown key", unknown_key_advice(item, known));
#endif
  }
}

}  // namespace sleutel
