#pragma once
/// \file
/// Lives that hold a sequence of beginnings: "separation then debt then depression".

#include <cstdint>
#include <string>
#include <vector>

#include "sleutel/simulation.h"

namespace sleutel {

/// The states and life events that the words name, in their order. A word is the code name of a state, its English
/// label, or a part of one of these that no other state has. Throws InputError (usage) with everything that is wrong.
std::vector<int> read_sequence(const Model& model, const std::string& words);

/// A life that holds it: of each step the first month after that of the step before.
struct FoundLife {
  std::uint64_t resident = 0;
  std::vector<int> months;
};

/// All residents of the start whose life holds it, by id.
std::vector<FoundLife> find_lives(const StudyPlan& plan, int scenario, int replicate, const std::vector<int>& sequence,
                                  const RunOptions& options);

}  // namespace sleutel
