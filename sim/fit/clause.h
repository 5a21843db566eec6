#pragma once
/// \file
/// Who a published figure is about: a predicate of the model (as a programme's `who:`), and what a predicate of one
/// resident cannot say: that not all of some states hold, how long a state has lasted, an outcome of the model, and the
/// same of the partner or of the household.

#include <string>
#include <vector>

#include "sim/engine/run.h"
#include "sim/model/reading.h"
#include "sleutel/programme.h"

namespace sleutel {

/// All that is asked must hold. Nothing asked: everybody.
struct Clause {
  Predicate who;
  StateMask lacks;  ///< at least one of these is missing, if any is named
  struct Lasting {
    int state = -1, slot = -1;
    int from = 0, until = 0;  ///< from <= months in the state < until
  };
  std::vector<Lasting> lasting;
  int outcome = -1;                ///< position of an outcome that holds, or whose mean is asked; -1: none
  std::vector<Clause> partner;     ///< the partner meets each
  std::vector<Clause> members;     ///< for each, somebody in the household meets it
  std::vector<Clause> no_members;  ///< nobody in the household meets any
};

/// What a clause may name.
struct ClauseWords {
  const Model& model;
  const std::vector<std::string>& districts;
};

/// Reads a clause; reports what is unknown, and one that nobody can ever meet.
Clause read_clause(Reading& reading, const Node& node, const ClauseWords& words);

/// Whether a resident who is there meets it: between the surroundings of a month and its transitions, when states,
/// traits and outcomes are all those of the end of the month before.
bool meets(const Run& run, Row row, const Clause& clause);

}  // namespace sleutel
