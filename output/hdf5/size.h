#pragma once
/// \file
/// How large a results file will be, from its dimensions alone.

#include <cstdint>

#include "sleutel/scenario.h"

namespace sleutel {

/// Bytes of PATH.partial, which has its full size from the beginning. The finished file is compressed and smaller: by
/// how much depends on the numbers.
std::uint64_t bytes_while_running(const StudyPlan& plan);

}  // namespace sleutel
