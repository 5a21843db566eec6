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
  std::string text = type_text(key.type);
  if (std::isfinite(key.range.min) && std::isfinite(key.range.max))
    text += " between " + number_text(key.range.min) + " and " + number_text(key.range.max);
  if (*key.unit != '\0') text += std::string(" [") + key.unit + "]";
  return text;
}

std::string need_of(const StudyKey& key) {
  return key.need == Need::required ? "required" : std::string("if left out: ") + key.otherwise;
}

std::string words_within(const StudyKey& key) {
  std::vector<std::string> words;
  for (const StudyKey* inner : keys_within(key.path)) words.push_back(last_word(inner->path));
  return listed(words, "and");
}

std::string explained(const StudyKey& key) {
  std::string text = last_word(key.path) + ": " + shape_of(key) + ", " + need_of(key) + "\n";
  text += std::string("  ") + key.help + "\n";
  if (const std::string inner = words_within(key); !inner.empty()) text += "  keys: " + inner + "\n";
  text += "  example: " + last_word(key.path) + ": " + key.example + "\n";
  if (last_word(key.path) != key.path) text += std::string("  full path: ") + key.path + "\n";
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

std::string explain_key(const std::string& key) {
  const auto keys = meant_by(key);
  std::string text;
  for (const StudyKey* one : keys) text += (text.empty() ? "" : "\n") + explained(*one);
  if (!keys.empty()) return text;
  if (std::string of_model = explain_model_key(key); !of_model.empty()) return of_model;
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

std::string study_reference() {
  std::string text = "| key | value | if left out | meaning | example |\n|---|---|---|---|---|\n";
  for (const StudyKey& key : study_keys())
    text += std::string("| `") + key.path + "` | " + shape_of(key) + " | " +
            (key.need == Need::required ? "required" : prose(key.otherwise)) + " | " + prose(key.help) + " | `" +
            key.example + "` |\n";
  return text;
}

}  // namespace sleutel
