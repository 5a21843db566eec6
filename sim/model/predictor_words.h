#pragma once
/// \file
/// Predictors in English, for the diagram: those that are no state have no label in the model file, but say by their
/// kind and their states what they ask.

#include <string>

#include "sleutel/model.h"

namespace sleutel {

/// "friends: severe loneliness" for friends.lonely, "low education" for education_low; of a state its label. A word
/// that the model does not know comes back as it is.
std::string predictor_words(const Model& model, const std::string& name);

/// Where a predictor belongs: the domain of its state, or childhood, household, person, friends and buurt, stress.
std::string predictor_place(const Model& model, const std::string& name);

/// In which column of the diagram, from the left, a place stands: what people bring along, where stressors arise, what
/// they add up to, what becomes of health. From 0 to 3.
int column_of(const std::string& place);

}  // namespace sleutel
