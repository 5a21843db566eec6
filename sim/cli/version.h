#pragma once
/// \file
/// Which program this is; travels in every result.

namespace sleutel {

inline constexpr const char* kVersion = "0.1.0";
/// Rises when the same study and seed may give other bits; see docs/reproducibility.md.
inline constexpr int kSchemeVersion = 1;

}  // namespace sleutel
