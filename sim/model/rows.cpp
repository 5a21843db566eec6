#include "sim/model/rows.h"

#include <algorithm>

#include "sim/base/text.h"

namespace sleutel {
namespace {

/// Order of derived bits: pairs come after what they are made of.
bool comes_before(const Derived& one, const Derived& other) {
  const auto key = [](const Derived& derived) {
    return std::tuple(derived.kind == DerivedKind::pair, derived.kind, derived.which, std::string_view(derived.name));
  };
  return key(one) < key(other);
}

}  // namespace

std::vector<std::string> parts_of(const std::string& word) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= word.size();) {
    const std::size_t end = std::min(word.find('+', start), word.size());
    parts.emplace_back(trimmed(std::string_view(word).substr(start, end - start)));
    start = end + 1;
  }
  return parts;
}

std::string pair_name(const std::string& word) {
  std::vector<std::string> parts = parts_of(word);
  std::sort(parts.begin(), parts.end());
  std::string name;
  for (const std::string& part : parts) name += (name.empty() ? "" : " + ") + part;
  return name;
}

void PredictorRows::ask_trait(const std::string& name) {
  Derived derived;
  derived.name = name;
  derived.which = trait_of(name);
  single_.emplace(name, derived);
}

void PredictorRows::ask_declared(Reading& reading, const source::Derived& declared) {
  Derived derived;
  derived.name = declared.name.text;
  derived.kind = declared.kind;
  derived.mask = names_.mask_of(reading, declared.of);
  derived.count = declared.count;
  derived.from_month = declared.from_month;
  derived.until_month = declared.until_month;
  if (declared.kind == DerivedKind::duration && declared.of.size() == 1) {
    derived.which = std::max(0, names_.bit_of(reading, declared.of.front()));
  }
  if (declared.kind == DerivedKind::both_have && level_ != Level::couple) {
    reading.add(declared.name.place,
                in_quotes(derived.name) + " asks both partners, but is used for " +
                    (level_ == Level::resident ? "residents" : "households"),
                "use it in transitions of level couple");
  }
  single_.emplace(derived.name, derived);
}

void PredictorRows::ask_pair(Reading& reading, const source::Word& word) {
  Pair pair;
  std::set<int> groups;
  std::set<std::string> seen;
  for (const std::string& part : parts_of(word.text)) {
    if (!seen.insert(part).second) reading.add(word.place, in_quotes(part) + " stands twice in the pair");
    if (names_.predictors.count(part) > 0) {
      reading.add(word.place, "a pair cannot have the quantised predictor " + in_quotes(part),
                  "declare a derived predictor, or pair two states");
      return;
    }
    const bool is_state = names_.state_of.count(part) > 0;
    ask(reading, {part, word.place});
    if (!is_state) {
      if (single_.count(part) == 0) return;  // unknown, reported
      pair.derived.push_back(part);
      continue;
    }
    const int state = names_.bit_of(reading, {part, word.place});
    if (state < 0) return;
    pair.mask.set(state);
    const int group = names_.states[static_cast<std::size_t>(state)].group;
    if (group >= 0 && !groups.insert(group).second) {
      reading.add(word.place, in_quotes(word.text) + " can never be: two members of one group exclude each other");
    }
  }
  pairs_.emplace(pair_name(word.text), pair);
}

void PredictorRows::ask(Reading& reading, const source::Word& word) {
  const std::string& name = word.text;
  if (parts_of(name).size() > 1) return ask_pair(reading, word);
  if (names_.state_of.count(name) > 0) {
    names_.bit_of(reading, word);
    return;
  }
  if (trait_of(name) >= 0) return ask_trait(name);
  const auto declared = names_.derived.find(name);
  if (declared != names_.derived.end()) {
    if (single_.count(name) == 0) ask_declared(reading, declared->second);
    return;
  }
  if (names_.predictors.count(name) > 0) {
    levels_.insert(name);
    return;
  }
  reading.add(word.place, "unknown predictor " + in_quotes(name), did_you_mean(name, names_.predictor_names()));
}

std::string PredictorRows::ask_any(Reading& reading, const std::vector<source::Word>& states) {
  if (states.size() == 1) {
    ask(reading, states.front());
    return states.front().text;
  }
  Derived derived;
  derived.kind = DerivedKind::at_least;
  derived.count = 1;
  std::set<std::string> sorted;
  for (const source::Word& word : states) {
    if (trait_of(word.text) >= 0) {
      reading.add(word.place, "any: takes several states, or one trait",
                  "a list with a trait among others cannot be asked");
      return "";
    }
    sorted.insert(word.text);
  }
  derived.mask = names_.mask_of(reading, states);
  for (const std::string& name : sorted) derived.name += (derived.name.empty() ? "any of " : ", ") + name;
  single_.emplace(derived.name, derived);
  return derived.name;
}

void PredictorRows::settle(Reading& reading, Matrix& matrix) {
  for (const auto& [name, derived] : single_) matrix.derived.push_back(derived);
  std::sort(matrix.derived.begin(), matrix.derived.end(), comes_before);
  for (std::size_t bit = 0; bit < matrix.derived.size(); ++bit)
    bit_of_[matrix.derived[bit].name] = static_cast<int>(bit);
  for (const auto& [name, pair] : pairs_) {
    Derived derived;
    derived.name = name;
    derived.kind = DerivedKind::pair;
    derived.mask = pair.mask;
    for (const std::string& part : pair.derived) derived.derived_mask |= std::uint64_t{1} << (bit_of_[part] & 63);
    bit_of_[name] = static_cast<int>(matrix.derived.size());
    matrix.derived.push_back(derived);
  }
  matrix.rows = matrix.level_row_first;
  for (const std::string& name : levels_) {
    const source::Predictor& written = names_.predictors.at(name);
    LevelPredictor level = written.level;
    level.mask = names_.mask_of(reading, written.states);
    level_of_[name] = static_cast<int>(matrix.level_predictors.size());
    matrix.level_predictors.push_back(level);
    matrix.level_first_row.push_back(matrix.rows);
    matrix.rows += level.levels;
  }
  const char* const unit = level_ == Level::resident    ? "residents"
                           : level_ == Level::household ? "households"
                                                        : "couples";
  if (matrix.derived.size() > kMaxDerived) {
    reading.add(source::Place{}, std::string("the transitions of ") + unit + " use " +
                                     std::to_string(matrix.derived.size()) +
                                     " derived predictors, traits and pairs (at most 64)");
    matrix.derived.resize(kMaxDerived);
  }
  if (matrix.level_predictors.size() > kMaxLevelPredictors) {
    reading.add(source::Place{}, std::string("the transitions of ") + unit + " use " +
                                     std::to_string(matrix.level_predictors.size()) +
                                     " quantised predictors (at most 12)");
  }
}

Predictor PredictorRows::find(const std::string& word) const {
  const auto state = names_.state_of.find(word);
  if (state != names_.state_of.end()) return {Predictor::Kind::state, state->second};
  const auto bit = bit_of_.find(parts_of(word).size() > 1 ? pair_name(word) : word);
  if (bit != bit_of_.end()) return {Predictor::Kind::derived, bit->second};
  const auto level = level_of_.find(word);
  if (level != level_of_.end()) return {Predictor::Kind::level, level->second};
  return {};
}

}  // namespace sleutel
