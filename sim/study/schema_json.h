#pragma once
/// \file
/// What both makers of schemas write: JSON that keeps the order of its keys.

#include <cmath>
#include <nlohmann/json.hpp>

namespace sleutel {

using Json = nlohmann::ordered_json;

/// A whole number without decimal point.
inline Json number_json(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e16) return static_cast<std::int64_t>(value);
  return value;
}

}  // namespace sleutel
