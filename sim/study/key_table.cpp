#include "sim/study/key_table.h"

#include <algorithm>

#include "sim/study/key_table_parts.h"

namespace sleutel {
namespace {

using enum KeyType;
using key_words::may;
using key_words::must;

/// Largest seed: every whole number up to it is exact in JSON and in every language that reads it.
constexpr double kLargestSeed = 9007199254740991.0;

const std::vector<StudyKey> kOfStudies = {
    {"study",
     name,
     must,
     "",
     "",
     {},
     "first-look",
     "The name of the study; results are written to results/<study>.h5."},
    {"question",
     text,
     must,
     "",
     "",
     {},
     "Does reaching households in debt early improve health, and for whom?",
     "What the study asks, in one plain sentence; it stands above every result."},
    {"city",
     name,
     may,
     "leiden",
     "",
     {},
     "leiden",
     "The city: the name of a folder in scenarios/ that holds a city.yaml."},
    {"model",
     file_name,
     may,
     "model.yaml",
     "",
     {},
     "model.yaml",
     "The model file: a file in the city's folder, or a path beside the study file."},
    {"start",
     month,
     may,
     "2024-01",
     "",
     {},
     "2024-01",
     "The first month that is simulated: that of the city's figures."},
    {"years", whole, must, "", "years", {.min = 1, .max = 100}, "10", "How many years are simulated from the start."},
    {"replicates",
     whole,
     must,
     "",
     "",
     {.min = 1, .max = 10000, .meaning = "the number of random futures of each scenario"},
     "10",
     "How many random futures each scenario is run for; replicates of the same number are paired between scenarios."},
    {"seed",
     whole,
     may,
     "1",
     "",
     {.min = 0, .max = kLargestSeed},
     "20241",
     "The number all random draws of the study are named by; the same seed gives the same results, bit for bit."},
    {"city_seed",
     whole,
     may,
     "1",
     "",
     {.min = 0, .max = kLargestSeed},
     "1",
     "The number the draws that make the synthetic residents are named by; all runs share the same residents."},
    {"residents",
     whole,
     may,
     "all residents",
     "residents",
     {.min = 10, .max = 20e6, .meaning = "about so many residents, by whole households"},
     "2000",
     "A sample of about so many residents, by whole households, for tests and lessons."},
    {"switches",
     map,
     may,
     "all on",
     "",
     {},
     "{ties: false}",
     "Ways in which residents act on each other, to be switched off one by one."},
    {"switches.ties", flag, may, "true", "", {}, "false", "Whether the states of friends and kin act on a resident."},
    {"switches.surroundings",
     flag,
     may,
     "true",
     "",
     {},
     "false",
     "Whether the shares of states in the buurt act on a resident."},
    {"switches.partners", flag, may, "true", "", {}, "false", "Whether the states of the partner act on a resident."},
    {"switches.parents",
     flag,
     may,
     "true",
     "",
     {},
     "false",
     "Whether the states of the parents act on a child who lives with them."},
    {"switches.competition",
     flag,
     may,
     "true",
     "",
     {},
     "false",
     "Whether residents find partners and homes in the city and compete for them; without it nobody partners or moves "
     "there."},
    {"switches.life_events",
     flag,
     may,
     "true",
     "",
     {},
     "false",
     "Whether there are births, moves and other life events; without them states begin and end and people die."},
    {"switches.arrivals", flag, may, "true", "", {}, "false", "Whether people move into the city."},
};

const std::vector<StudyKey>& all_keys() {
  static const std::vector<StudyKey> all = [] {
    std::vector<StudyKey> joined = kOfStudies;
    joined.insert(joined.end(), scenario_keys().begin(), scenario_keys().end());
    return joined;
  }();
  return all;
}

/// Whether `path` is `outer` and one step more.
bool is_within(std::string_view path, std::string_view outer) {
  if (path.substr(0, outer.size()) != outer || path.size() == outer.size()) return false;
  std::string_view step = path.substr(outer.size());
  if (step == "[]") return true;
  if (!outer.empty()) {
    if (step[0] != '.') return false;
    step.remove_prefix(1);
  }
  return step.find_first_of(".[") == std::string_view::npos;
}

bool is_entry(std::string_view path) { return !path.empty() && (path.back() == '>' || path.back() == ']'); }

}  // namespace

const std::vector<StudyKey>& study_keys() { return all_keys(); }

const StudyKey* study_key(std::string_view path) {
  for (const StudyKey& key : all_keys())
    if (key.path == path) return &key;
  return nullptr;
}

std::vector<const StudyKey*> keys_within(std::string_view path) {
  std::vector<const StudyKey*> keys;
  for (const StudyKey& key : all_keys())
    if (is_within(key.path, path) && !is_entry(key.path)) keys.push_back(&key);
  return keys;
}

const StudyKey* entry_within(std::string_view path) {
  for (const StudyKey& key : all_keys())
    if (is_within(key.path, path) && is_entry(key.path)) return &key;
  return nullptr;
}

std::vector<std::string> words_of(const StudyKey& key) {
  std::vector<std::string> words;
  std::string_view left = key.words;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find('|'), left.size());
    words.emplace_back(left.substr(0, end));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return words;
}

std::string last_word(std::string_view path) { return std::string(path.substr(path.rfind('.') + 1)); }

std::string type_text(KeyType type) {
  switch (type) {
    case text:
      return "a text";
    case name:
      return "a name";
    case file_name:
      return "a file name";
    case whole:
      return "a whole number";
    case number:
      return "a number";
    case flag:
      return "true or false";
    case month:
      return "a month such as 2024-01";
    case none_word:
      return "the word none";
    case choice:
      return "one of some words";
    case names:
      return "a list of names";
    case list:
      return "a list";
    case map:
      break;
  }
  return "keys and values";
}

bool is_name(std::string_view word) {
  const auto fits = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
  };
  return !word.empty() && word.size() <= 60 && word[0] >= 'a' && word[0] <= 'z' &&
         std::all_of(word.begin(), word.end(), fits);
}

}  // namespace sleutel
