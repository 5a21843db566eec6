#pragma once
/// \file
/// What the words of a model file stand for: states in order of draw, groups, quantised and derived predictors, traits.

#include <map>
#include <string>
#include <vector>

#include "sim/model/reading.h"
#include "sim/model/source.h"
#include "sleutel/model.h"

namespace sleutel {

/// All names of a model. `states[i]` was written as `written[i]`.
struct Names {
  std::vector<State> states;  ///< in order of draw
  std::vector<source::State> written;
  std::vector<Group> groups;                            ///< in order of the rest member's draw
  std::map<std::string, int> state_of;                  ///< name -> state
  std::map<std::string, source::Derived> derived;       ///< as declared
  std::map<std::string, source::Predictor> predictors;  ///< quantised
  std::vector<std::string> months_slot_names;

  /// The state of a word, or -1 and a problem. Only states that can be on: no events, no rest members.
  int bit_of(Reading& reading, const source::Word& word) const;
  /// The state of a word, events too, or -1 and a problem.
  int transition_of(Reading& reading, const source::Word& word) const;
  StateMask mask_of(Reading& reading, const std::vector<source::Word>& words) const;
  /// Everything that may be a predictor, for suggestions.
  std::vector<std::string> predictor_names() const;
  std::vector<std::string> state_names() const;
};

/// The trait of this name, or -1.
int trait_of(const std::string& name);

/// Orders and checks the states, gives bits, groups, slots for durations and class bits.
Names make_names(Reading& reading, const source::Model& model);

}  // namespace sleutel
