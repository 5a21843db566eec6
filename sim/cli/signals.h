#pragma once
/// \file
/// Ctrl-C and SIGTERM: the first asks the run to finish its month, the second ends the program at once (exit 130).
/// Writing to a closed pipe or beyond a file-size limit becomes an ordinary error instead of killing the program.

#include <atomic>

namespace sleutel {

/// Installs the handlers. The flag becomes true at the first signal.
const std::atomic<bool>& watch_signals();

}  // namespace sleutel
