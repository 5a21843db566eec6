#include "sim/study/explain_model.h"

#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/model_keys.h"

namespace sleutel {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

std::string type_words(std::string_view type) {
  constexpr std::pair<std::string_view, const char*> words[] = {
      {"text", "text"},
      {"number", "a number"},
      {"whole", "a whole number"},
      {"flag", "true or false"},
      {"words", "a word or a list of words"},
      {"ages", "two ages [from, until]"},
      {"numbers", "a list of numbers"},
      {"values", "values by category"},
      {"per", "a unit, or {value: ..., unit: ...}"},
      {"pays", "a payer, or payers with the share of each"},
      {"effect", "transitions with the effect on each, none, or unknown"},
  };
  for (const auto& [name, text] : words)
    if (type == name) return text;
  if (type.front() == '@') return "a map";
  if (type.front() == '{') return "a map of names that you choose";
  if (type.front() == '[') return "a list of maps";
  const auto choices = split(std::string(type), '|');
  return choices.size() == 1 ? "the word " + choices.front() : "one of " + listed(choices);
}

std::string range_words(const Range& range) {
  if (std::isfinite(range.min) && std::isfinite(range.max))
    return " between " + number_text(range.min) + " and " + number_text(range.max);
  std::string text;
  if (std::isfinite(range.above)) text += " above " + number_text(range.above);
  if (std::isfinite(range.max)) text += (text.empty() ? "" : ",") + (" at most " + number_text(range.max));
  return text;
}

/// What may stand within a map, a map of chosen names, or a list; empty if the key holds none.
std::vector<std::string> inner_words(std::string_view type) {
  const std::size_t first = type.find('@');
  if (first == std::string_view::npos) return {};
  std::vector<std::string> words;
  for (std::string kind : split(std::string(type.substr(first)), ',')) {
    kind = kind.substr(1, kind.find_first_of("}]") - 1);
    for (const ModelKey& key : model_keys()) {
      std::string word(key.key);
      const bool known = std::find(words.begin(), words.end(), word) != words.end();
      if (key.object == kind && word != "*" && !known) words.push_back(std::move(word));
    }
  }
  return words;
}

bool is_same(const ModelKey& one, const ModelKey& other) {
  return one.type == other.type && one.help == other.help && one.presence == other.presence;
}

/// The kinds of map in which this very key stands.
std::string places_of(const std::vector<const ModelKey*>& keys, const ModelKey& like) {
  std::vector<std::string> places;
  for (const ModelKey* key : keys)
    if (is_same(*key, like)) places.emplace_back(key->object);
  return listed(places, "and");
}

KeyMeaning meaning_of(const ModelKey& key, const std::string& places) {
  const char* const need = key.presence == Presence::required ? "required" : "may be left out";
  return {std::string(key.key),
          "model or programme",
          type_words(key.type) + range_words(key.range),
          need,
          std::string(key.help),
          inner_words(key.type),
          "",
          "",
          places};
}

}  // namespace

std::vector<KeyMeaning> model_key_meanings(const std::string& word) {
  std::vector<const ModelKey*> meant;
  for (const ModelKey& key : model_keys())
    if (key.key != "*" && (word == key.key || word == std::string(key.object) + "." + std::string(key.key)))
      meant.push_back(&key);
  std::vector<KeyMeaning> meanings;
  for (std::size_t i = 0; i < meant.size(); ++i) {
    const auto so_far = meant.begin() + static_cast<std::ptrdiff_t>(i);
    const bool told = std::any_of(meant.begin(), so_far, [&](const ModelKey* key) { return is_same(*key, *meant[i]); });
    if (!told) meanings.push_back(meaning_of(*meant[i], places_of(meant, *meant[i])));
  }
  return meanings;
}

std::vector<std::string> model_key_names() {
  std::vector<std::string> names;
  for (const ModelKey& key : model_keys())
    if (key.key != "*" && std::find(names.begin(), names.end(), key.key) == names.end()) names.emplace_back(key.key);
  return names;
}

}  // namespace sleutel
