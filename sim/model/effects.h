#pragma once
/// \file
/// One effect, from what was published and the evidence it cites to what it adds to a log hazard: the rules of
/// evidence.

#include <string>
#include <vector>

#include "sim/model/reading.h"
#include "sim/model/source.h"

namespace sleutel {

/// What an effect is worth.
struct Effect {
  double log2_ratio = 0;    ///< log2 of the hazard ratio as used: converted, shrunk, times its share
  std::string kind;         ///< measured, transferred, expert, lived_experience, assumption
  std::string measure;      ///< as the registry has it: HR, OR, RR, d
  bool unverified = false;  ///< stands on a row that was not checked against its publication
  double hazard_ratio() const;
};

/// Checks an effect against its evidence, converts it and shrinks it. Problems are reported; the effect is then none.
/// `change` tells whether the inverse of the row may stand there (an end).
Effect effect_of(Reading& reading, const source::Edge& edge, const source::Shrink& shrink, Change change);

/// Whether the written value of an effect is that of a row it cites, or its inverse to the digits written.
bool is_of_rows(const Reading& reading, const source::Edge& edge);

/// What a weight of a response stands on: assumption if its value is not that of a row. A row of measure table holds
/// several values, in its note, and is not compared.
std::string kind_of_weight(const Reading& reading, const source::Addition& weight);

/// Reports cross-sectional rows that act in full on both onset and end of one state for one predictor.
void check_shared(Reading& reading, const source::State& state);

/// Fixed point of a log2 hazard: x 2^20, rounded to nearest, halves away from zero; held within 32 bits.
std::int32_t fixed_log(double log2_value);

}  // namespace sleutel
