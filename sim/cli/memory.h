#pragma once
/// \file
/// Memory of this process, in words.

#include <string>

namespace sleutel {

/// The most that this process has held [bytes].
double most_held();

/// "1,228 MB", rounded up.
std::string megabytes(double bytes);

}  // namespace sleutel
