#include "sim/trace/sequence.h"

#include <algorithm>
#include <string_view>

#include "sim/base/text.h"
#include "sim/trace/watch.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

constexpr const char* kThen = " then ";

std::vector<std::string> parts_of(std::string words) {
  words = lower_case(words);
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at = words.find(kThen); at != std::string::npos; at = words.find(kThen, from)) {
    parts.emplace_back(trimmed(words.substr(from, at - from)));
    from = at + std::string_view(kThen).size();
  }
  parts.emplace_back(trimmed(words.substr(from)));
  return parts;
}

/// Whole words within a text; code names have lines between theirs.
bool has_words(std::string text, const std::string& words) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return (" " + text + " ").find(" " + words + " ") != std::string::npos;
}

bool can_begin(const State& state) { return !state.is_rest; }

std::vector<int> states_of(const Model& model, const std::string& word) {
  std::vector<int> exact, part;
  for (int i = 0; i < static_cast<int>(model.states.size()); ++i) {
    const State& state = model.states[static_cast<std::size_t>(i)];
    if (!can_begin(state)) continue;
    const std::string label = lower_case(state.label_en);
    if (state.name == word || label == word) exact.push_back(i);
    if (has_words(state.name, word) || has_words(label, word)) part.push_back(i);
  }
  return exact.empty() ? part : exact;
}

/// What a word that is misspelt may be meant for: names, labels, and words of them.
std::vector<std::string> all_words(const Model& model) {
  std::vector<std::string> words;
  for (const State& state : model.states) {
    if (!can_begin(state)) continue;
    words.push_back(state.name);
    std::string rest = lower_case(state.label_en) + " ";
    words.push_back(lower_case(state.label_en));
    for (std::size_t at = rest.find(' '); at != std::string::npos; at = rest.find(' ')) {
      if (at > 3) words.push_back(rest.substr(0, at));
      rest = rest.substr(at + 1);
    }
  }
  return words;
}

Problem problem_with(const Model& model, const std::string& word, const std::vector<int>& found) {
  if (word.empty())
    return {"", 0, 0, "--find", "a state is missing", "for example --find \"separation then debt then depression\""};
  if (found.empty()) {
    const std::string near = did_you_mean(word, all_words(model));
    return {"",
            0,
            0,
            "--find",
            "unknown state " + in_quotes(word),
            near.empty() ? "`sleutel list states` and `sleutel list events` show them" : near};
  }
  std::vector<std::string> names;
  for (const int state : found) names.push_back(model.states[static_cast<std::size_t>(state)].name);
  return {"", 0, 0, "--find", in_quotes(word) + " may be more than one state", "it is one of " + listed(names)};
}

/// How far the lives have come, while a run is lived.
class Search {
 public:
  Search(const StudyPlan& plan, const std::vector<int>& sequence) : sequence_(sequence) {
    for (const std::uint64_t id : plan.start->residents.id) last_ = std::max(last_, id);
    lives_.resize(last_ + 1);
  }

  void begun(std::uint64_t id, int state, int month) {
    if (id > last_) return;
    std::vector<int>& months = lives_[id];
    if (months.size() == sequence_.size() || sequence_[months.size()] != state) return;
    if (months.empty() || months.back() < month) months.push_back(month);
  }

  void states_begun(std::uint64_t id, const StateMask& before, const StateMask& now, int month) {
    if (before == now || id > last_ || lives_[id].size() == sequence_.size()) return;
    const int state = sequence_[lives_[id].size()];
    if (now.test(state) && !before.test(state)) begun(id, state, month);
  }

  std::vector<FoundLife> found() const {
    std::vector<FoundLife> all;
    for (std::uint64_t id = 0; id <= last_; ++id)
      if (lives_[id].size() == sequence_.size()) all.push_back({id, lives_[id]});
    return all;
  }

 private:
  std::vector<int> sequence_;
  std::uint64_t last_ = 0;
  std::vector<std::vector<int>> lives_;  ///< [id] months of the steps so far
};

}  // namespace

std::vector<int> read_sequence(const Model& model, const std::string& words) {
  std::vector<int> sequence;
  std::vector<Problem> problems;
  for (const std::string& word : parts_of(words)) {
    const std::vector<int> found = word.empty() ? std::vector<int>() : states_of(model, word);
    if (found.size() == 1) {
      sequence.push_back(found.front());
    } else {
      problems.push_back(problem_with(model, word, found));
    }
  }
  if (!problems.empty()) throw InputError(problems, ExitCode::usage);
  return sequence;
}

std::vector<FoundLife> find_lives(const StudyPlan& plan, int scenario, int replicate, const std::vector<int>& sequence,
                                  const RunOptions& options) {
  const Arm arm(plan, scenario, chosen_isa(options.isa));
  const Threads threads(allowed_threads(options.threads));
  Run run(Blocks(options.rows_per_block, &threads));
  Search search(plan, sequence);
  std::vector<Event> happened;
  run.history = &happened;
  Column<StateMask> states;
  const auto before = [&](const Run& now) {
    happened.clear();
    states = now.city.residents.states;
  };
  const auto after = [&](const Run& now) {
    const Residents& residents = now.city.residents;
    for (Row row = 0; row < states.size(); ++row)
      search.states_begun(residents.id[row], states[row], residents.states[row], now.month);
    for (const Event& event : happened)
      if (arm.model.states[static_cast<std::size_t>(event.state)].is_event)
        search.begun(event.resident, event.state, event.month);
  };
  live_watched(run, arm, replicate, before, after);
  return search.found();
}

}  // namespace sleutel
