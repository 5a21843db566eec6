#pragma once
/// \file
/// Numbers of JSON. Private to output/compare/.

#include <cmath>
#include <nlohmann/json.hpp>

namespace sleutel {

/// The number; null where there is none.
inline nlohmann::ordered_json number_or_null(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

}  // namespace sleutel
