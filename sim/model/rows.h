#pragma once
/// \file
/// The predictor rows of one level's matrix: which words its edges use, and which row each becomes.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/model/names.h"

namespace sleutel {

/// A predictor word, resolved.
struct Predictor {
  enum class Kind { none, state, derived, level };
  Kind kind = Kind::none;
  int which = -1;  ///< state, derived bit, or index of the level predictor
};

/// Collects the words first (ask), then gives rows (settle), so that neither depends on the order of the file.
class PredictorRows {
 public:
  PredictorRows(const Names& names, Level level) : names_(names), level_(level) {}

  /// Registers a word used as predictor; reports it if it cannot be one.
  void ask(Reading& reading, const source::Word& word);
  /// Registers "any of these states": a derived bit, or the state itself if there is one. Gives the name to find it by.
  std::string ask_any(Reading& reading, const std::vector<source::Word>& states);

  /// Fixes the order of derived bits and level predictors in the matrix.
  void settle(Reading& reading, Matrix& matrix);

  /// What a word became; none if it was refused.
  Predictor find(const std::string& word) const;

 private:
  void ask_pair(Reading& reading, const source::Word& word);
  void ask_declared(Reading& reading, const source::Derived& declared);
  void ask_trait(const std::string& name);

  /// A pair before bits are known: its states, and the names of derived predictors in it.
  struct Pair {
    StateMask mask;
    std::vector<std::string> derived;
  };

  const Names& names_;
  Level level_;
  std::map<std::string, Derived> single_;  ///< traits and declared ones, by name
  std::map<std::string, Pair> pairs_;      ///< by name: parts in alphabetical order, joined by " + "
  std::set<std::string> levels_;           ///< quantised predictors used
  std::map<std::string, int> bit_of_;      ///< derived bits, after settle
  std::map<std::string, int> level_of_;    ///< index of level predictors, after settle
};

/// The parts of "a + b"; one part if there is no plus.
std::vector<std::string> parts_of(const std::string& word);

/// Parts in alphabetical order joined by " + ": the name of a pair.
std::string pair_name(const std::string& word);

}  // namespace sleutel
