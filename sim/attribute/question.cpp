#include "sim/attribute/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr const char* kGap = "_gap";

bool is_stressor(const State& state) {
  return state.kind == StateKind::stressor && !state.is_event && !state.is_rest && !state.is_history;
}

std::string kind_words(const State& state) {
  if (state.is_event) return "it is an event";
  if (state.is_rest) return "it holds when nothing else of its group does";
  constexpr const char* kinds[] = {"a stressor", "a condition", "a behaviour", "a situation",
                                   "a mood",     "a history",   "an event"};
  return fmt::format("it is {}", kinds[static_cast<std::size_t>(state.kind)]);
}

std::vector<std::string> stressor_names(const Model& model) {
  std::vector<std::string> names;
  for (const State& state : model.states)
    if (is_stressor(state)) names.push_back(state.name);
  return names;
}

Problem unknown(const std::string& where, const std::string& what, const std::string& word,
                const std::vector<std::string>& known) {
  const std::string near = did_you_mean(word, known);
  return {"",
          0,
          0,
          where,
          fmt::format("{} {}", what, in_quotes(word)),
          near.empty() ? "it is one of " + listed(known) : near};
}

/// Domains in the words of a picture.
std::string dutch_domain(const std::string& domain) {
  static const std::map<std::string, std::string> words = {{"family", "gezin en relaties"},
                                                           {"money", "geld"},
                                                           {"work", "werk"},
                                                           {"housing", "wonen"},
                                                           {"school", "school"},
                                                           {"social", "contacten"},
                                                           {"care", "mantelzorg"},
                                                           {"behaviour", "gedrag"},
                                                           {"health", "gezondheid"},
                                                           {"place", "buurt"}};
  const auto found = words.find(domain);
  return found == words.end() ? domain : found->second;
}

std::vector<AskedOutcome> known_outcomes(const Model& model) {
  std::vector<AskedOutcome> all;
  for (std::size_t i = 0; i < model.outcomes.size(); ++i) {
    const Outcome& outcome = model.outcomes[i];
    all.push_back({outcome.id, outcome.label_en, outcome.label_nl, static_cast<int>(i), false});
    if (outcome.also_gap)
      all.push_back({outcome.id + kGap, "income gap in " + outcome.label_en, "inkomensverschil in " + outcome.label_nl,
                     static_cast<int>(i), true});
  }
  return all;
}

}  // namespace

std::vector<Player> domain_players(const Model& model) {
  std::vector<Player> players;
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const State& state = model.states[i];
    if (!is_stressor(state)) continue;
    auto found =
        std::find_if(players.begin(), players.end(), [&](const Player& one) { return one.name == state.domain; });
    if (found == players.end())
      found = players.insert(players.end(), {state.domain, state.domain, dutch_domain(state.domain), {}});
    found->states.set(static_cast<int>(i));
  }
  return players;
}

std::vector<Player> named_players(const Model& model, const std::vector<std::string>& names,
                                  std::vector<Problem>& problems) {
  std::vector<Player> players;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    const int at = model.state(name);
    if (at < 0) {
      problems.push_back(unknown("--of", "unknown stressor", name, stressor_names(model)));
      continue;
    }
    const State& state = model.states[static_cast<std::size_t>(at)];
    if (!is_stressor(state)) {
      problems.push_back({"", 0, 0, "--of", in_quotes(name) + " is no stressor: " + kind_words(state),
                          "stressors are " + listed(stressor_names(model), "and")});
    } else if (!seen.insert(name).second) {
      problems.push_back({"", 0, 0, "--of", in_quotes(name) + " is named twice", "name it once"});
    } else {
      players.push_back({name, state.label_en, state.label_nl, {}});
      players.back().states.set(at);
    }
  }
  if (names.size() > kMostPlayers)
    problems.push_back({"", 0, 0, "--of", fmt::format("{} stressors (at most {})", names.size(), kMostPlayers),
                        "name fewer, or take --domains"});
  return players;
}

std::vector<AskedOutcome> asked_outcomes(const Model& model, const std::vector<std::string>& ids,
                                         std::vector<Problem>& problems) {
  const auto known = known_outcomes(model);
  std::vector<std::string> names;
  for (const AskedOutcome& one : known) names.push_back(one.id);
  std::vector<AskedOutcome> asked;
  std::set<std::string> seen;
  for (const std::string& id : ids) {
    const auto found = std::find(names.begin(), names.end(), id);
    if (found == names.end()) {
      problems.push_back(unknown("--outcome", "unknown outcome", id, names));
    } else if (!seen.insert(id).second) {
      problems.push_back({"", 0, 0, "--outcome", in_quotes(id) + " is named twice", "name it once"});
    } else {
      asked.push_back(known[static_cast<std::size_t>(found - names.begin())]);
    }
  }
  return asked;
}

}  // namespace sleutel
