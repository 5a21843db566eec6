#pragma once
/// \file
/// A model file, read, checked and compiled:
///
///     const auto model = read_model("scenarios/leiden/model.yaml", {.evidence = "scenarios/evidence"});
///
/// The tables are read from `tables/` beside the file. Throws InputError with every problem of the file, its tables and
/// the evidence at once. The format stands in docs/model-format.md, the meaning in docs/model-semantics.md.

#include <memory>
#include <string>
#include <vector>

#include "sleutel/model.h"
#include "sleutel/programme.h"
#include "sleutel/scenario.h"

namespace sleutel {

struct ModelOptions {
  std::string evidence;                                ///< folder of the registry
  std::vector<ParameterChange> set = {};               ///< a scenario's `set:`; an unknown path is a problem
  std::string set_file = "";                           ///< where they stand, for messages
  const std::vector<Programme>* programmes = nullptr;  ///< position = bit; their effects become programme rows
};

std::shared_ptr<const Model> read_model(const std::string& model_file, const ModelOptions& options);

}  // namespace sleutel
