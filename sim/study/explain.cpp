#include "sim/study/explain.h"

#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/study/explain_model.h"
#include "sim/study/key_table.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

/// Whether a path fits a path of the table: <...> stands for any words (<scenario> for one), [] for the number of an
/// entry.
bool fits(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return path.empty();
  if (pattern[0] == '<') {
    const std::string_view rest = pattern.substr(pattern.find('>') + 1);
    const bool one_word = pattern.starts_with("<scenario>");
    const std::size_t longest = one_word ? std::min(path.find('.'), path.size()) : path.size();
    for (std::size_t taken = 1; taken <= longest; ++taken)
      if (fits(rest, path.substr(taken))) return true;
    return false;
  }
  if (pattern.substr(0, 2) == "[]" && !path.empty() && path[0] == '[') {
    const std::size_t close = path.find(']');
    return close != std::string_view::npos && fits(pattern.substr(2), path.substr(close + 1));
  }
  return !path.empty() && pattern[0] == path[0] && fits(pattern.substr(1), path.substr(1));
}

/// The path without what an author chooses: scenarios.programmes.coverage.
std::string plain(std::string_view path) {
  std::string text;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path.substr(at, 2) == ".<") {
      at = path.find('>', at);
    } else if (path[at] != '[' && path[at] != ']') {
      text += path[at];
    }
  }
  return text;
}

/// The keys meant: those of that name or plain path, else the most detailed one whose path fits.
std::vector<const StudyKey*> meant_by(const std::string& word) {
  std::vector<const StudyKey*> named;
  const StudyKey* fitting = nullptr;
  for (const StudyKey& key : study_keys()) {
    if (word == key.path) return {&key};
    if (last_word(key.path) == word || (last_word(key.path)[0] != '<' && plain(key.path) == word))
      named.push_back(&key);
    const bool longer = !fitting || std::string_view(key.path).size() > std::string_view(fitting->path).size();
    if (longer && fits(key.path, word)) fitting = &key;
  }
  if (named.empty() && fitting) named.push_back(fitting);
  return named;
}

/// "a number between 0 and 1 [share]".
std::string shape_of(const StudyKey& key) {
  std::string text = key.type == KeyType::choice ? "one of " + listed(words_of(key)) : type_text(key.type);
  if (std::isfinite(key.range.min) && std::isfinite(key.range.max))
    text += " between " + number_text(key.range.min) + " and " + number_text(key.range.max);
  if (*key.unit != '\0') text += std::string(" [") + key.unit + "]";
  return text;
}

std::string need_of(const StudyKey& key) {
  return key.need == Need::required ? "required" : std::string("if left out: ") + key.otherwise;
}

KeyMeaning meaning_of(const StudyKey& key) {
  KeyMeaning meaning{
      last_word(key.path), "study", shape_of(key), need_of(key), key.help, {}, key.example, key.path, ""};
  for (const StudyKey* inner : keys_within(key.path)) meaning.keys.push_back(last_word(inner->path));
  return meaning;
}

std::string in_words(const KeyMeaning& meaning) {
  std::string text = meaning.key + ": " + meaning.value + ", " + meaning.need + "\n  " + meaning.help + "\n";
  if (!meaning.keys.empty()) text += "  keys: " + listed(meaning.keys, "and") + "\n";
  if (!meaning.example.empty()) text += "  example: " + meaning.key + ": " + meaning.example + "\n";
  if (!meaning.path.empty() && meaning.path != meaning.key) text += "  full path: " + meaning.path + "\n";
  if (!meaning.places.empty()) text += "  of a " + meaning.file + " file, in: " + meaning.places + "\n";
  return text;
}

/// Words in a cell of a Markdown table; what stands between backticks needs no escaping (no key has a |).
std::string prose(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    if (letter == '|' || letter == '<') escaped += '\\';
    escaped += letter;
  }
  return escaped;
}

}  // namespace

std::vector<KeyMeaning> meanings_of(const std::string& key) {
  std::vector<KeyMeaning> meanings;
  for (const StudyKey* one : meant_by(key)) meanings.push_back(meaning_of(*one));
  if (meanings.empty()) meanings = model_key_meanings(key);
  if (!meanings.empty()) return meanings;
  std::vector<std::string> words = model_key_names();
  for (const StudyKey& one : study_keys()) words.push_back(last_word(one.path));
  const std::string nearest = did_you_mean(last_word(key), words);
  throw InputError(
      {{"", 0, 0, "", "no study, model or programme file has a key " + in_quotes(key),
        nearest.empty() ? "docs/scenario-format.md lists all keys of a study, docs/model-format.md those of "
                          "models and programmes; try coverage, uptake or states"
                        : nearest}},
      ExitCode::usage);
}

std::string explain_key(const std::string& key) {
  std::string text;
  for (const KeyMeaning& one : meanings_of(key)) text += (text.empty() ? "" : "\n") + in_words(one);
  return text;
}

std::string study_reference() {
  std::string text = "| key | value | if left out | meaning | example |\n|---|---|---|---|---|\n";
  for (const StudyKey& key : study_keys())
    text += std::string("| `") + key.path + "` | " + shape_of(key) + " | " +
            (key.need == Need::required ? "required" : prose(key.otherwise)) + " | " + prose(key.help) + " | `" +
            key.example + "` |\n";
  return text;
}

}  // namespace sleutel
