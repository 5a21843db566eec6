#pragma once
/// \file
/// What is done about a results file that does not end with its checksums, because another program changed it.

#include <cstdint>

namespace sleutel {

enum class Unsealed : std::uint8_t {
  refuse,
  allow,  ///< only if what differs is looked for
};

}  // namespace sleutel
