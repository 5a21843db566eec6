#include "sim/study/key_table.h"

#include <algorithm>

namespace sleutel {
namespace {

using enum KeyType;
constexpr Need must = Need::required;
constexpr Need may = Need::optional;

/// Largest seed: every whole number up to it is exact in JSON and in every language that reads it.
constexpr double kLargestSeed = 9007199254740991.0;

constexpr const char* kScenario = "scenarios.<scenario>";

const std::vector<StudyKey> kKeys = {
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
    {"scenarios",
     map,
     must,
     "",
     "",
     {},
     "{baseline: {}, ...}",
     "The scenarios by name; the first is the baseline that the others are compared with."},
    {kScenario,
     map,
     must,
     "",
     "",
     {},
     "{}",
     "What differs in this scenario; a baseline without changes is written as {}."},
    {"scenarios.<scenario>.extends",
     name,
     may,
     "no other scenario",
     "",
     {},
     "early-debt-help",
     "The scenario whose programmes and changes hold here too, before the own ones."},
    {"scenarios.<scenario>.effect",
     none_word,
     may,
     "the scenario changes something",
     "",
     {},
     "none",
     "Written as none where a scenario is meant to change no outcome, as a control."},
    {"scenarios.<scenario>.programmes",
     list,
     may,
     "none besides those of the extended scenario",
     "",
     {},
     "[{programme: vroegsignalering, coverage: 0.6}]",
     "The programmes that run in this scenario."},
    {"scenarios.<scenario>.programmes[]",
     map,
     must,
     "",
     "",
     {},
     "{programme: vroegsignalering, coverage: 0.6}",
     "One programme, and how it is used."},
    {"scenarios.<scenario>.programmes[].programme",
     name,
     must,
     "",
     "",
     {},
     "vroegsignalering",
     "The programme: the name of its file in the city's folder programmes/."},
    {"scenarios.<scenario>.programmes[].coverage",
     number,
     must,
     "",
     "share",
     {.min = 0, .max = 1, .meaning = "the share of eligible residents reached"},
     "0.6",
     "The share of the eligible residents that the programme reaches."},
    {"scenarios.<scenario>.programmes[].reach",
     number,
     may,
     "all whom it can reach hear of it in their first month",
     "per month",
     {.max = 1, .above = 0, .meaning = "a chance per month"},
     "0.05",
     "The chance that an eligible resident hears of it in a month."},
    {"scenarios.<scenario>.programmes[].from",
     month,
     may,
     "the study's start",
     "",
     {},
     "2025-01",
     "The first month in which residents can join."},
    {"scenarios.<scenario>.programmes[].until",
     month,
     may,
     "the end of the study",
     "",
     {},
     "2027-01",
     "The first month in which nobody can join any more."},
    {"scenarios.<scenario>.programmes[].places",
     whole,
     may,
     "those in the programme's file, if it has any",
     "",
     {.min = 1, .max = 1e6, .meaning = "how many can take part at once"},
     "200",
     "How many can take part at once, at most; who would join and finds no place waits."},
    {"scenarios.<scenario>.programmes[].waiting",
     choice,
     may,
     "as in the programme's file, else first_come",
     "",
     {},
     "most_in_need",
     "Who of those who wait gets a place that is free.",
     "first_come|most_in_need|random"},
    {"scenarios.<scenario>.programmes[].assume",
     map,
     may,
     "the effects in the programme's file",
     "",
     {},
     "{problem_debt.end: {hazard_ratio: 1.25, low: 0.9, high: 1.7}}",
     "Effects of taking part that are assumed in this scenario and not measured; every result says so."},
    {"scenarios.<scenario>.programmes[].assume.<transition>",
     map,
     must,
     "",
     "",
     {},
     "{hazard_ratio: 1.25, low: 0.9, high: 1.7}",
     "The assumed effect on one transition, named <state>.onset or <state>.end."},
    {"scenarios.<scenario>.programmes[].assume.<transition>.hazard_ratio",
     number,
     must,
     "",
     "hazard ratio",
     {.min = 0.01, .max = 100, .meaning = "the hazard with the programme divided by that without"},
     "1.25",
     "The factor on the hazard of the transition while taking part; 1 is no effect."},
    {"scenarios.<scenario>.programmes[].assume.<transition>.low",
     number,
     must,
     "",
     "hazard ratio",
     {.min = 0.01, .max = 100, .meaning = "a hazard ratio"},
     "0.9",
     "The lower end of the interval of the hazard ratio (95%)."},
    {"scenarios.<scenario>.programmes[].assume.<transition>.high",
     number,
     must,
     "",
     "hazard ratio",
     {.min = 0.01, .max = 100, .meaning = "a hazard ratio"},
     "1.7",
     "The upper end of the interval of the hazard ratio (95%)."},
    {"scenarios.<scenario>.budgets",
     list,
     may,
     "none besides those of the extended scenario",
     "",
     {},
     "[{payer: municipality, year: 2025, euros: 400000}]",
     "Money of payers; of a programme that such a payer pays for, nobody starts who cannot be paid to the end."},
    {"scenarios.<scenario>.budgets[]",
     map,
     must,
     "",
     "",
     {},
     "{payer: municipality, year: 2025, euros: 400000}",
     "Money of one payer for some months."},
    {"scenarios.<scenario>.budgets[].payer",
     choice,
     must,
     "",
     "",
     {},
     "municipality",
     "Whose money it is.",
     "municipality|state|health_insurer|care_office|uwv|school|housing_association|employer|fund|resident"},
    {"scenarios.<scenario>.budgets[].euros",
     number,
     must,
     "",
     "EUR",
     {.max = 1e10, .above = 0, .meaning = "the money"},
     "400000",
     "How much it is, in all its months together."},
    {"scenarios.<scenario>.budgets[].year",
     whole,
     may,
     "the months from and until",
     "",
     {.min = 1900, .max = 2200, .meaning = "a calendar year"},
     "2025",
     "The calendar year that it is for, in place of from and until."},
    {"scenarios.<scenario>.budgets[].from",
     month,
     may,
     "the study's start",
     "",
     {},
     "2024-01",
     "The first month that it is for."},
    {"scenarios.<scenario>.budgets[].until",
     month,
     may,
     "the end of the study",
     "",
     {},
     "2026-01",
     "The first month that it is no longer for."},
    {"scenarios.<scenario>.budgets[].programmes",
     names,
     may,
     "all programmes of the scenario that the payer pays for",
     "",
     {},
     "[vroegsignalering]",
     "The programmes that it can be spent on."},
    {"scenarios.<scenario>.set",
     map,
     may,
     "the model as it is",
     "",
     {},
     "{states.problem_debt.onset.edges.unemployed: 1.5}",
     "Parameters of the model that have another value in this scenario."},
    {"scenarios.<scenario>.set.<parameter>",
     number,
     must,
     "",
     "that of the parameter",
     {},
     "1.5",
     "The value of one parameter, named by its path in the model file."},
};

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

const std::vector<StudyKey>& study_keys() { return kKeys; }

const StudyKey* study_key(std::string_view path) {
  for (const StudyKey& key : kKeys)
    if (key.path == path) return &key;
  return nullptr;
}

std::vector<const StudyKey*> keys_within(std::string_view path) {
  std::vector<const StudyKey*> keys;
  for (const StudyKey& key : kKeys)
    if (is_within(key.path, path) && !is_entry(key.path)) keys.push_back(&key);
  return keys;
}

const StudyKey* entry_within(std::string_view path) {
  for (const StudyKey& key : kKeys)
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
