#include "sim/study/key_table_check.h"

#include <algorithm>

#include "sim/base/text.h"
#include "sim/input/advice.h"
#include "sim/input/reader.h"
#include "sim/study/key_table.h"

namespace sleutel {
namespace {

constexpr const char* kNameRule = "a name has small letters, digits and hyphens, and begins with a letter";

/// The word as a name, or empty if nothing is left of it.
std::string nearest_name(std::string_view word) {
  std::string name;
  for (const char letter : lower_case(word)) {
    const bool fits = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9' && !name.empty());
    if (fits)
      name += letter;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return is_name(name) ? name : "";
}

std::string wrong_name(std::string_view word) { return found_text(word) + " (" + kNameRule + ")"; }

std::string write_name(std::string_view word) {
  const std::string name = nearest_name(word);
  return name.empty() ? "" : "write " + name;
}

class KeyCheck {
 public:
  explicit KeyCheck(std::vector<Problem>& problems) : reader_(problems) {}

  /// The keys of a map against those of the table within `path`.
  void check_within(const Node& map, std::string_view path) {
    std::vector<std::string> known;
    for (const StudyKey* key : keys_within(path)) known.emplace_back(last_word(key->path));
    const StudyKey* chosen = entry_within(path);
    if (!chosen) reader_.only_keys(map, known);
    for (const StudyKey* key : keys_within(path)) {
      const Node* value = map.find(last_word(key->path));
      if (value)
        check(*value, *key);
      else if (key->need == Need::required && !misspelt(map, *key, known))
        reader_.report(map, "the key " + in_quotes(last_word(key->path)) + " is missing",
                       "for example " + last_word(key->path) + ": " + key->example);
    }
    if (!chosen) return;
    for (const Node& item : map.items) check_chosen(item, *chosen);
  }

 private:
  /// Whether an unknown key of the map is told to be this one.
  static bool misspelt(const Node& map, const StudyKey& key, const std::vector<std::string>& known) {
    const std::string name = last_word(key.path);
    return std::any_of(map.items.begin(), map.items.end(), [&](const Node& item) {
      const bool unknown = std::find(known.begin(), known.end(), item.key) == known.end();
      return unknown && (closest(item.key, known) == name || item.key.substr(0, name.size()) == name);
    });
  }

  /// A value whose key the author chose.
  void check_chosen(const Node& value, const StudyKey& key) {
    const std::string path = key.path;
    if (path == "scenarios.<scenario>") return check_scenario(value, key);
    check(value, key);
  }

  void check_scenario(const Node& value, const StudyKey& key) {
    if (!is_name(value.key)) reader_.report_key(value, wrong_name(value.key), write_name(value.key));
    if (value.is_null()) return;  // read_study has words for it
    if (reader_.is_map(value)) check_within(value, key.path);
  }

  void check(const Node& value, const StudyKey& key) {
    switch (key.type) {
      case KeyType::text:
        reader_.as_text(value);
        return;
      case KeyType::name:
      case KeyType::file_name:
      case KeyType::none_word:
        return check_word(value, key.type);
      case KeyType::whole:
        reader_.as_whole(value, key.range);
        return;
      case KeyType::number:
        reader_.as_number(value, key.range);
        return;
      case KeyType::flag:
        reader_.as_flag(value);
        return;
      case KeyType::month:
        reader_.as_month(value);
        return;
      case KeyType::choice:
        return check_choice(value, key);
      case KeyType::names:
        return check_names(value);
      case KeyType::list:
        return check_list(value, key);
      case KeyType::map:
        return check_map(value, key);
    }
  }

  void check_word(const Node& value, KeyType type) {
    if (type == KeyType::none_word) {
      if (!value.is_scalar() || value.text != "none")
        reader_.report(value, "expected the word none, found " + value.found(), "write none, or remove the line");
      return;
    }
    const auto word = reader_.as_text(value);
    if (!word) return;
    if (type == KeyType::name && !is_name(*word)) reader_.report(value, wrong_name(*word), write_name(*word));
    const bool yaml = word->size() > 5 && word->substr(word->size() - 5) == ".yaml";
    if (type == KeyType::file_name && !yaml)
      reader_.report(value, found_text(*word) + " (the name of a model file ends in .yaml)");
  }

  void check_choice(const Node& value, const StudyKey& key) {
    const std::vector<std::string> words = words_of(key);
    if (value.is_scalar() && std::find(words.begin(), words.end(), value.text) != words.end()) return;
    const std::string nearest = value.is_scalar() ? did_you_mean(value.text, words) : "";
    reader_.report(value, "expected one of " + listed(words) + ", found " + value.found(), nearest);
  }

  void check_names(const Node& value) {
    if (!reader_.is_list(value)) return;
    if (value.items.empty()) return report_empty(value);
    for (const Node& item : value.items) {
      const auto word = reader_.as_text(item);
      if (word && !is_name(*word)) reader_.report(item, wrong_name(*word), write_name(*word));
    }
  }

  void check_list(const Node& value, const StudyKey& key) {
    if (!reader_.is_list(value)) return;
    if (value.items.empty()) return report_empty(value);
    const StudyKey* entry = entry_within(key.path);
    for (const Node& item : value.items) {
      if (!item.is_map())
        reader_.report(item, "expected keys and values, found " + item.found(),
                       std::string("for example ") + entry->example);
      else
        check_within(item, entry->path);
    }
  }

  void check_map(const Node& value, const StudyKey& key) {
    if (!reader_.is_map(value)) return;
    if (!value.items.empty()) return check_within(value, key.path);
    if (std::string_view(key.path) == "scenarios")
      reader_.report(value, "{} is empty: a study needs at least its baseline", "write `baseline: {}` below it");
    else
      report_empty(value);
  }

  void report_empty(const Node& value) {
    reader_.report(value, "empty, so it would have no effect", "fill it, or remove it");
  }

  Reader reader_;
};

}  // namespace

void check_keys(const Node& root, std::vector<Problem>& problems) {
  KeyCheck check(problems);
  if (Reader(problems).is_map(root)) check.check_within(root, "");
}

}  // namespace sleutel
