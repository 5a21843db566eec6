#pragma once
/// \file
/// What a model file and a programme file may say, as a table: the JSON Schemas for editors are made from it
/// (sim/study/model_schema.h), and tests/program/schema_test.py compares it with what the parser accepts.

#include <string_view>
#include <vector>

#include "sim/input/reader.h"

namespace sleutel {

enum class Presence { required, optional };

/// One key of one kind of map in a model or programme file.
struct ModelKey {
  std::string_view object;  ///< kind of map: model, state, edge ...; model and programme are whole files
  std::string_view key;     ///< "*": any key that the author chooses
  /// text, number, whole, flag, words (one or a list), ages ([from, until]), numbers, values (nested maps of numbers),
  /// per, effect; a|b|c: one of these words; @x: a map of kind x, several with commas: one of these kinds;
  /// {@x}: a map whose values are maps of kind x; [@x]: a list of them.
  std::string_view type;
  Presence presence;
  Range range;            ///< of a number
  std::string_view help;  ///< one sentence
};

/// Keys of which exactly one must be given.
struct OneOfKeys {
  std::string_view object;
  std::vector<std::string_view> keys;
};

const std::vector<ModelKey>& model_keys();
const std::vector<OneOfKeys>& one_of_keys();

}  // namespace sleutel
