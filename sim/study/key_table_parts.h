#pragma once
/// \file
/// The parts of the list of keys, in files of their own. Private to key_table.cpp.

#include <vector>

#include "sim/study/key_table.h"

namespace sleutel {

namespace key_words {
inline constexpr Need must = Need::required;
inline constexpr Need may = Need::optional;
}  // namespace key_words

/// What a study file says of its scenarios: `scenarios` and all within it.
const std::vector<StudyKey>& scenario_keys();

}  // namespace sleutel
