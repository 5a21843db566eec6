#pragma once
/// \file
/// Predictors in Dutch, as sim/model/predictor_words.h has them in English.

#include <string>

#include "sleutel/model.h"

namespace sleutel {

/// "vrienden: ernstige eenzaamheid" for friends.lonely. A word that the model does not know comes back as it is.
std::string dutch_predictor(const Model& model, const std::string& name);

}  // namespace sleutel
