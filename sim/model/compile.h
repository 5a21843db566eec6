#pragma once
/// \file
/// From a model file as written to a compiled model.

#include "sim/model/reading.h"
#include "sim/model/source.h"
#include "sleutel/model.h"

namespace sleutel {

/// Compiles everything but the programme rows. Problems are reported in `reading`; the model is then of no use.
Model compile(Reading& reading, const source::Model& written);

/// sim/model/compile_outputs.cpp: responses, outcomes, targets.
struct Names;
struct CompiledMatrix;
ResponseMatrix compile_responses(Reading& reading, const source::Model& written, const Names& names,
                                 const CompiledMatrix& residents);
void compile_outcomes(Reading& reading, const source::Model& written, const Names& names, Model& model);
void compile_targets(Reading& reading, const source::Model& written, const Names& names, Model& model);

}  // namespace sleutel
